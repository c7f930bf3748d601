package io.millrace.jobs.options;

import io.millrace.jobs.Failure;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The values of one start. The command line stands over the file, the file over the environment,
 * the environment over the default. Every value has been checked when an instance exists.
 */
public final class Options {
  private final Map<Option<?>, Object> values;

  private Options(Map<Option<?>, Object> values) {
    this.values = Map.copyOf(values);
  }

  /** Nothing is set. */
  public static Options defaults() {
    return new Options(Map.of());
  }

  /**
   * Reads what is set.
   *
   * @param commandLine keys and values of {@code -D}
   * @param file lines of {@code key: value} or {@code key=value}, may be null
   * @param environment the environment variables
   * @throws Failure of wrong usage if a key is unknown, a value is refused, or the file cannot be
   *     read; names the key, where it stands, and what to give instead
   */
  public static Options resolve(
      Map<String, String> commandLine, Path file, Map<String, String> environment) {
    Map<Option<?>, Object> values = new HashMap<>();
    for (Option<?> option : OptionRegistry.all()) {
      String text = environment.get(option.environmentVariable());
      if (text != null) {
        values.put(option, parse(option, text, "environment " + option.environmentVariable()));
      }
    }
    if (file != null) {
      readFile(file, values);
    }
    commandLine.forEach(
        (key, text) -> {
          Option<?> option = known(key, "-D");
          if (option.secret()) {
            throw Failure.usage(
                "-D: "
                    + key
                    + " is a secret and a command line can be seen by others; set "
                    + option.environmentVariable()
                    + " or write it into the --config file");
          }
          values.put(option, parse(option, text, "-D"));
        });
    return new Options(values);
  }

  private static void readFile(Path file, Map<Option<?>, Object> values) {
    List<String> lines;
    try {
      lines = Files.readAllLines(file);
    } catch (NoSuchFileException e) {
      throw Failure.usage("--config: there is no file " + file);
    } catch (CharacterCodingException e) {
      throw Failure.usage("--config: " + file + " is not UTF-8 text");
    } catch (IOException e) {
      throw Failure.usage("--config: " + file + " cannot be read (" + e.getMessage() + ")");
    }
    Map<String, Integer> seen = new TreeMap<>();
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i).strip();
      if (line.isEmpty() || line.startsWith("#")) {
        continue;
      }
      String where = file.getFileName() + " line " + (i + 1);
      int split = split(line);
      if (split < 0) {
        throw Failure.usage(where + ": '" + line + "' is not of the form key: value");
      }
      String key = line.substring(0, split).strip();
      Option<?> option = known(key, where);
      Integer before = seen.put(key, i + 1);
      if (before != null) {
        throw Failure.usage(where + ": " + key + " is set in line " + before + " already");
      }
      values.put(option, parse(option, unquote(line.substring(split + 1).strip()), where));
    }
  }

  /** The first of ':' and '='; keys hold neither. */
  private static int split(String line) {
    int colon = line.indexOf(':');
    int equals = line.indexOf('=');
    return colon < 0 ? equals : equals < 0 ? colon : Math.min(colon, equals);
  }

  private static String unquote(String value) {
    boolean quoted =
        value.length() >= 2
            && (value.startsWith("\"") && value.endsWith("\"")
                || value.startsWith("'") && value.endsWith("'"));
    return quoted ? value.substring(1, value.length() - 1) : value;
  }

  private static Option<?> known(String key, String where) {
    Option<?> option = OptionRegistry.find(key);
    if (option == null) {
      throw Failure.usage(
          where
              + ": there is no option '"
              + key
              + "'; the nearest is "
              + OptionRegistry.nearest(key)
              + " (docs/options.md lists all)");
    }
    return option;
  }

  private static Object parse(Option<?> option, String text, String where) {
    try {
      return option.parse(text);
    } catch (IllegalArgumentException e) {
      throw Failure.usage(where + ": " + e.getMessage());
    }
  }

  /** The same with an option set, unless somebody has set it. */
  public <T> Options orElse(Option<T> option, T value) {
    return isSet(option) ? this : with(option, value);
  }

  /** The value of an option: what is set, else its default. */
  @SuppressWarnings("unchecked") // only what the option itself parsed or typed is ever stored
  public <T> T get(Option<T> option) {
    Object value = values.get(option);
    return value == null ? option.defaultValue() : (T) value;
  }

  /** Whether a value was given, be it the default's. */
  public boolean isSet(Option<?> option) {
    return values.containsKey(option);
  }

  /**
   * The same, with one option set.
   *
   * @throws IllegalArgumentException if the option does not take the value
   */
  public <T> Options with(Option<T> option, T value) {
    Map<Option<?>, Object> changed = new HashMap<>(values);
    changed.put(option, option.secret() ? value : option.parse(option.print(value)));
    return new Options(changed);
  }

  /** What is set, in the order of the keys; secrets are not shown. */
  @Override
  public String toString() {
    Map<String, String> shown = new TreeMap<>();
    // An address may carry a password of its own.
    values.forEach(
        (option, value) ->
            shown.put(option.key(), print(option).replaceAll("//[^/@]*@", "//(hidden)@")));
    return shown.toString();
  }

  private <T> String print(Option<T> option) {
    return option.print(get(option));
  }
}
