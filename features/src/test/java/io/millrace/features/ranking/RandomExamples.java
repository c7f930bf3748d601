package io.millrace.features.ranking;

import java.util.Arrays;
import java.util.Random;

/** Seeded examples; which candidate is clicked depends on its features, mostly. */
final class RandomExamples {
  static final long TIME = 1_764_000_000_000L;

  final Random random;
  private final double[] taste;
  private long time = TIME;

  RandomExamples(long seed) {
    random = new Random(seed);
    taste = random.doubles(RankingFeatures.COUNT, -2, 2).toArray();
  }

  /** Of visitors who never come again, each a second after the one before. */
  RankingExample next() {
    return next(random.nextLong());
  }

  RankingExample next(long visitor) {
    int candidates = 2 + random.nextInt(30);
    float[] features = new float[candidates * RankingFeatures.COUNT];
    for (int i = 0; i < features.length; i++) {
      features[i] = random.nextInt(3) == 0 ? 0 : (float) random.nextGaussian();
    }
    double[] scores = new double[candidates];
    for (int i = 0; i < features.length; i++) {
      scores[i / RankingFeatures.COUNT] += features[i] * taste[i % RankingFeatures.COUNT];
    }
    int best = 0;
    for (int i = 0; i < candidates; i++) {
      best = scores[i] > scores[best] ? i : best;
    }
    int clicked = random.nextInt(5) == 0 ? random.nextInt(candidates) : best;
    time += 1_000;
    return example(visitor, time, features, clicked, random.nextInt(4) == 0 ? 2.5f : 1);
  }

  static RankingExample example(
      long visitor, long time, float[] features, int clicked, float weight) {
    try {
      return RankingExample.of(
          RankingModel.DEFAULT_SEGMENT, time, visitor, features, clicked, weight);
    } catch (InvalidExampleException e) {
      throw new AssertionError(e);
    }
  }

  /** Two candidates, alike but for one feature of the first, which is clicked. */
  static RankingExample oneFeature(long visitor, long time, int feature, float value) {
    float[] features = new float[2 * RankingFeatures.COUNT];
    Arrays.fill(features, 1);
    features[feature] = value;
    return example(visitor, time, features, 0, 1);
  }
}
