package io.millrace.operators.feature;

import static io.millrace.operators.feature.CardFeatures.MINUTE;
import static java.util.Comparator.comparingLong;
import static java.util.stream.Collectors.groupingBy;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.operators.state.KeyedHarness;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SettledFeaturesTest {
  private static KeyedHarness<Purchase, String> open() throws Exception {
    return new KeyedHarness<>(
        CardFeatures.operator(CardFeatures.plain()),
        Purchase::card,
        CardFeatures.answers(),
        null,
        1,
        1,
        0);
  }

  private static Purchase purchase(long time, long tie, double amount) {
    return new Purchase("a", time, tie, "shop", amount);
  }

  @Test
  void answersNotBeforeTheWatermarkHasPassedTheEvent() throws Exception {
    try (var harness = open()) {
      harness.process(purchase(MINUTE, 1, 2));
      harness.watermark(MINUTE - 1);
      assertThat(harness.take()).isEmpty();

      harness.watermark(MINUTE);
      assertThat(harness.take()).containsExactly("a 60000/1: 1.0 2.0 0.0");
    }
  }

  @Test
  void answersByTimeAndThenByTieWhateverTheArrival() throws Exception {
    try (var harness = open()) {
      harness.process(purchase(2 * MINUTE, 7, 3));
      harness.process(purchase(MINUTE, 9, 2));
      harness.process(purchase(MINUTE, 8, 1));
      harness.watermark(3 * MINUTE);

      assertThat(harness.take())
          .containsExactly(
              "a 60000/8: 1.0 1.0 0.0", "a 60000/9: 2.0 3.0 0.0", "a 120000/7: 3.0 6.0 0.0");
    }
  }

  @Test
  void answersOnceWhatComesAgainWhileItWaitsOrLater() throws Exception {
    try (var harness = open()) {
      harness.process(purchase(MINUTE, 1, 2));
      harness.process(purchase(MINUTE, 1, 2));
      harness.watermark(MINUTE);
      assertThat(harness.take()).hasSize(1);

      harness.process(purchase(MINUTE, 1, 2));
      harness.process(purchase(2 * MINUTE, 1, 2));
      harness.watermark(2 * MINUTE);
      assertThat(harness.take()).containsExactly("a 120000/1: 2.0 4.0 0.0");
    }
  }

  @Test
  void answersAtOnceWhatTheWatermarkHasPassed() throws Exception {
    try (var harness = open()) {
      harness.process(purchase(3 * MINUTE, 1, 4));
      harness.watermark(3 * MINUTE);
      harness.take();

      harness.process(purchase(2 * MINUTE, 1, 2));
      assertThat(harness.take()).containsExactly("a 120000/1: 1.0 2.0 0.0");
      harness.process(purchase(4 * MINUTE, 1, 1));
      harness.watermark(4 * MINUTE);
      assertThat(harness.take()).containsExactly("a 240000/1: 3.0 7.0 0.0");
    }
  }

  @Test
  void eventsFarAheadPushNothingOutOfTheWindowsBeforeThem() throws Exception {
    try (var harness = open()) {
      harness.process(purchase(MINUTE, 1, 2));
      harness.process(purchase(1_000_000 * MINUTE, 1, 9));
      harness.process(purchase(5 * MINUTE, 1, 4));
      harness.watermark(5 * MINUTE);

      assertThat(harness.take())
          .containsExactly("a 60000/1: 1.0 2.0 0.0", "a 300000/1: 2.0 6.0 0.0");
    }
  }

  @Test
  void waitsWithOneTimerAKeyWhereEventsComeInOrder() throws Exception {
    try (var harness = open()) {
      for (int i = 1; i <= 50; i++) {
        harness.process(purchase(i * MINUTE, i, 1));
      }
      assertThat(harness.timers()).isEqualTo(1);
      harness.watermark(20 * MINUTE);
      assertThat(harness.take()).hasSize(20);
      assertThat(harness.timers()).isEqualTo(1);

      harness.watermark(50 * MINUTE);
      assertThat(harness.take()).hasSize(30);
      assertThat(harness.timers()).isZero();
    }
  }

  @Test
  void answersDependOnNoOrderOfArrivalWithinTheLateness() throws Exception {
    for (int seed : IntStream.rangeClosed(1, 20).toArray()) {
      Random random = new Random(seed);
      List<Purchase> purchases = RandomPurchases.inOrder(random, 300);
      List<String> expected = CardFeatures.naive(purchases);
      long lateness = random.nextInt(20) * MINUTE;
      List<Purchase> arrivals = RandomPurchases.shuffled(random, purchases, lateness);
      List<String> answers = new ArrayList<>();
      try (var harness = open()) {
        long newest = 0;
        for (Purchase purchase : arrivals) {
          harness.process(purchase);
          newest = Math.max(newest, purchase.time());
          if (random.nextInt(3) == 0) {
            harness.watermark(newest - lateness - 1);
          }
          answers.addAll(harness.take());
        }
        harness.watermark(Long.MAX_VALUE);
        answers.addAll(harness.take());
      }
      assertThat(answers.stream().sorted().toList()).as("seed %d", seed).isEqualTo(expected);
      Map<String, List<String>> byCard =
          answers.stream().collect(groupingBy(answer -> answer.substring(0, 2)));
      byCard.forEach(
          (card, ofCard) ->
              assertThat(ofCard)
                  .as("seed %d: order of %s", seed, card)
                  .isSortedAccordingTo(comparingLong(SettledFeaturesTest::place)));
    }
  }

  /** Time and tie of an answer in one number. */
  private static long place(String answer) {
    String[] parts = answer.split("[ /:]+");
    return Long.parseLong(parts[1]) * 1_000 + Long.parseLong(parts[2]);
  }

  @Test
  void keepsOneOfEventsThatComeOftenAndOneValueAKey() throws Exception {
    try (var harness = open()) {
      for (int times = 0; times < 100; times++) {
        harness.process(purchase(MINUTE, 1, 2));
      }
      harness.watermark(Long.MAX_VALUE);
      assertThat(harness.take()).hasSize(1);
      harness.snapshot();
      assertThat(harness.stateEntries()).isEqualTo(1);
    }
  }
}
