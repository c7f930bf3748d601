package io.millrace.features.sketch;

/**
 * Buckets of positive numbers, each 2 % wider than the one before, so that a number is known from
 * its bucket to 1 %. (Masson, Rim and Lee, DDSketch, 2019.)
 */
public final class LogBuckets {
  /** The bucket of numbers that are not positive. */
  public static final int NONE_POSITIVE = 0;

  /** Greatest bucket: numbers from 10^30 on. */
  public static final int GREATEST = 3_955;

  private static final double SMALLEST = 1e-4;
  private static final double LOG_WIDTH = Math.log(1.02);

  private LogBuckets() {}

  /** The bucket of a number, from 0 to {@link #GREATEST}. */
  public static int of(double value) {
    if (!(value > 0)) {
      return NONE_POSITIVE;
    }
    double bucket = Math.rint(Math.log(value / SMALLEST) / LOG_WIDTH) + 1;
    return (int) Math.max(1, Math.min(GREATEST, bucket));
  }
}
