package io.millrace.jobs.options;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The written form of times: a whole number and a unit, {@code 500ms}, {@code 5 s}, {@code 1 h}.
 */
final class Durations {
  private static final Pattern FORM = Pattern.compile("(\\d{1,15})\\s*([a-z]+)");
  private static final Map<String, Duration> UNITS = new LinkedHashMap<>();

  static {
    UNITS.put("d", Duration.ofDays(1));
    UNITS.put("h", Duration.ofHours(1));
    UNITS.put("min", Duration.ofMinutes(1));
    UNITS.put("s", Duration.ofSeconds(1));
    UNITS.put("ms", Duration.ofMillis(1));
  }

  private Durations() {}

  static Duration parse(String text) {
    Matcher matcher = FORM.matcher(text.toLowerCase(Locale.ROOT));
    Duration unit = matcher.matches() ? UNITS.get(matcher.group(2)) : null;
    if (unit == null) {
      throw new IllegalArgumentException("not a number and one of " + UNITS.keySet());
    }
    try {
      return unit.multipliedBy(Long.parseLong(matcher.group(1)));
    } catch (ArithmeticException e) {
      throw new IllegalArgumentException("too long a time", e);
    }
  }

  /** In the largest unit that is exact. */
  static String print(Duration duration) {
    long ms = duration.toMillis();
    for (Map.Entry<String, Duration> unit : UNITS.entrySet()) {
      long unitMs = unit.getValue().toMillis();
      if (ms >= unitMs && ms % unitMs == 0) {
        return ms / unitMs + " " + unit.getKey();
      }
    }
    return "0 ms";
  }
}
