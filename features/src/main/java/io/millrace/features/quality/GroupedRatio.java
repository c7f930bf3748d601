package io.millrace.features.quality;

import io.millrace.features.decision.Interval;
import java.util.Arrays;
import org.apache.commons.statistics.distribution.TDistribution;

/**
 * A ratio of two sums over groups of visitors, and how far chance may have moved it. Clicks of a
 * visitor go together, so that an interval that takes every click for a trial of its own is too
 * narrow (Kohavi, Tang and Xu, "Trustworthy Online Controlled Experiments", chapter 18). The
 * variance is that of the jackknife which leaves out one group after the other (Efron and
 * Tibshirani, "An Introduction to the Bootstrap", chapter 11), the interval Student's.
 *
 * @param ratio of all groups together
 * @param variance of it
 * @param freedom degrees of it: groups that are not empty, less one
 */
record GroupedRatio(double ratio, double variance, double freedom) {
  private static final double CONFIDENCE = 0.95;

  /**
   * Of the sums of each group.
   *
   * @return null if fewer than two groups are not empty
   */
  static GroupedRatio of(double[] numerators, double[] denominators) {
    double over = Arrays.stream(numerators).sum();
    double under = Arrays.stream(denominators).sum();
    double[] without = new double[denominators.length];
    int groups = 0;
    for (int group = 0; group < denominators.length; group++) {
      if (denominators[group] > 0) {
        without[groups++] = (over - numerators[group]) / (under - denominators[group]);
      }
    }
    if (groups < 2) {
      return null;
    }
    double mean = Arrays.stream(without, 0, groups).sum() / groups;
    double squares = 0;
    for (int group = 0; group < groups; group++) {
      squares += (without[group] - mean) * (without[group] - mean);
    }
    return new GroupedRatio(over / under, squares * (groups - 1) / groups, groups - 1);
  }

  /** With its interval, which ends at 0 and 1. */
  Interval asShare() {
    double half = half();
    return new Interval(ratio, Math.max(0, ratio - half), Math.min(1, ratio + half));
  }

  private double half() {
    double t = TDistribution.of(freedom).inverseCumulativeProbability((1 + CONFIDENCE) / 2);
    return t * Math.sqrt(variance);
  }
}
