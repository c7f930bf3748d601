package io.millrace.operators.recommend;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.features.catalogue.ItemFact;
import io.millrace.features.trend.HourCounts;
import io.millrace.features.trend.TrendBoard;
import io.millrace.features.trend.TrendBoard.Trending;
import io.millrace.operators.state.KeyedHarness;
import io.millrace.operators.state.TwoInputHarness;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.util.AbstractStreamOperatorTestHarness;
import org.junit.jupiter.api.Test;

/** Clicks and what is known of items become boards of categories. */
class TrendCategoriesTest {
  private static final long SEED = 271;
  private static final long HOUR = HourCounts.HOUR_MS;
  private static final long TIME = 485_760 * HOUR;
  private static final StateSettings TINY =
      new StateSettings(Duration.ofDays(30), Duration.ofDays(180), 2, 2);
  private static final String[] CATEGORIES = {null, "a", "a/b", "a/b/c", "a/d", "e", "_all"};

  /** Boards as the keepers would hold them, for a log of clicks and facts. */
  private static final class Boards {
    private final Map<String, TrendBoard> boards = new TreeMap<>();

    void take(List<TrendUpdate> updates) {
      for (TrendUpdate update : updates) {
        TrendBoard board = boards.computeIfAbsent(update.list(), unused -> new TrendBoard());
        if (update.counts() == null) {
          board.remove(update.item(), update.time());
        } else {
          board.put(update.item(), update.counts());
        }
      }
    }

    Map<String, List<Trending>> tops() {
      Map<String, List<Trending>> tops = new TreeMap<>();
      boards.forEach((list, board) -> tops.put(list, board.top(100)));
      tops.values().removeIf(List::isEmpty);
      return tops;
    }
  }

  private static TwoInputHarness<ItemClick, ItemFact, TrendUpdate> counter(
      OperatorSubtaskState state, int before, int parallelism, int subtask) throws Exception {
    return new TwoInputHarness<>(
        new TrendCounter(TINY),
        ItemClick::item,
        ItemFact::item,
        RecommendTypes.TREND_UPDATE.serializer(),
        state,
        before,
        parallelism,
        subtask);
  }

  private static ItemFact shown(String item, String category) {
    return new ItemFact(item, false, false, true, false, category, 1, 0);
  }

  private static ItemFact random(String item, Random random) {
    return new ItemFact(
        item,
        random.nextInt(5) == 0,
        random.nextInt(5) == 0,
        random.nextBoolean(),
        random.nextInt(5) == 0,
        CATEGORIES[random.nextInt(CATEGORIES.length)],
        1,
        random.nextInt(9));
  }

  /** From the whole log: each item's counts, in the lists of its newest category. */
  private static Map<String, List<Trending>> naive(List<Object> log) {
    Map<String, HourCounts> counts = new HashMap<>();
    Map<String, ItemFact> facts = new HashMap<>();
    for (Object message : log) {
      if (message instanceof ItemClick click) {
        counts
            .computeIfAbsent(click.item(), unused -> new HourCounts())
            .add(click.hour(), click.count(), click.time());
      } else if (message instanceof ItemFact fact) {
        facts.put(fact.item(), fact);
      }
    }
    Map<String, Map<String, HourCounts>> lists = new TreeMap<>();
    counts.forEach(
        (item, clicks) -> {
          ItemFact fact = facts.getOrDefault(item, ItemFact.unknown(item));
          if (!fact.isServable() || clicks.isEmpty()) {
            return;
          }
          lists.computeIfAbsent("_all", unused -> new HashMap<>()).put(item, clicks);
          String path = "";
          for (String level :
              fact.category() == null ? new String[0] : fact.category().split("/")) {
            path = path.isEmpty() ? level : path + "/" + level;
            lists.computeIfAbsent(path, unused -> new HashMap<>()).put(item, clicks);
          }
        });
    Map<String, List<Trending>> tops = new TreeMap<>();
    lists.forEach((list, items) -> tops.put(list, ranked(items)));
    return tops;
  }

  private static List<Trending> ranked(Map<String, HourCounts> items) {
    long hour = items.values().stream().mapToLong(HourCounts::newestHour).max().orElseThrow();
    List<Trending> ranked = new ArrayList<>();
    items.forEach((item, clicks) -> ranked.add(new Trending(item, clicks.weigh(hour))));
    ranked.removeIf(trending -> trending.score() <= 0);
    ranked.sort(
        Comparator.comparingDouble(Trending::score).reversed().thenComparing(Trending::item));
    return ranked;
  }

  private static List<Object> log(Random random) {
    List<Object> log = new ArrayList<>();
    for (int i = 0; i < 120; i++) {
      String item = "i" + random.nextInt(6);
      if (random.nextInt(4) == 0) {
        log.add(random(item, random));
      } else {
        long time = TIME + random.nextInt(30) * HOUR;
        log.add(new ItemClick(item, time / HOUR, random.nextInt(3) == 0 ? -1 : 1, time));
      }
    }
    return log;
  }

