package io.millrace.features.algebra;

/**
 * 2^(−age / half-life) in fixed point, the same bits on every machine: a table of 2^(−i / 1024),
 * and the exponential series up to the fourth power for the rest, which errs by less than 2^−50.
 */
final class Halving {
  /** What a weight of 1 is. */
  static final long ONE = 1L << 52;

  private static final int STEPS = 1_024;
  private static final double LN_2 = 0.6931471805599453;
  private static final double[] TABLE = new double[STEPS];

  static {
    for (int i = 0; i < STEPS; i++) {
      TABLE[i] = StrictMath.pow(2, -(double) i / STEPS);
    }
  }

  private Halving() {}

  /** Of an age that is not negative, in the unit of the half-life. */
  static long weight(long age, long halfLife) {
    long halvings = age / halfLife;
    double into = (double) (age - halvings * halfLife) / halfLife * STEPS;
    int step = (int) into;
    double x = (step - into) / STEPS * LN_2;
    double rest = 1 + x * (1 + x / 2 * (1 + x / 3 * (1 + x / 4)));
    return halvings >= Long.SIZE ? 0 : (long) (TABLE[step] * rest * ONE) >> halvings;
  }
}
