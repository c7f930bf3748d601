package io.millrace.features.alert;

/**
 * Buckets of scores between 0 and 1, each 1/20 of log-odds wide: where scores are near 0 or near 1,
 * as those of alerts are, a bucket is 5 % of what is left to the end.
 */
final class ScoreBuckets {
  private static final int PER_UNIT = 20;

  /** That of log-odds of 14, a score of .9999992; the lowest is as far on the other side. */
  private static final int OUTERMOST = 14 * PER_UNIT;

  /** How many there are. */
  static final int COUNT = 2 * OUTERMOST + 1;

  private ScoreBuckets() {}

  /**
   * The bucket of a score, from 0, greater for greater scores.
   *
   * @throws IllegalArgumentException if it is not between 0 and 1
   */
  static int of(double score) {
    if (!(score >= 0 && score <= 1)) {
      throw new IllegalArgumentException("score is %s; give one of 0 to 1".formatted(score));
    }
    double place = Math.rint(PER_UNIT * StrictMath.log(score / (1 - score)));
    return OUTERMOST + (int) Math.max(-OUTERMOST, Math.min(OUTERMOST, place));
  }
}
