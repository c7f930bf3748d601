package io.millrace.operators.recommend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.millrace.features.catalogue.ItemFact;
import io.millrace.features.decision.DecisionJson;
import io.millrace.features.decision.RedisKeys;
import io.millrace.features.decision.TrendList;
import io.millrace.features.decision.Version;
import io.millrace.features.event.Control;
import io.millrace.features.trend.HourCounts;
import io.millrace.features.trend.TrendBoard.Trending;
import io.millrace.operators.kafka.Fact;
import io.millrace.operators.redis.RedisWrite;
import io.millrace.operators.state.KeyedHarness;
import io.millrace.operators.state.TwoInputHarness;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.junit.jupiter.api.Test;

/** From clicks to trend lists: pre-aggregator, counter and board keeper. */
class TrendOperatorsTest {
  private static final long HOUR = HourCounts.HOUR_MS;
  private static final long TIME = 485_760 * HOUR;
  private static final StateSettings TINY = Trackers.TINY;

  private static TwoInputHarness<ItemClick, ItemFact, TrendUpdate> counter(
      OperatorSubtaskState state) throws Exception {
    return new TwoInputHarness<>(
        new TrendCounter(TINY),
        ItemClick::item,
        ItemFact::item,
        RecommendTypes.TREND_UPDATE.serializer(),
        state,
        1,
        1,
        0);
  }

  private static TwoInputHarness<TrendUpdate, Fact<Control>, TrendTop> keeper(
      OperatorSubtaskState state) throws Exception {
    return keeper(WriteSettings.DEFAULT, state);
  }

  private static TwoInputHarness<TrendUpdate, Fact<Control>, TrendTop> keeper(
      WriteSettings writes, OperatorSubtaskState state) throws Exception {
    return new TwoInputHarness<>(
        new TrendBoardKeeper(writes, TINY),
        TrendUpdate::list,
        null,
        RecommendTypes.TREND_TOP.serializer(),
        state,
        1,
        1,
        0);
  }

  private static KeyedHarness<ItemClick, ItemClick> preAggregator(WriteSettings writes)
      throws Exception {
    return new KeyedHarness<>(
        new TrendPreAggregator(writes),
        ItemClick::item,
        RecommendTypes.ITEM_CLICK.serializer(),
        null,
        1,
        1,
        0);
  }

  /** What an evaluation has: no clock, but rounds of an hour. */
  private static WriteSettings byTheHour() {
    Duration never = Duration.ofDays(1);
    return new WriteSettings(1, never, never, never, true, Duration.ofMillis(HOUR));
  }

  private static ItemClick click(String item, long time) {
    return Trackers.counted(item, time);
  }

  private static TrendUpdate update(String item, int clicks, long time) {
    HourCounts counts = new HourCounts();
    counts.add(HourCounts.hourOf(time), clicks, time);
    return TrendUpdate.put(TrendUpdate.ALL, item, counts);
  }

  @Test
  void preAggregatorAddsUpByItemAndHourUntilATick() throws Exception {
    try (var harness = preAggregator(WriteSettings.DEFAULT)) {
      harness.clock(100);
      harness.process(click("a", TIME + 5));
      harness.process(click("a", TIME + 3));
      harness.process(click("a", TIME + HOUR));
      harness.process(click("b", TIME));
      assertThat(harness.take()).isEmpty();

      harness.clock(1_200);

      assertThat(harness.take())
          .containsExactlyInAnyOrder(
              new ItemClick("a", TIME / HOUR, 2, TIME + 5),
              new ItemClick("a", TIME / HOUR + 1, 1, TIME + HOUR),
              click("b", TIME));
      harness.clock(5_000);
      assertThat(harness.take()).isEmpty();
    }
  }

  @Test
  void preAggregatorKeepsNothingBackFromABarrier() throws Exception {
    try (var harness = preAggregator(WriteSettings.DEFAULT)) {
      harness.process(click("a", TIME));
      harness.snapshot();

      assertThat(harness.take()).containsExactly(click("a", TIME));
      harness.snapshot();
      assertThat(harness.take()).isEmpty();
    }
  }

