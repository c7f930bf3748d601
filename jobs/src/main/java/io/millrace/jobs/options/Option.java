package io.millrace.jobs.options;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * One thing that can be set: its key, the values it takes, its default and a sentence about it.
 *
 * <pre>{@code
 * static final Option<Duration> GAP =
 *     Option.durationOption(
 *         "recommend.session-gap", Duration.ofMinutes(30), Duration.ofSeconds(1),
 *         Duration.ofDays(1), "Idle time after which a session ends.");
 * }</pre>
 *
 * @param <T> type of its value
 */
public final class Option<T> {
  private final String key;
  private final T defaultValue;
  private final String values;
  private final String description;
  private final boolean secret;
  private final Function<String, T> parser;
  private final Function<T, String> printer;

  private Option(
      String key,
      T defaultValue,
      String values,
      String description,
      boolean secret,
      Function<String, T> parser,
      Function<T, String> printer) {
    this.key = Objects.requireNonNull(key, "key");
    this.defaultValue = Objects.requireNonNull(defaultValue, "defaultValue");
    this.values = values;
    this.description = description;
    this.secret = secret;
    this.parser = parser;
    this.printer = printer;
  }

  /** A whole number from {@code min} to {@code max}. */
  public static Option<Integer> intOption(
      String key, int defaultValue, int min, int max, String description) {
    return ranged(
        key, defaultValue, min, max, "a whole number", description, Integer::valueOf, true);
  }

  /** A whole number from {@code min} to {@code max}. */
  public static Option<Long> longOption(
      String key, long defaultValue, long min, long max, String description) {
    return ranged(key, defaultValue, min, max, "a whole number", description, Long::valueOf, true);
  }

  /** A number from {@code min} to {@code max}. */
  public static Option<Double> doubleOption(
      String key, double defaultValue, double min, double max, String description) {
    return ranged(key, defaultValue, min, max, "a number", description, Double::valueOf, true);
  }

  /** A time such as {@code 500ms}, {@code 5 s}, {@code 30 min}, {@code 1 h} or {@code 7 d}. */
  public static Option<Duration> durationOption(
      String key, Duration defaultValue, Duration min, Duration max, String description) {
    return ranged(
        key, defaultValue, min, max, "a time such as 5 s", description, Durations::parse, false);
  }

  /** {@code true} or {@code false}. */
  public static Option<Boolean> booleanOption(
      String key, boolean defaultValue, String description) {
    Function<String, Boolean> parser =
        text ->
            switch (text.toLowerCase(Locale.ROOT)) {
              case "true" -> true;
              case "false" -> false;
              default -> throw new IllegalArgumentException("not true or false");
            };
    return new Option<>(
        key, defaultValue, "true or false", description, false, parser, String::valueOf);
  }

  /** Any text; {@code values} says in a few words what it is. */
  public static Option<String> stringOption(
      String key, String defaultValue, String values, String description) {
    return new Option<>(key, defaultValue, values, description, false, text -> text, text -> text);
  }

  /**
   * What a parser makes of a text; {@code values} says in a few words what it takes.
   *
   * @param parser throws, for all else, an {@link IllegalArgumentException} that says what is wrong
   *     and what to give
   */
  public static <T> Option<T> parsedOption(
      String key, T defaultValue, String values, String description, Function<String, T> parser) {
    Function<String, T> explaining =
        text -> {
          try {
            return parser.apply(text);
          } catch (IllegalArgumentException e) {
            throw new UnfitTextException(e);
          }
        };
    return new Option<>(key, defaultValue, values, description, false, explaining, String::valueOf);
  }

  /** Texts separated by commas, none by default. */
  public static Option<List<String>> listOption(String key, String description) {
    Function<String, List<String>> parser =
        text ->
            Arrays.stream(text.split(",")).map(String::strip).filter(t -> !t.isEmpty()).toList();
    return new Option<>(
        key,
        List.of(),
        "texts separated by commas",
        description,
        false,
        parser,
        list -> String.join(",", list));
  }

  /** A text that is never shown and may not be given on the command line; empty by default. */
  public static Option<String> secretOption(String key, String description) {
    return new Option<>(key, "", "a secret", description, true, text -> text, text -> "(hidden)");
  }

  /** One of the constants of an enum, in lower case with dashes. */
  public static <E extends Enum<E>> Option<E> enumOption(
      String key, E defaultValue, String description) {
    E[] constants = defaultValue.getDeclaringClass().getEnumConstants();
    String values =
        Arrays.stream(constants).map(Option::constantName).collect(Collectors.joining(", "));
    Function<String, E> parser =
        text ->
            Arrays.stream(constants)
                .filter(constant -> constantName(constant).equals(text))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("not one of them"));
    return new Option<>(
        key, defaultValue, "one of " + values, description, false, parser, Option::constantName);
  }

  private static <C extends Comparable<C>> Option<C> ranged(
      String key,
      C defaultValue,
      C min,
      C max,
      String what,
      String description,
      Function<String, C> reader,
      boolean number) {
    Function<C, String> printer = Option::text;
    String values = what + " from " + text(min) + " to " + text(max);
    Function<String, C> parser =
        text -> {
          C value = reader.apply(number ? text.replace("_", "") : text);
          boolean inside = value.compareTo(min) >= 0 && value.compareTo(max) <= 0;
          if (!inside) {
            throw new IllegalArgumentException("out of range");
          }
          return value;
        };
    return new Option<>(key, defaultValue, values, description, false, parser, printer);
  }

  private static String text(Object value) {
    return value instanceof Duration duration ? Durations.print(duration) : String.valueOf(value);
  }

  private static String constantName(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** The name by which it is set, for example {@code redis.key-prefix}. */
  public String key() {
    return key;
  }

  /** The value where nothing is set. */
  public T defaultValue() {
    return defaultValue;
  }

  /** The values it takes, in words: {@code a whole number from 1 to 128}. */
  public String values() {
    return values;
  }

  /** What it does, in one sentence. */
  public String description() {
    return description;
  }

  /** Whether its value may never be shown. */
  public boolean secret() {
    return secret;
  }

  /** The environment variable that sets it: {@code MILLRACE_REDIS_KEY_PREFIX}. */
  public String environmentVariable() {
    return "MILLRACE_" + key.toUpperCase(Locale.ROOT).replace('.', '_').replace('-', '_');
  }

  /** A value as it would be written to set it; a secret is not shown. */
  public String print(T value) {
    return printer.apply(value);
  }

  /**
   * Reads a value.
   *
   * @throws IllegalArgumentException if this option does not take it; names the option, the value
   *     and what to give instead
   */
  public T parse(String text) {
    try {
      return parser.apply(text.strip());
    } catch (UnfitTextException e) {
      throw new IllegalArgumentException(key + " is '" + text + "': " + e.getMessage(), e);
    } catch (IllegalArgumentException e) {
      String shown = secret ? "not acceptable" : "'" + text + "'";
      throw new IllegalArgumentException(key + " is " + shown + "; give " + values, e);
    }
  }

  @Override
  public String toString() {
    return key;
  }

  /** Says itself what to give instead. */
  private static final class UnfitTextException extends IllegalArgumentException {
    private static final long serialVersionUID = 1;

    private UnfitTextException(IllegalArgumentException why) {
      super(why.getMessage(), why);
    }
  }
}
