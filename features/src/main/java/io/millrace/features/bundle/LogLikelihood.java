package io.millrace.features.bundle;

/**
 * The log-likelihood ratio G² of a two by two table of counts: how much likelier the counts are if
 * rows and columns go together than if they do not (Dunning, "Accurate Methods for the Statistics
 * of Surprise and Coincidence", Computational Linguistics 19(1), 1993). Unlike a χ² test it holds
 * for counts of one and two.
 *
 * <p>With n counts in all, r the sum of a count's row, c that of its column, E = r·c/n what the
 * count would be if nothing went together, and D = k11·k22 − k12·k21, every count is E ± D/n, so
 *
 * <pre>
 *   G² = 2 Σ k ln(k/E) = 2 Σ E·φ(±D/(r·c)),   φ(x) = (1 + x) ln(1 + x) − x ≥ 0.
 * </pre>
 *
 * No summand is negative, so none takes digits from another, as entropies of large counts do; D is
 * exact, and φ is a series where x is small.
 */
public final class LogLikelihood {
  /** Below this |x| the series of φ, cut after x¹⁰, is exact to the last digits. */
  private static final double SMALL = 0.01;

  private static final int LAST_POWER = 10;

  private LogLikelihood() {}

  /**
   * G² of four counts, 0 if they say nothing.
   *
   * @param k11 both, 0 or more
   * @param k12 the first without the second
   * @param k21 the second without the first
   * @param k22 neither
   */
  public static double ratio(int k11, int k12, int k21, int k22) {
    double row1 = (double) k11 + k12;
    double row2 = (double) k21 + k22;
    double column1 = (double) k11 + k21;
    double column2 = (double) k12 + k22;
    double difference = association(k11, k12, k21, k22);
    if (row1 == 0 || row2 == 0 || column1 == 0 || column2 == 0) {
      return 0;
    }
    double sum =
        part(row1 * column1, difference)
            + part(row1 * column2, -difference)
            + part(row2 * column1, -difference)
            + part(row2 * column2, difference);
    return 2 * sum / (row1 + row2);
  }

  /** Above 0 where the two go together, below where they avoid each other. */
  static long association(int k11, int k12, int k21, int k22) {
    return (long) k11 * k22 - (long) k12 * k21;
  }

  private static double part(double margins, double difference) {
    return margins * phi(difference / margins);
  }

  /** (1 + x) ln(1 + x) − x for x from −1 on; 0 ln 0 is 0. */
  private static double phi(double x) {
    if (x <= -1) {
      return 1;
    }
    if (Math.abs(x) >= SMALL) {
      return (1 + x) * StrictMath.log1p(x) - x;
    }
    double sum = 0;
    for (int n = LAST_POWER; n >= 2; n--) {
      // Horner's rule on Σ (−1)ⁿ xⁿ / (n (n − 1)).
      sum = (n % 2 == 0 ? 1.0 : -1.0) / (n * (n - 1)) + x * sum;
    }
    return x * x * sum;
  }
}
