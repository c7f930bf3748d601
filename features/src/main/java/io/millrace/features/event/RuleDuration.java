package io.millrace.features.event;

import io.millrace.features.event.InvalidEventException.Reason;

/** How long a window is: a whole number of minutes, hours or days, such as {@code 10m}. */
final class RuleDuration {
  /** Shortest window, in milliseconds. */
  static final long MIN_MS = 60_000;

  /** Longest window, in milliseconds. */
  static final long MAX_MS = 30L * 86_400_000;

  /** More digits than the longest window has, even in minutes. */
  private static final int MAX_DIGITS = 9;

  private RuleDuration() {}

  /** Milliseconds. */
  static long parse(String field, String text) throws InvalidEventException {
    int digits = text.length() - 1;
    long unit = digits < 1 || digits > MAX_DIGITS ? 0 : unit(text.charAt(digits));
    long count = 0;
    for (int i = 0; i < digits && unit > 0; i++) {
      char c = text.charAt(i);
      if (c < '0' || c > '9') {
        throw refused(field, text);
      }
      count = count * 10 + (c - '0');
    }
    long ms = count * unit;
    if (ms < MIN_MS || ms > MAX_MS) {
      throw refused(field, text);
    }
    return ms;
  }

  private static long unit(char letter) {
    return switch (letter) {
      case 'm' -> 60_000;
      case 'h' -> 3_600_000;
      case 'd' -> 86_400_000;
      default -> 0;
    };
  }

  private static InvalidEventException refused(String field, String text) {
    return new InvalidEventException(
        Reason.INVALID_RULE,
        field,
        field
            + " is '"
            + EventReader.shorten(text)
            + "'; send whole minutes, hours or days from 1m to 30d, such as 10m or 24h");
  }

  /** In the largest unit that it is a whole number of. */
  static String text(long ms) {
    if (ms % 86_400_000 == 0) {
      return ms / 86_400_000 + "d";
    }
    return ms % 3_600_000 == 0 ? ms / 3_600_000 + "h" : ms / 60_000 + "m";
  }
}
