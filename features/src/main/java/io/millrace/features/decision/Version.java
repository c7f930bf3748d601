package io.millrace.features.decision;

/**
 * The version of a decision: 20 digits, 4 of the epoch an operator sets, 13 of event time in
 * milliseconds, 3 zeros. Two versions compare as their texts do.
 */
public final class Version {
  /** Digits of a version. */
  public static final int LENGTH = 20;

  /** What every stored value begins with; the digits follow. */
  public static final String VALUE_PREFIX = "{\"version\":\"";

  private static final long MAX_TIME = 9_999_999_999_999L;

  private Version() {}

  /**
   * @param epoch 0 to 9999; raised by an operator to rebuild on purpose
   * @param eventTime milliseconds since the epoch, 0 to 13 digits
   * @throws IllegalArgumentException if either is out of range
   */
  public static String of(int epoch, long eventTime) {
    if (epoch < 0 || epoch > 9_999) {
      throw new IllegalArgumentException("redis.epoch is " + epoch + "; it has 4 digits at most");
    }
    if (eventTime < 0 || eventTime > MAX_TIME) {
      throw new IllegalArgumentException("event time " + eventTime + " has no 13 digits");
    }
    char[] digits = new char[LENGTH];
    long time = eventTime * 1_000;
    for (int i = LENGTH - 1; i >= 4; i--) {
      digits[i] = (char) ('0' + time % 10);
      time /= 10;
    }
    int rest = epoch;
    for (int i = 3; i >= 0; i--) {
      digits[i] = (char) ('0' + rest % 10);
      rest /= 10;
    }
    return new String(digits);
  }

  /**
   * Whether a text is a version.
   *
   * @param text may be null
   */
  public static boolean isVersion(String text) {
    if (text == null || text.length() != LENGTH) {
      return false;
    }
    for (int i = 0; i < LENGTH; i++) {
      if (text.charAt(i) < '0' || text.charAt(i) > '9') {
        return false;
      }
    }
    return true;
  }

  /**
   * Passes a version through.
   *
   * @throws IllegalArgumentException if it is not one
   */
  public static String check(String version) {
    if (!isVersion(version)) {
      throw new IllegalArgumentException(
          "version is " + version + "; it has 20 digits, as Version.of makes them");
    }
    return version;
  }
}
