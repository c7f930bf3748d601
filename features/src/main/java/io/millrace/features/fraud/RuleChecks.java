package io.millrace.features.fraud;

import java.time.Duration;

/** Refusals that name the setting, its value and the remedy. */
final class RuleChecks {
  /** Longest span that state looks back. */
  private static final Duration LONGEST = Duration.ofDays(3_660);

  private RuleChecks() {}

  static void positive(String field, double value) {
    if (!(value > 0) || Double.isInfinite(value)) {
      throw new IllegalArgumentException(
          "%s is %s; set a finite number above 0".formatted(field, value));
    }
  }

  static void notNegative(String field, double value) {
    if (!(value >= 0) || Double.isInfinite(value)) {
      throw new IllegalArgumentException(
          "%s is %s; set a finite number, 0 or more".formatted(field, value));
    }
  }

  static void between(String field, long value, long least, long most) {
    if (value < least || value > most) {
      throw new IllegalArgumentException(
          "%s is %d; set %d to %d".formatted(field, value, least, most));
    }
  }

  static void span(String field, Duration value, Duration least) {
    if (value.compareTo(least) < 0 || value.compareTo(LONGEST) > 0) {
      throw new IllegalArgumentException(
          "%s is %s; set %s to %s".formatted(field, value, least, LONGEST));
    }
  }
}
