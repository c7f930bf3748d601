package io.millrace.features.fraud;

/** Log-odds of active weights, and the probability they stand for; the same bits everywhere. */
final class Logistic {
  private Logistic() {}

  static double logOdds(double[] weights, int[] active) {
    double sum = 0;
    for (int i : active) {
      sum += weights[i];
    }
    return sum;
  }

  static double probability(double logOdds) {
    return 1 / (1 + StrictMath.exp(-logOdds));
  }
}