  /** Another order of arrival: clicks move freely, facts of an item keep their order. */
  private static List<Object> shuffled(List<Object> log, Random random) {
    List<Object> mixed = new ArrayList<>(log.stream().filter(ItemFact.class::isInstance).toList());
    log.stream()
        .filter(ItemClick.class::isInstance)
        .forEach(click -> mixed.add(random.nextInt(mixed.size() + 1), click));
    return mixed;
  }

  private static void feed(
      TwoInputHarness<ItemClick, ItemFact, TrendUpdate> harness, Object message) throws Exception {
    if (message instanceof ItemClick click) {
      harness.first(click);
    } else {
      harness.second((ItemFact) message);
    }
  }

  @Test
  void boardsAreWhatTheWholeLogSaysInAnyOrderAndOverRestores() throws Exception {
    Random random = new Random(SEED);
    for (int round = 0; round < 60; round++) {
      List<Object> log = log(random);
      List<Object> other = shuffled(log, random);
      Boards boards = new Boards();
      var harness = counter(null, 1, 1, 0);
      for (Object message : other) {
        feed(harness, message);
        if (random.nextInt(30) == 0) {
          OperatorSubtaskState state = harness.snapshot();
          boards.take(harness.take());
          harness.close();
          harness = counter(state, 1, 1, 0);
        }
      }
      boards.take(harness.take());
      harness.close();

      assertThat(boards.tops()).as("seed %d, round %d", SEED, round).isEqualTo(naive(log));
    }
  }

  @Test
  void rescalingChangesNothing() throws Exception {
    Random random = new Random(SEED);
    List<Object> log = log(random);
    Boards boards = new Boards();
    OperatorSubtaskState[] states = new OperatorSubtaskState[2];
    run(log.subList(0, 60), null, 1, 2, boards, states);
    OperatorSubtaskState both =
        AbstractStreamOperatorTestHarness.repackageState(states[0], states[1]);
    run(log.subList(60, 120), both, 2, 1, boards, new OperatorSubtaskState[1]);

    assertThat(boards.tops()).as("seed %d", SEED).isEqualTo(naive(log));
  }

  private static void run(
      List<Object> log,
      OperatorSubtaskState state,
      int before,
      int parallelism,
      Boards boards,
      OperatorSubtaskState[] states)
      throws Exception {
    for (int subtask = 0; subtask < parallelism; subtask++) {
      try (var harness = counter(state, before, parallelism, subtask)) {
        for (Object message : log) {
          String item =
              message instanceof ItemClick click ? click.item() : ((ItemFact) message).item();
          if (KeyedHarness.subtaskOf(item, parallelism) == subtask) {
            feed(harness, message);
          }
        }
        states[subtask] = harness.snapshot();
        boards.take(harness.take());
      }
    }
  }

  @Test
  void countsMoveWithTheItemAndSharedLevelsStay() throws Exception {
    try (var harness = counter(null, 1, 1, 0)) {
      harness.first(new ItemClick("i", TIME / HOUR, 3, TIME));
      harness.second(shown("i", "a/b"));
      harness.take();

      harness.second(shown("i", "a/c"));

      assertThat(harness.take())
          .extracting(update -> update.list() + (update.counts() == null ? " left" : ""))
          .containsExactly("a/b left", "_all", "a", "a/c");
    }
  }

  @Test
  void tellsNothingOfAnItemNobodyClickedNorOfFactsThatChangeNoList() throws Exception {
    try (var harness = counter(null, 1, 1, 0)) {
      harness.second(shown("i", "a"));
      harness.second(new ItemFact(ItemFact.ALL_ORDERS, false, false, false, false, null, 1, 7));
      assertThat(harness.take()).isEmpty();

      harness.first(new ItemClick("i", TIME / HOUR, 1, TIME));
      assertThat(harness.take()).hasSize(2);
      harness.second(new ItemFact("i", false, false, false, false, "a", 2, 9));
      assertThat(harness.take()).isEmpty();
    }
  }

  @Test
  void aHiddenItemLeavesAndComesBackWithWhatWasClickedMeanwhile() throws Exception {
    Boards boards = new Boards();
    try (var harness = counter(null, 1, 1, 0)) {
      harness.first(new ItemClick("i", TIME / HOUR, 3, TIME));
      harness.second(new ItemFact("i", false, true, false, false, "a", 1, 0));
      harness.first(new ItemClick("i", TIME / HOUR, 2, TIME + 1));
      boards.take(harness.take());
      assertThat(boards.tops()).isEmpty();

      harness.second(shown("i", "a"));
      boards.take(harness.take());
      assertThat(boards.tops())
          .isEqualTo(
              Map.of("_all", List.of(new Trending("i", 5)), "a", List.of(new Trending("i", 5))));
    }
  }
}
