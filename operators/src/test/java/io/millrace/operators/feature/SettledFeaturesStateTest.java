package io.millrace.operators.feature;

import static io.millrace.operators.feature.CardFeatures.MINUTE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.features.algebra.EntityFeatures;
import io.millrace.operators.state.KeyedHarness;
import io.millrace.operators.state.WriteBackCache;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.junit.jupiter.api.Test;

/** What a job goes on from. */
class SettledFeaturesStateTest {
  private static final long LATENESS = 5 * MINUTE;

  /** A card of the last of three subtasks. */
  private static final String LAST =
      Stream.iterate("a", name -> name + "a")
          .filter(name -> KeyedHarness.subtaskOf(name, 3) == 2)
          .findFirst()
          .orElseThrow();

  private static KeyedHarness<Purchase, String> open(
      SettledFeatures<Purchase, String> operator,
      OperatorSubtaskState state,
      int before,
      int parallelism,
      int subtask)
      throws Exception {
    return new KeyedHarness<>(
        operator, Purchase::card, CardFeatures.answers(), state, before, parallelism, subtask);
  }

  private static KeyedHarness<Purchase, String> open(
      CardFeatures features, OperatorSubtaskState state) throws Exception {
    return open(CardFeatures.operator(features), state, 1, 1, 0);
  }

  private static Purchase purchase(long time, String shop) {
    return new Purchase("a", time, 1, shop, 2);
  }

  private static Purchase ofLast(long time, String shop) {
    return new Purchase(LAST, time, 1, shop, 2);
  }

  /** Runs subtasks on arrivals; their state afterwards, all together. */
  private static OperatorSubtaskState run(
      List<Purchase> arrivals,
      OperatorSubtaskState state,
      int before,
      int parallelism,
      boolean last,
      List<String> answers)
      throws Exception {
    OperatorSubtaskState[] after = new OperatorSubtaskState[parallelism];
    for (int subtask = 0; subtask < parallelism; subtask++) {
      var operator =
          SettledFeatures.of(
              CardFeatures.plain(),
              Purchase.TYPE,
              EntityFeatures.MAX_ROWS,
              2,
              WriteBackCache.FOREVER);
      try (var harness = open(operator, state, before, parallelism, subtask)) {
        long newest = Long.MIN_VALUE;
        for (Purchase purchase : arrivals) {
          if (newest != Long.MIN_VALUE) {
            harness.watermark(newest - LATENESS - 1);
          }
          if (KeyedHarness.subtaskOf(purchase.card(), parallelism) == subtask) {
            harness.process(purchase);
          }
          newest = Math.max(newest, purchase.time());
        }
        if (last) {
          harness.watermark(Long.MAX_VALUE);
        }
        after[subtask] = harness.snapshot();
        answers.addAll(harness.take());
      }
    }
    return KeyedHarness.together(after);
  }

  @Test
  void goesOnAtAnyParallelismAsIfNothingHadBeen() throws Exception {
    int[][] parallelisms = {{1, 1, 1}, {1, 3, 2}, {3, 1, 4}};
    for (int seed = 1; seed <= 5; seed++) {
      Random random = new Random(seed);
      List<Purchase> purchases = RandomPurchases.inOrder(random, 240);
      List<Purchase> arrivals = RandomPurchases.shuffled(random, purchases, LATENESS);
      int third = arrivals.size() / 3;
      for (int[] parallelism : parallelisms) {
        List<String> answers = new ArrayList<>();
        OperatorSubtaskState state = null;
        int before = 1;
        for (int part = 0; part < 3; part++) {
          int end = part == 2 ? arrivals.size() : (part + 1) * third;
          List<Purchase> some = arrivals.subList(part * third, end);
          state = run(some, state, before, parallelism[part], part == 2, answers);
          before = parallelism[part];
        }
        assertThat(answers.stream().sorted().toList())
            .as("seed %d, parallelism %s", seed, parallelism)
            .isEqualTo(CardFeatures.naive(purchases));
      }
    }
  }

