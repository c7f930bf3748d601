package io.millrace.features.quality;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.millrace.features.decision.Interval;
import java.util.Random;
import org.junit.jupiter.api.Test;

class GroupedRatioTest {
  private static final long SEED = 11;
  private static final int REPETITIONS = 4_000;
  private static final int VISITORS = 500;

  /** Mean of a rate that is the cube of an even one: Beta(1/3, 1). */
  private static final double TRUE_RATE = .25;

  private static final double MEAN_RECIPROCAL = 3.597739657143682 / 20;

  /** Visitors who click 1 to 12 times, each with a rate of hits of their own, on any rank. */
  private static GroupedHits visitors(int count, Random random) {
    GroupedHits hits = new GroupedHits();
    for (int i = 0; i < count; i++) {
      long visitor = random.nextLong();
      double rate = Math.pow(random.nextDouble(), 3);
      for (int clicks = 1 + random.nextInt(12); clicks > 0; clicks--) {
        hits.add(visitor, random.nextDouble() < rate ? 1 + random.nextInt(20) : 0);
      }
    }
    return hits;
  }

  private static int covers(Interval interval, double rate) {
    return interval.low() <= rate && rate <= interval.high() ? 1 : 0;
  }

  private static Interval binomial(GroupedHits hits) {
    double rate = (double) hits.hits() / hits.events();
    double half = 1.959964 * Math.sqrt(rate * (1 - rate) / hits.events());
    return new Interval(rate, rate - half, rate + half);
  }

  @Test
  void coversTheTruthAsOftenAsItSaysWhereThePlainIntervalDoesNot() {
    Random random = new Random(SEED);
    int rates = 0;
    int reciprocal = 0;
    int plain = 0;
    for (int i = 0; i < REPETITIONS; i++) {
      GroupedHits hits = visitors(VISITORS, random);
      rates += covers(hits.hitRate().asShare(), TRUE_RATE);
      reciprocal += covers(hits.reciprocalRank().asShare(), TRUE_RATE * MEAN_RECIPROCAL);
      plain += covers(binomial(hits), TRUE_RATE);
    }

    assertThat(rates / (double) REPETITIONS).as("seed %d", SEED).isBetween(.93, .97);
    assertThat(reciprocal / (double) REPETITIONS).isBetween(.93, .97);
    assertThat(plain / (double) REPETITIONS).isLessThan(.85);
  }

  /** Sums over the groups that are left, one left out at a time. */
  @Test
  void isTheJackknifeOfTheRatio() {
    Random random = new Random(SEED);
    for (int groups = 2; groups <= 32; groups++) {
      double[] over = new double[32];
      double[] under = new double[32];
      for (int group = 0; group < groups; group++) {
        under[31 - group] = 1 + random.nextInt(50);
        over[31 - group] = random.nextInt((int) under[31 - group] + 1);
      }
      double[] without = new double[groups];
      double mean = 0;
      for (int left = 0; left < groups; left++) {
        double a = 0;
        double b = 0;
        for (int group = 0; group < groups; group++) {
          a += group == left ? 0 : over[31 - group];
          b += group == left ? 0 : under[31 - group];
        }
        without[left] = a / b;
        mean += a / b / groups;
      }
      double variance = 0;
      for (double ratio : without) {
        variance += (ratio - mean) * (ratio - mean) * (groups - 1) / groups;
      }

      GroupedRatio ratio = GroupedRatio.of(over, under);
      assertThat(ratio.variance()).as("seed %d", SEED).isCloseTo(variance, within(1e-12));
      assertThat(ratio.freedom()).isEqualTo(groups - 1);
    }
  }

  /** Quantiles as tables print them. */
  @Test
  void theIntervalIsStudents() {
    assertThat(new GroupedRatio(.5, .0001, 31).asShare().high())
        .isCloseTo(.5 + .01 * 2.03951, within(1e-7));
    assertThat(new GroupedRatio(.5, .0001, 1).asShare().low())
        .isCloseTo(.5 - .01 * 12.7062, within(1e-6));
  }

  @Test
  void sharesEndAtNoneAndAll() {
    GroupedRatio low = new GroupedRatio(.01, .01, 31);
    GroupedRatio high = new GroupedRatio(.99, .01, 31);

    assertThat(low.asShare().low()).isZero();
    assertThat(high.asShare().high()).isEqualTo(1);
  }

  @Test
  void needsTwoGroupsWithClicks() {
    assertThat(new GroupedHits().hitRate()).isNull();
    GroupedHits hits = new GroupedHits();
    hits.add(1, 3);
    hits.add(1, 0);
    assertThat(hits.hitRate()).isNull();
    assertThat(hits.reciprocalRank()).isNull();
    for (long visitor = 2; visitor < 9; visitor++) {
      hits.add(visitor, 0);
    }
    assertThat(hits.hitRate().ratio()).isCloseTo(1 / 9.0, within(1e-12));
  }

  @Test
  void visitorsWhoAllDoAlikeLeaveNoWidth() {
    GroupedRatio none = visitorsWithout(9);
    assertThat(none.asShare()).isEqualTo(new Interval(0, 0, 0));
  }

  private static GroupedRatio visitorsWithout(int clicks) {
    GroupedHits hits = new GroupedHits();
    for (long visitor = 1; visitor <= clicks; visitor++) {
      hits.add(visitor, 0);
    }
    return hits.hitRate();
  }
}
