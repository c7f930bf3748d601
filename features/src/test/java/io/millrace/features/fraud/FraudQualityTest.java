package io.millrace.features.fraud;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class FraudQualityTest {
  private record Scored(long day, long card, double score, boolean fraud) {}

  static IntStream seeds() {
    return IntStream.range(0, 30);
  }

  /** Few different scores, so that most are tied. */
  private static List<Scored> scored(Random random) {
    List<Scored> scored = new ArrayList<>();
    for (int i = 0; i < 200 + random.nextInt(100); i++) {
      boolean fraud = random.nextInt(4) == 0;
      double score = (random.nextInt(8) + (fraud ? 2 : 0)) / 8. - .5;
      scored.add(
          new Scored(
              random.nextInt(4),
              random.nextInt(40),
              score == 0 && random.nextBoolean() ? -0. : score,
              fraud));
    }
    return scored;
  }

  private static FraudQuality of(List<Scored> all) {
    FraudQuality quality = new FraudQuality();
    all.forEach(each -> quality.add(each.day(), each.card(), each.score(), each.fraud()));
    return quality;
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void aucIsTheShareOfPairsInOrder(int seed) {
    List<Scored> all = scored(new Random(seed));
    double inOrder = 0;
    long pairs = 0;
    for (Scored fraud : all) {
      for (Scored genuine : all) {
        if (fraud.fraud() && !genuine.fraud()) {
          pairs++;
          inOrder +=
              fraud.score() > genuine.score() ? 1 : fraud.score() == genuine.score() ? .5 : 0;
        }
      }
    }
    assertThat(of(all).aucRoc()).as("seed %d", seed).isCloseTo(inOrder / pairs, within(1e-12));
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void averagePrecisionIsTheMeanPrecisionAtTheFrauds(int seed) {
    List<Scored> all = scored(new Random(seed));
    double sum = 0;
    long frauds = 0;
    for (Scored at : all) {
      if (at.fraud()) {
        frauds++;
        long above = all.stream().filter(each -> each.score() >= at.score()).count();
        long right =
            all.stream().filter(each -> each.score() >= at.score() && each.fraud()).count();
        sum += (double) right / above;
      }
    }
    assertThat(of(all).averagePrecision())
        .as("seed %d", seed)
        .isCloseTo(sum / frauds, within(1e-12));
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void cardPrecisionTakesTheBestCardByCardAndDayByDay(int seed) {
    List<Scored> all = scored(new Random(seed));
    int k = 7;
    Set<Long> found = new HashSet<>();
    double sum = 0;
    for (long day = 0; day < 4; day++) {
      long today = day;
      Set<Long> taken = new HashSet<>(found);
      for (int i = 0; i < k; i++) {
        Scored best = null;
        for (Scored each : all) {
          boolean better =
              best == null
                  || each.score() > best.score()
                  || each.score() == best.score() && each.card() < best.card();
          if (each.day() == today && !taken.contains(each.card()) && better) {
            best = each;
          }
        }
        long card = best.card();
        taken.add(card);
        if (all.stream()
            .anyMatch(each -> each.day() == today && each.card() == card && each.fraud())) {
          found.add(card);
          sum++;
        }
      }
    }
    assertThat(of(all).cardPrecision(k)).as("seed %d", seed).isCloseTo(sum / k / 4, within(1e-12));
  }

  @Test
  void whatCannotBeMeasuredIsNotANumber() {
    FraudQuality quality = new FraudQuality();
    assertThat(quality.cardPrecision(3)).isNaN();
    quality.add(0, 1, .5, false);
    assertThat(quality.aucRoc()).isNaN();
    assertThat(quality.averagePrecision()).isNaN();
    assertThat(quality.cardPrecision(2)).isZero();
    quality.add(0, 2, .5, true);
    assertThat(quality.aucRoc()).isEqualTo(.5);
    assertThat(quality.averagePrecision()).isEqualTo(.5);
    assertThat(quality.cardPrecision(2)).isEqualTo(.5);
    // Of fewer cards than are looked at, those missing count as none.
    assertThat(quality.cardPrecision(4)).isEqualTo(.25);
    assertThat(quality.size()).isEqualTo(2);
    assertThatThrownBy(() -> quality.add(0, 1, Double.NaN, true)).hasMessageContaining("NaN");
  }

  @Test
  void growsWithWhatItIsGiven() {
    FraudQuality quality = new FraudQuality();
    for (int i = 0; i < 5_000; i++) {
      quality.add(0, i, i, i >= 4_990);
    }
    assertThat(quality.aucRoc()).isEqualTo(1);
    assertThat(quality.averagePrecision()).isEqualTo(1);
    assertThat(quality.cardPrecision(20)).isEqualTo(.5);
  }
}