  @Test
  void answersOnceWhatComesAgainAfterARestore() throws Exception {
    OperatorSubtaskState state;
    try (var harness = open(CardFeatures.plain(), null)) {
      harness.process(purchase(MINUTE, "x"));
      harness.watermark(MINUTE);
      harness.process(purchase(2 * MINUTE, "x"));
      assertThat(harness.take()).hasSize(1);
      state = harness.snapshot();
    }
    // Its watermark is not restored: what was answered waits once more, and is known then.
    try (var harness = open(CardFeatures.plain(), state)) {
      harness.process(purchase(MINUTE, "x"));
      harness.process(purchase(2 * MINUTE, "x"));
      harness.watermark(Long.MAX_VALUE);
      assertThat(harness.take()).containsExactly("a 120000/1: 2.0 4.0 0.0");
    }
  }

  @Test
  void newFeatureStartsEmptyAndSaysSinceWhen() throws Exception {
    OperatorSubtaskState state;
    try (var harness = open(CardFeatures.plain(), null)) {
      harness.process(ofLast(MINUTE, "x"));
      harness.process(ofLast(2 * MINUTE, "y"));
      harness.watermark(2 * MINUTE);
      // Waits while the set is changed.
      harness.process(ofLast(4 * MINUTE, "z"));
      state = harness.snapshot();
    }
    String settled = LAST + " 240000/1: 3.0 6.0 0.0 shops 1.0 since 120000";
    for (int parallelism : List.of(1, 3)) {
      // At 3, that of the last subtask, which does not write the layouts.
      int subtask = KeyedHarness.subtaskOf(LAST, parallelism);
      var operator = CardFeatures.operator(CardFeatures.withShops());
      try (var harness = open(operator, state, 1, parallelism, subtask)) {
        harness.watermark(4 * MINUTE);
        assertThat(harness.take()).containsExactly(settled);
      }
    }
    // Values of both layouts lie in one state, and go on from it.
    OperatorSubtaskState mixed;
    try (var harness = open(CardFeatures.withShops(), state)) {
      harness.process(new Purchase("b", MINUTE, 1, "x", 1));
      harness.watermark(MINUTE);
      assertThat(harness.take()).containsExactly("b 60000/1: 1.0 1.0 0.0 shops 1.0");
      mixed = harness.snapshot();
    }
    try (var harness = open(CardFeatures.withShops(), mixed)) {
      harness.process(new Purchase("b", 2 * MINUTE, 1, "y", 1));
      harness.watermark(4 * MINUTE);
      assertThat(harness.take())
          .containsExactlyInAnyOrder(settled, "b 120000/1: 2.0 2.0 0.0 shops 2.0");
    }
  }

  @Test
  void readsEventsThatWaitInAnOlderFormOfTheirs() throws Exception {
    OperatorSubtaskState state;
    var old = SettledFeatures.of(CardFeatures.withShops(), Purchase.OLD_TYPE);
    try (var harness = open(old, null, 1, 1, 0)) {
      harness.process(purchase(MINUTE, "x"));
      state = harness.snapshot();
    }
    try (var harness = open(CardFeatures.withShops(), state)) {
      harness.process(purchase(2 * MINUTE, "y"));
      harness.watermark(2 * MINUTE);
      assertThat(harness.take())
          .containsExactly("a 60000/1: 1.0 2.0 0.0 shops NaN", "a 120000/1: 2.0 4.0 0.0 shops 1.0");
    }
    OperatorSubtaskState newer;
    try (var harness = open(CardFeatures.withShops(), null)) {
      harness.process(purchase(MINUTE, "x"));
      newer = harness.snapshot();
    }
    try (var harness = open(old, newer, 1, 1, 0)) {
      assertThatThrownBy(() -> harness.process(purchase(2 * MINUTE, "y")))
          .hasStackTraceContaining("was written in version 2")
          .hasStackTraceContaining("restore with the build that wrote it");
    }
  }
}