  @Test
  void preAggregatorSendsWhatItHasAtTheEndOfARoundOfEventTime() throws Exception {
    try (var harness = preAggregator(byTheHour())) {
      harness.process(click("a", TIME));
      harness.watermark(TIME);
      assertThat(harness.take()).isEmpty();

      harness.watermark(TIME + HOUR - 1);

      assertThat(harness.take()).containsExactly(click("a", TIME));
    }
  }

  @Test
  void keeperTellsAtTheEndOfARoundOfEventTime() throws Exception {
    try (var harness = keeper(byTheHour(), null)) {
      harness.first(update("a", 9, TIME));
      harness.watermark(TIME);
      assertThat(harness.take()).isEmpty();

      harness.watermark(TIME + HOUR - 1);

      assertThat(harness.take()).extracting(TrendTop::list).containsExactly(TrendUpdate.ALL);
    }
  }

  @Test
  void counterSumsAnyOrderToTheSameCounts() throws Exception {
    HourCounts expected = new HourCounts();
    expected.add(TIME / HOUR, 2, TIME);
    expected.add(TIME / HOUR + 1, 3, TIME + HOUR);
    ItemClick early = new ItemClick("a", TIME / HOUR, 2, TIME);
    ItemClick later = new ItemClick("a", TIME / HOUR + 1, 3, TIME + HOUR);
    for (List<ItemClick> order : List.of(List.of(early, later), List.of(later, early))) {
      try (var harness = counter(null)) {
        harness.first(order.get(0));
        harness.first(order.get(1));

        List<TrendUpdate> updates = harness.take();
        assertThat(updates).hasSize(2);
        assertThat(updates.get(1)).isEqualTo(TrendUpdate.put(TrendUpdate.ALL, "a", expected));
      }
    }
  }

  @Test
  void counterRestoresBetweenAnyTwoClicks() throws Exception {
    Random random = new Random(3);
    List<ItemClick> clicks = new ArrayList<>();
    for (int i = 0; i < 300; i++) {
      clicks.add(click("i" + random.nextInt(9), TIME + random.nextInt(30) * HOUR));
    }
    List<TrendUpdate> undisturbed = new ArrayList<>();
    try (var harness = counter(null)) {
      for (ItemClick click : clicks) {
        harness.first(click);
        undisturbed.addAll(harness.take());
      }
    }

    List<TrendUpdate> restored = new ArrayList<>();
    var harness = counter(null);
    for (int i = 0; i < clicks.size(); i++) {
      harness.first(clicks.get(i));
      restored.addAll(harness.take());
      if (i % 41 == 0) {
        OperatorSubtaskState state = harness.snapshot();
        harness.close();
        harness = counter(state);
      }
    }
    harness.close();

    assertThat(restored).isEqualTo(undisturbed);
  }

  @Test
  void keeperTellsTheTopOnceAnIntervalAndOnlyAfterAChange() throws Exception {
    try (var harness = keeper(null)) {
      harness.clock(100);
      harness.first(update("a", 2, TIME));
      harness.first(update("b", 5, TIME + 1));
      harness.first(update("a", 9, TIME + 2));
      assertThat(harness.take()).isEmpty();

      harness.clock(1_200);

      assertThat(harness.take())
          .containsExactly(
              new TrendTop(
                  TrendUpdate.ALL, TIME + 2, List.of(new Trending("a", 9), new Trending("b", 5))));
      RedisWrite write = harness.takeSide(TrendBoardKeeper.TRENDS).get(0);
      assertThat(write.key()).isEqualTo("trend:{_all}");
      assertThat(DecisionJson.readTrend(write.value()))
          .isEqualTo(
              new TrendList(
                  Version.of(1, TIME + 2),
                  List.of(new TrendList.Item("a", 9), new TrendList.Item("b", 5))));
      harness.clock(9_000);
      assertThat(harness.take()).isEmpty();
      assertThat(harness.takeSide(TrendBoardKeeper.TRENDS)).isEmpty();
    }
  }

