package io.millrace.features.bundle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class LogLikelihoodTest {
  static IntStream seeds() {
    return IntStream.range(0, 200);
  }

  /** Dunning 1993, table of bigrams ranked by the log-likelihood ratio. */
  @ParameterizedTest(name = "{4} {5}")
  @CsvSource({
    "110, 2442, 111, 29114, the, swiss, 270.72",
    "29, 13, 123, 31612, can, be, 263.90",
    "31, 23, 139, 31584, previous, year, 256.84",
    "10, 0, 3, 31764, mineral, water, 167.23",
    "76, 104, 2476, 29121, at, the, 157.21",
    "16, 16, 51, 31694, real, terms, 157.03",
    "9, 0, 5, 31763, natural, gas, 146.80",
    "16, 0, 865, 30896, owing, to, 115.02",
    "10, 9, 41, 31717, health, insurance, 104.53",
    "8, 2, 27, 31740, stiff, competition, 100.96",
  })
  void agreesWithThePaper(
      int both, int first, int second, int none, String a, String b, double published) {
    assertThat(LogLikelihood.ratio(both, first, second, none)).isCloseTo(published, within(0.01));
  }

  /** The figures that Apache Mahout's own tests hold it to. */
  @ParameterizedTest
  @CsvSource({
    "1, 0, 0, 1, 2.772589",
    "10, 0, 0, 10, 27.72589",
    "5, 1995, 0, 100000, 39.33052",
    "1000, 1995, 1000, 100000, 4730.737",
    "1000, 1000, 1000, 100000, 5734.343",
    "1000, 1000, 1000, 99000, 5714.932",
  })
  void agreesWithAnotherImplementation(int k11, int k12, int k21, int k22, double expected) {
    assertThat(LogLikelihood.ratio(k11, k12, k21, k22))
        .isCloseTo(expected, within(expected * 1e-6));
  }

  @Test
  void isZeroWhereNothingCanBeSaid() {
    assertThat(LogLikelihood.ratio(0, 0, 0, 0)).isZero();
    assertThat(LogLikelihood.ratio(5, 5, 0, 0)).isZero();
    assertThat(LogLikelihood.ratio(0, 7, 0, 9)).isZero();
    assertThat(LogLikelihood.ratio(3, 6, 100, 200)).isZero();
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void keepsTwelveDigitsWhereverTheCountsLie(int seed) {
    Random random = new Random(seed);
    for (int i = 0; i < 20; i++) {
      int k11 = count(random, 10);
      int k12 = count(random, 10);
      int k21 = count(random, 31);
      int k22 = count(random, 31);
      if (random.nextInt(3) == 0 && k12 > 0) {
        // Almost independent: entropies would leave no digit of such a ratio.
        k22 = (int) Math.min(Integer.MAX_VALUE, (long) k21 * k12 / Math.max(1, k11) + 1);
      }
      double exact = ExactRatio.of(k11, k12, k21, k22);
      assertThat(LogLikelihood.ratio(k11, k12, k21, k22))
          .as("%d %d %d %d, seed %d", k11, k12, k21, k22, seed)
          .isCloseTo(exact, within(Math.abs(exact) * 1e-12));
    }
  }

  private static int count(Random random, int bits) {
    return random.nextInt(5) == 0
        ? 0
        : random.nextInt(Integer.MAX_VALUE) >>> 31 - random.nextInt(bits) - 1;
  }
}
