package io.millrace.jobs.replay;

import io.millrace.jobs.Failure;

/**
 * How fast recorded time passes.
 *
 * @param factor of real time, from 1; infinite for as fast as possible
 */
public record Speed(double factor) {
  /** As fast as possible. */
  public static final Speed MAX = new Speed(Double.POSITIVE_INFINITY);

  /**
   * Reads {@code max} or a number from 1.
   *
   * @throws Failure of wrong usage if it is neither
   */
  public static Speed parse(String text) {
    if ("max".equals(text)) {
      return MAX;
    }
    try {
      double factor = Double.parseDouble(text);
      if (factor >= 1 && factor < Double.POSITIVE_INFINITY) {
        return new Speed(factor);
      }
    } catch (NumberFormatException e) {
      // said below
    }
    throw Failure.usage("--speed is '" + text + "'; give a factor of real time from 1, or max");
  }

  /** Milliseconds that a span of recorded time takes. */
  long passes(long recordedMs) {
    return Math.round(recordedMs / factor);
  }
}