  @Test
  void keeperTellsBeforeABarrierAndRemembersAllAfterARestore() throws Exception {
    OperatorSubtaskState state;
    try (var harness = keeper(null)) {
      harness.first(update("a", 2, TIME));
      harness.first(update("b", 5, TIME + 1));
      state = harness.snapshot();
      assertThat(harness.take()).hasSize(1);
      assertThat(harness.takeSide(TrendBoardKeeper.TRENDS)).hasSize(1);
    }
    try (var harness = keeper(state)) {
      harness.first(update("c", 3, TIME));
      harness.snapshot();

      assertThat(harness.take().get(0).items())
          .containsExactly(new Trending("b", 5), new Trending("c", 3), new Trending("a", 2));
    }
  }

  @Test
  void keeperDeletesAListThatNothingIsLeftOfUnderItsNewestTime() throws Exception {
    try (var harness = keeper(null)) {
      harness.first(update("a", 2, TIME + 7));
      harness.snapshot();
      harness.take();
      harness.takeSide(TrendBoardKeeper.TRENDS);

      harness.first(TrendUpdate.remove(TrendUpdate.ALL, "a", TIME + 7));
      harness.snapshot();

      assertThat(harness.take())
          .containsExactly(new TrendTop(TrendUpdate.ALL, TIME + 7, List.of()));
      RedisWrite write = harness.takeSide(TrendBoardKeeper.TRENDS).get(0);
      assertThat(write.isTombstone()).isTrue();
      assertThat(write.version()).isEqualTo(Version.of(1, TIME + 7));
    }
  }

  @Test
  void keeperWritesOnlyListsThatChangedAndTellsMergersTwentyOfACategory() throws Exception {
    try (var harness = keeper(null)) {
      for (int i = 0; i < 60; i++) {
        HourCounts counts = update("i" + i, 1 + i, TIME).counts();
        harness.first(TrendUpdate.put(TrendUpdate.ALL, "i" + i, counts));
        harness.first(TrendUpdate.put("a/b", "i" + i, counts));
      }
      harness.snapshot();
      assertThat(harness.take())
          .extracting(TrendTop::list, top -> top.items().size())
          .containsExactlyInAnyOrder(tuple(TrendUpdate.ALL, 50), tuple("a/b", 20));
      harness.takeSide(TrendBoardKeeper.TRENDS);

      harness.first(TrendUpdate.remove("a/b", "i59", TIME));
      harness.snapshot();

      assertThat(harness.take()).extracting(TrendTop::list).containsExactly("a/b");
      List<RedisWrite> writes = harness.takeSide(TrendBoardKeeper.TRENDS);
      assertThat(writes).extracting(RedisWrite::key).containsExactly("trend:{a/b}");
      assertThat(DecisionJson.readTrend(writes.get(0).value()).items()).hasSize(50);
    }
  }

  @Test
  void keeperWritesAllListsAgainOnRequestAlsoThoseOfBeforeARestore() throws Exception {
    OperatorSubtaskState state;
    try (var harness = keeper(null)) {
      harness.first(update("a", 2, TIME));
      state = harness.snapshot();
      harness.takeSide(TrendBoardKeeper.TRENDS);
    }
    try (var harness = keeper(state)) {
      harness.clock(5_000);
      assertThat(harness.takeSide(TrendBoardKeeper.TRENDS)).isEmpty();

      harness.second(new Fact<>("republish", null, 0));
      harness.clock(10_000);

      assertThat(harness.takeSide(TrendBoardKeeper.TRENDS))
          .extracting(RedisWrite::key)
          .containsExactly(RedisKeys.trend(TrendUpdate.ALL));
    }
  }
}
