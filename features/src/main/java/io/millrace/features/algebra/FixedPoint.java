package io.millrace.features.algebra;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;

/** From exact integers to the nearest double: the same integers give the same bits. */
final class FixedPoint {
  /** Integers up to here are doubles as they are. */
  private static final long EXACT = 1L << 53;

  private static final MathContext DIGITS = new MathContext(60);

  private FixedPoint() {}

  /** A sum of fixed-point values over a count, of which 1 is {@code unit}. */
  static double quotient(Wide sum, long count, long unit) {
    if (sum.fitsLong()) {
      return quotient(sum.low, count, unit);
    }
    return quotient(sum.exact(), count, unit);
  }

  /** As {@link #quotient(Wide, long, long)}. */
  static double quotient(long sum, long count, long unit) {
    long divisor = count * unit;
    if (Math.abs(sum) <= EXACT
        && Math.multiplyHigh(count, unit) == 0
        && divisor > 0
        && divisor <= EXACT) {
      return (double) sum / divisor;
    }
    return quotient(BigInteger.valueOf(sum), count, unit);
  }

  private static double quotient(BigInteger sum, long count, long unit) {
    BigDecimal exact = new BigDecimal(BigInteger.valueOf(count).multiply(BigInteger.valueOf(unit)));
    return new BigDecimal(sum).divide(exact, DIGITS).doubleValue();
  }

  /** The standard deviation of a population: √(n·Σx² − (Σx)²) / n. */
  static double deviation(long count, Wide sum, Wide squares, long unit) {
    return Math.sqrt(numerator(count, sum, squares)) / ((double) count * unit);
  }

  private static double numerator(long count, Wide sum, Wide squares) {
    boolean small =
        sum.fitsLong() && Math.abs(sum.low) < 1L << 62 && squares.high < (1L << 61) / count;
    if (!small) {
      BigInteger exact = sum.exact();
      return squares
          .exact()
          .multiply(BigInteger.valueOf(count))
          .subtract(exact.multiply(exact))
          .doubleValue();
    }
    long carried = Math.multiplyHigh(squares.low, count) + (squares.low >> 63 & count);
    Wide numerator = new Wide(squares.high * count + carried, squares.low * count);
    numerator.subtract(Math.multiplyHigh(sum.low, sum.low), sum.low * sum.low);
    return numerator.toDouble();
  }
}
