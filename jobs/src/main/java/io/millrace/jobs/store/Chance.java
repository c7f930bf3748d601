package io.millrace.jobs.store;

import java.util.Locale;
import java.util.Random;

/** The store's draws, all from one seeded source. */
final class Chance {
  private final Random random;

  Chance(Random random) {
    this.random = random;
  }

  /** True in a share of the draws. */
  boolean in(double share) {
    return random.nextDouble() < share;
  }

  /** From 0 up to, not including, {@code bound}. */
  int below(int bound) {
    return random.nextInt(bound);
  }

  /** From 0 up to, not including, 1. */
  double share() {
    return random.nextDouble();
  }

  /** A value of the standard normal distribution. */
  double normal() {
    return random.nextGaussian();
  }

  /** A waiting time of a mean, exponentially distributed. */
  double waiting(double mean) {
    return mean * -Math.log(1 - random.nextDouble());
  }

  /** One of a few. */
  <T> T of(T[] choices) {
    return choices[random.nextInt(choices.length)];
  }

  /** {@code card-8f3a91c2d0e1}: says what it stands for, and of whom it is to nobody. */
  String pseudonym(String kind) {
    return String.format(Locale.ROOT, "%s-%012x", kind, random.nextLong() >>> 16);
  }

  /** A place, each as often as its weight says; place 0 if there is no weight at all. */
  int weighted(double[] weights) {
    double sum = 0;
    for (double weight : weights) {
      sum += weight;
    }
    double left = random.nextDouble() * sum;
    int last = 0;
    for (int i = 0; i < weights.length; i++) {
      if (weights[i] > 0) {
        last = i;
        left -= weights[i];
        if (left < 0) {
          break;
        }
      }
    }
    return last;
  }
}
