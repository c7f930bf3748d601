package io.millrace.features.ranking;

import java.util.Arrays;

/**
 * How weights lose on one example: minus the logarithm of the share that a softmax over the list
 * left to the clicked candidate (ListNet's top-one; Cao et al., "Learning to rank: from pairwise
 * approach to listwise approach", 2007). Of it the gradient and the curvature by the weights, with
 * x the features of the candidates, w the weights and c the clicked one:
 *
 * <pre>
 *   p = softmax(x·w),   m = Σ p(j) x(j)
 *   gradient  = weight · (m − x(c))
 *   curvature = weight · Σ p(j) (x(j) − m)(x(j) − m)ᵀ
 * </pre>
 */
final class ListLoss {
  /** Largest trace of one example's curvature; usual ones are below 100. */
  private static final double MAX_TRACE = 1_000;

  private final double[] gradient = new double[RankingFeatures.COUNT];
  private final SymmetricMatrix curvature = new SymmetricMatrix(RankingFeatures.COUNT);

  // Scratch.
  private final double[] mean = new double[RankingFeatures.COUNT];
  private final double[] deviation = new double[RankingFeatures.COUNT];

  /** By the weights; valid until the next example. */
  double[] gradient() {
    return gradient;
  }

  /** By the weights; valid until the next example. */
  SymmetricMatrix curvature() {
    return curvature;
  }

  /** Takes an example. One that would count beyond measure counts less. */
  void compute(double[] weights, RankingExample example) {
    float[] features = example.features();
    double[] shares = LinearScores.softmax(LinearScores.of(weights, features));
    computeMean(shares, features);
    curvature.clear();
    for (int j = 0; j < shares.length; j++) {
      computeDeviation(features, j);
      curvature.addSquare(shares[j], deviation);
    }
    double weight = Math.min(example.weight(), MAX_TRACE / curvature.trace());
    curvature.scale(weight);
    computeDeviation(features, example.clicked());
    for (int k = 0; k < gradient.length; k++) {
      gradient[k] = -weight * deviation[k];
    }
  }

  private void computeMean(double[] shares, float[] features) {
    Arrays.fill(mean, 0);
    for (int j = 0, at = 0; j < shares.length; j++) {
      for (int k = 0; k < mean.length; k++) {
        mean[k] += shares[j] * features[at++];
      }
    }
  }

  private void computeDeviation(float[] features, int candidate) {
    for (int k = 0; k < deviation.length; k++) {
      deviation[k] = features[candidate * deviation.length + k] - mean[k];
    }
  }
}
