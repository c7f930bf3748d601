package io.millrace.features.quality;

import org.apache.commons.numbers.gamma.LogGamma;

/**
 * Whether visitors come into the buckets in the shares configured, by a test that may be looked at
 * again and again: the Bayes factor of the shares being others against their being right, from
 * Lindon and Malek, "Anytime-Valid Inference for Multinomial Count Data" (NeurIPS 2022). While the
 * shares are right, it exceeds 1/p at any time at all with a probability of p at most.
 */
final class SampleRatio {
  /** Below this the split is not the one configured. */
  static final double MISMATCH = 0.001;

  /**
   * How close to those configured other shares are thought to be, in visitors: the prior is the
   * Dirichlet distribution of so many, split as configured.
   */
  private static final double CONCENTRATION = 100;

  private SampleRatio() {}

  /**
   * How likely it is that right shares would ever look as wrong; the least of all looks is valid
   * too.
   *
   * @param visitors who came into each bucket
   * @param shares of each bucket, adding up to 1; a bucket of share 0 must have no visitor
   */
  static double pValue(long[] visitors, double[] shares) {
    double factor = 0;
    double all = 0;
    for (int i = 0; i < visitors.length; i++) {
      if (shares[i] == 0 && visitors[i] > 0) {
        return 0;
      }
      if (visitors[i] > 0) {
        double prior = CONCENTRATION * shares[i];
        factor += LogGamma.value(prior + visitors[i]) - LogGamma.value(prior);
        factor -= visitors[i] * Math.log(shares[i]);
        all += visitors[i];
      }
    }
    factor -= LogGamma.value(CONCENTRATION + all) - LogGamma.value(CONCENTRATION);
    return Math.min(1, Math.exp(-factor));
  }
}
