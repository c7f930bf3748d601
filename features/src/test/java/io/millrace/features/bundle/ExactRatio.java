package io.millrace.features.bundle;

import java.math.BigDecimal;
import java.math.MathContext;

/** The reference for {@link LogLikelihood}: 2 Σ k ln(k n / (row column)) in sixty digits. */
final class ExactRatio {
  private static final MathContext DIGITS = new MathContext(60);
  private static final BigDecimal TWO = BigDecimal.valueOf(2);
  private static final BigDecimal LN_2 = logNearOne(TWO);

  private ExactRatio() {}

  static double of(long k11, long k12, long k21, long k22) {
    long n = k11 + k12 + k21 + k22;
    return summand(k11, n, k11 + k12, k11 + k21)
        .add(summand(k12, n, k11 + k12, k12 + k22))
        .add(summand(k21, n, k21 + k22, k11 + k21))
        .add(summand(k22, n, k21 + k22, k12 + k22))
        .multiply(TWO)
        .doubleValue();
  }

  private static BigDecimal summand(long k, long n, long row, long column) {
    if (k == 0) {
      return BigDecimal.ZERO;
    }
    BigDecimal expected = BigDecimal.valueOf(row).multiply(BigDecimal.valueOf(column));
    BigDecimal ratio =
        BigDecimal.valueOf(k).multiply(BigDecimal.valueOf(n)).divide(expected, DIGITS);
    return BigDecimal.valueOf(k).multiply(log(ratio), DIGITS);
  }

  private static BigDecimal log(BigDecimal x) {
    BigDecimal rest = x;
    int powers = 0;
    while (rest.compareTo(TWO) >= 0) {
      rest = rest.divide(TWO, DIGITS);
      powers++;
    }
    while (rest.compareTo(BigDecimal.ONE) < 0) {
      rest = rest.multiply(TWO, DIGITS);
      powers--;
    }
    return logNearOne(rest).add(LN_2.multiply(BigDecimal.valueOf(powers)), DIGITS);
  }

  /** ln x = 2 artanh((x − 1)/(x + 1)) for x from 1 to 2. */
  private static BigDecimal logNearOne(BigDecimal x) {
    BigDecimal z = x.subtract(BigDecimal.ONE).divide(x.add(BigDecimal.ONE), DIGITS);
    BigDecimal square = z.multiply(z, DIGITS);
    BigDecimal power = z;
    BigDecimal sum = BigDecimal.ZERO;
    for (int n = 1; n < 130; n += 2) {
      sum = sum.add(power.divide(BigDecimal.valueOf(n), DIGITS), DIGITS);
      power = power.multiply(square, DIGITS);
    }
    return sum.multiply(TWO, DIGITS);
  }
}
