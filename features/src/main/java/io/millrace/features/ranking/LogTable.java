package io.millrace.features.ranking;

/**
 * Natural logarithm by a table of the leading bits of the mantissa: a few nanoseconds, right to
 * .001, and the same bits on every machine.
 */
final class LogTable {
  private static final int BITS = 10;
  private static final int MANTISSA_BITS = 23;
  private static final int DROPPED_BITS = MANTISSA_BITS - BITS;
  private static final int MASK = (1 << BITS) - 1;
  private static final int BIAS = 127;
  private static final float LN_2 = (float) StrictMath.log(2);
  private static final float[] MANTISSAS = mantissas();

  private LogTable() {}

  /** Each for the middle of the numbers it stands for, the first exact for powers of two. */
  private static float[] mantissas() {
    float[] logs = new float[MASK + 1];
    for (int i = 1; i < logs.length; i++) {
      logs[i] = (float) StrictMath.log(1 + (i + .5) / logs.length);
    }
    return logs;
  }

  /**
   * The logarithm.
   *
   * @param value a normal number above 0
   */
  static float log(float value) {
    int bits = Float.floatToRawIntBits(value);
    int exponent = (bits >>> MANTISSA_BITS) - BIAS;
    return exponent * LN_2 + MANTISSAS[bits >>> DROPPED_BITS & MASK];
  }
}
