package io.millrace.features.ranking;

import java.util.Arrays;

/** What weights make of candidates: the sum of each one's features, weighed. */
final class LinearScores {
  private static final int PLACE_BITS = 32;

  private LinearScores() {}

  /** One score a candidate; the higher the better. */
  static double[] of(double[] weights, float[] features) {
    double[] scores = new double[features.length / weights.length];
    int at = 0;
    for (int i = 0; i < scores.length; i++) {
      for (double weight : weights) {
        scores[i] += weight * features[at++];
      }
    }
    return scores;
  }

  /** Makes shares of one of the scores, each in place of its score. */
  static double[] softmax(double[] scores) {
    double max = Double.NEGATIVE_INFINITY;
    for (double score : scores) {
      max = Math.max(max, score);
    }
    double sum = 0;
    for (int i = 0; i < scores.length; i++) {
      scores[i] = StrictMath.exp(scores[i] - max);
      sum += scores[i];
    }
    for (int i = 0; i < scores.length; i++) {
      scores[i] /= sum;
    }
    return scores;
  }

  /** The places of the candidates, best first; of equal ones the earlier comes first. */
  static int[] order(double[] scores) {
    long[] ranked = new long[scores.length];
    for (int i = 0; i < ranked.length; i++) {
      ranked[i] = (long) ~ascending((float) scores[i]) << PLACE_BITS | i;
    }
    Arrays.sort(ranked);
    return Arrays.stream(ranked).mapToInt(place -> (int) place).toArray();
  }

  /** Bits that are as integers in the order of the numbers. */
  private static int ascending(float score) {
    int bits = Float.floatToIntBits(score);
    return bits ^ (bits >> 31 & Integer.MAX_VALUE);
  }
}
