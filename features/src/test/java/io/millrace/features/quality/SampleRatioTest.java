package io.millrace.features.quality;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;

class SampleRatioTest {
  private static final long SEED = 2022;
  private static final double[] EVEN = {.5, .5};

  /** Chi square above which one look at two buckets finds a mismatch at .001. */
  private static final double ONE_LOOK = 10.828;

  /** The Bayes factor as a product: how likely each visitor's bucket was after those before. */
  private static double naive(long[] visitors, double[] shares) {
    double log = 0;
    double all = 0;
    for (int bucket = 0; bucket < visitors.length; bucket++) {
      for (long n = 0; n < visitors[bucket]; n++) {
        log += Math.log((100 * shares[bucket] + n) / (100 + all) / shares[bucket]);
        all++;
      }
    }
    return Math.min(1, Math.exp(-log));
  }

  private static int draw(double[] shares, Random random) {
    double rest = random.nextDouble();
    int bucket = 0;
    while (bucket < shares.length - 1 && rest >= shares[bucket]) {
      rest -= shares[bucket++];
    }
    return bucket;
  }

  @Test
  void isOneOverTheBayesFactor() {
    Random random = new Random(SEED);
    double[] shares = {.6, .3, .1};
    for (int round = 0; round < 300; round++) {
      long[] visitors = {random.nextInt(600), random.nextInt(300), random.nextInt(100)};
      double expected = naive(visitors, shares);
      assertThat(SampleRatio.pValue(visitors, shares))
          .as("seed %d, round %d", SEED, round)
          .isCloseTo(expected, within(expected * 1e-9));
    }
    assertThat(SampleRatio.pValue(new long[3], shares)).isEqualTo(1);
  }

  @Test
  void rightSharesAreHardlyEverDoubtedHoweverOftenLookedAt() {
    Random random = new Random(SEED);
    int experiments = 2_000;
    int doubted = 0;
    int doubtedByChiSquare = 0;
    for (int i = 0; i < experiments; i++) {
      long[] visitors = new long[2];
      boolean low = false;
      boolean unlikely = false;
      for (int n = 1; n <= 4_000; n++) {
        visitors[draw(EVEN, random)]++;
        low |= SampleRatio.pValue(visitors, EVEN) < SampleRatio.MISMATCH;
        double apart = visitors[0] - visitors[1];
        unlikely |= n > 30 && apart * apart / n > ONE_LOOK;
      }
      doubted += low ? 1 : 0;
      doubtedByChiSquare += unlikely ? 1 : 0;
    }

    assertThat(doubted).as("seed %d", SEED).isLessThan((int) (experiments * .003));
    assertThat(doubtedByChiSquare).isGreaterThan((int) (experiments * .006));
  }

  @Test
  void aSplitThatIsOffIsFound() {
    assertThat(SampleRatio.pValue(new long[] {10_400, 9_600}, EVEN)).isLessThan(1e-5);
    assertThat(SampleRatio.pValue(new long[] {10_000, 10_000}, EVEN)).isEqualTo(1);

    Random random = new Random(SEED);
    double[] really = {.52, .48};
    int experiments = 300;
    int found = 0;
    for (int i = 0; i < experiments; i++) {
      long[] visitors = new long[2];
      double least = 1;
      for (int n = 1; n <= 20_000; n++) {
        visitors[draw(really, random)]++;
        least = n % 100 == 0 ? Math.min(least, SampleRatio.pValue(visitors, EVEN)) : least;
      }
      found += least < SampleRatio.MISMATCH ? 1 : 0;
    }
    assertThat(found).as("seed %d", SEED).isGreaterThan((int) (experiments * .9));
  }

  @Test
  void aBucketThatIsOffHasNoVisitors() {
    double[] shares = {.5, 0, .5};

    assertThat(SampleRatio.pValue(new long[] {50, 1, 50}, shares)).isZero();
    assertThat(SampleRatio.pValue(new long[] {50, 0, 60}, shares))
        .isEqualTo(SampleRatio.pValue(new long[] {50, 60}, EVEN));
    assertThat(SampleRatio.pValue(new long[] {70}, new double[] {1})).isCloseTo(1, within(1e-9));
  }

  @Test
  void staysANumberWithAllVisitorsOfTheWorld() {
    long world = 4_000_000_000L;

    assertThat(SampleRatio.pValue(new long[] {world, world}, EVEN)).isEqualTo(1);
    assertThat(SampleRatio.pValue(new long[] {world, 2 * world}, EVEN)).isZero();
  }
}
