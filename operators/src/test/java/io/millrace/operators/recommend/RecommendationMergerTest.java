package io.millrace.operators.recommend;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.features.decision.Evidence;
import io.millrace.features.decision.ReasonType;
import io.millrace.features.decision.RecommendationList;
import io.millrace.features.decision.Version;
import io.millrace.features.neighbour.PartialAnswer;
import io.millrace.features.trend.TrendBoard.Trending;
import io.millrace.operators.kafka.Timed;
import io.millrace.operators.recommend.PostingMessage.Ask;
import io.millrace.operators.state.KeyedHarness;
import java.time.Duration;
import java.util.List;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.AbstractStreamOperatorTestHarness;
import org.apache.flink.streaming.util.KeyedTwoInputStreamOperatorTestHarness;
import org.junit.jupiter.api.Test;

class RecommendationMergerTest {
  private static final long TIME = 1_748_736_000_000L;
  private static final int MAX_PARALLELISM = KeyedHarness.MAX_PARALLELISM;
  private static final TrendTop TREND =
      new TrendTop(
          TrendUpdate.ALL,
          TIME,
          List.of(new Trending("hot", 9), new Trending("a", 5), new Trending("warm", 2)));

  private static Merger open() throws Exception {
    return new Merger(WriteSettings.DEFAULT, null, 1, 1, 0);
  }

  private static WriteSettings settings(int listSize, boolean fillUp, boolean everyAsk) {
    Duration interval = Duration.ofMillis(500);
    return new WriteSettings(listSize, 1, interval, interval, fillUp, everyAsk);
  }

  /** One subtask: answers keyed by visitor, trends told to all. */
  private static final class Merger implements AutoCloseable {
    private final KeyedTwoInputStreamOperatorTestHarness<
            String, AnswerMessage, TrendTop, Timed<RecommendationList>>
        harness;

    private Merger(
        WriteSettings settings,
        OperatorSubtaskState state,
        int before,
        int parallelism,
        int subtask)
        throws Exception {
      harness =
          new KeyedTwoInputStreamOperatorTestHarness<>(
              new RecommendationMerger(settings),
              answer -> answer.ask().visitor(),
              null,
              Types.STRING,
              MAX_PARALLELISM,
              parallelism,
              subtask);
      harness.setup(Timed.typeInfo(RecommendTypes.RECOMMENDATIONS).serializer());
      if (state != null) {
        harness.initializeState(
            AbstractStreamOperatorTestHarness.repartitionOperatorState(
                state, MAX_PARALLELISM, before, parallelism, subtask));
      }
      harness.open();
    }

    private void answer(AnswerMessage answer) throws Exception {
      harness.processElement1(new StreamRecord<>(answer));
    }

    private void trend(TrendTop top) throws Exception {
      harness.processElement2(new StreamRecord<>(top));
    }

    private List<Timed<RecommendationList>> take() {
      List<Timed<RecommendationList>> lists = List.copyOf(harness.extractOutputValues());
      harness.getOutput().clear();
      return lists;
    }

    private OperatorSubtaskState snapshot() throws Exception {
      harness.getOperator().prepareSnapshotPreBarrier(1);
      return harness.snapshot(1, 1);
    }

    @Override
    public void close() {
      try {
        harness.close();
      } catch (Exception e) {
        throw new AssertionError("the merger does not close", e);
      }
    }
  }

  /** One answer with one candidate, or none. */
  private static AnswerMessage answer(
      String visitor, int number, int part, int parts, String source, String... candidate) {
    float[] scores = new float[candidate.length];
    short[] evidence = new short[candidate.length];
    for (int i = 0; i < candidate.length; i++) {
      scores[i] = 4 - part - i;
      evidence[i] = (short) (3 - part);
    }
    return new AnswerMessage(
        new Ask(visitor, number, part, parts, TIME + number, 77),
        new PartialAnswer(source, 10, candidate, scores, evidence),
        part == 0 ? new String[] {source} : new String[0]);
  }

  private static List<String> items(Timed<RecommendationList> list) {
    return list.event().items().stream().map(RecommendationList.Item::itemId).toList();
  }

  @Test
  void addsTheAnswersOnceAllHaveCome() throws Exception {
    try (Merger merger = open()) {
      merger.answer(answer("v", 1, 1, 2, "b", "y", "x"));
      assertThat(merger.take()).isEmpty();
      merger.answer(answer("v", 1, 0, 2, "a", "x"));

      Timed<RecommendationList> list = merger.take().get(0);
      assertThat(list.origin()).isEqualTo(77);
      assertThat(list.event().version()).isEqualTo(Version.of(1, TIME + 1));
      assertThat(list.event().visitorId()).isEqualTo("v");
      assertThat(list.event().eventTime()).isEqualTo(TIME + 1);
      assertThat(items(list)).containsExactly("x", "y");
      assertThat(list.event().items().get(0))
          .isEqualTo(
              new RecommendationList.Item(
                  "x",
                  4 + 2,
                  new RecommendationList.Reason(
                      ReasonType.SESSION, "a", Evidence.sessions(3, 10))));
    }
  }

  @Test
  void anAskThatWasOvertakenIsNotWritten() throws Exception {
    try (Merger merger = open()) {
      merger.answer(answer("v", 1, 0, 2, "a", "old"));
      merger.answer(answer("v", 2, 0, 1, "b", "new"));
      merger.answer(answer("v", 1, 1, 2, "c", "old"));
      merger.answer(answer("v", 3, 0, 1, "b", "newer"));

      assertThat(merger.take())
          .extracting(list -> items(list).get(0))
          .containsExactly("new", "newer");
    }
  }

  @Test
  void everyAskIsWrittenWhereThatIsWanted() throws Exception {
    try (Merger merger = new Merger(settings(20, false, true), null, 1, 1, 0)) {
      merger.answer(answer("v", 1, 0, 2, "a", "old"));
      merger.answer(answer("v", 2, 0, 1, "b", "new"));
      merger.answer(answer("v", 1, 1, 2, "c", "old"));

      assertThat(merger.take())
          .extracting(list -> items(list).get(0))
          .containsExactly("new", "old");
    }
  }

  @Test
  void fillsUpWithWhatIsTrendingBehindAllThatSaysSomethingAboutTheVisitor() throws Exception {
    try (Merger merger = open()) {
      merger.trend(TREND);
      merger.answer(answer("v", 1, 0, 1, "a", "x", "warm"));

      Timed<RecommendationList> list = merger.take().get(0);
      assertThat(items(list)).containsExactly("x", "warm", "hot");
      assertThat(list.event().items().get(2))
          .isEqualTo(
              new RecommendationList.Item(
                  "hot", 0, new RecommendationList.Reason(ReasonType.TRENDING, null, null)));
    }
  }

  @Test
  void listIsNeverLongerThanItsSize() throws Exception {
    try (Merger merger = new Merger(settings(2, true, false), null, 1, 1, 0)) {
      merger.trend(TREND);
      merger.answer(answer("v", 1, 0, 1, "a", "x"));
      merger.answer(answer("v", 2, 0, 1, "a", "x", "y", "z"));

      assertThat(merger.take())
          .extracting(RecommendationMergerTest::items)
          .containsExactly(List.of("x", "hot"), List.of("x", "y"));
    }
  }

  @Test
  void newestTrendHolds() throws Exception {
    try (Merger merger = open()) {
      merger.trend(TREND);
      merger.trend(new TrendTop(TrendUpdate.ALL, TIME, List.of(new Trending("hotter", 10))));
      merger.answer(answer("v", 1, 0, 1, "a"));

      assertThat(items(merger.take().get(0))).containsExactly("hotter");
    }
  }

  @Test
  void openAsksAndTrendsSurviveARestoreAndRescaling() throws Exception {
    OperatorSubtaskState state;
    try (Merger merger = open()) {
      merger.trend(TREND);
      for (int visitor = 0; visitor < 20; visitor++) {
        String name = "v" + visitor;
        merger.answer(answer(name, 1, 1, 3, "b", "overtaken"));
        merger.answer(answer(name, 2, 0, 1, "c", "first"));
        merger.answer(answer(name, 3, 1, 2, "b", "x"));
      }
      assertThat(merger.take()).hasSize(20);
      state = merger.snapshot();
    }

    for (int subtask = 0; subtask < 2; subtask++) {
      try (Merger merger = new Merger(WriteSettings.DEFAULT, state, 1, 2, subtask)) {
        int own = 0;
        for (int visitor = 0; visitor < 20; visitor++) {
          String name = "v" + visitor;
          if (KeyedHarness.subtaskOf(name, 2) != subtask) {
            continue;
          }
          own++;
          merger.answer(answer(name, 1, 0, 3, "a", "overtaken"));
          merger.answer(answer(name, 1, 2, 3, "c", "overtaken"));
          merger.answer(answer(name, 3, 0, 2, "a", "x"));
        }
        assertThat(merger.take())
            .hasSize(own)
            .allSatisfy(
                list -> {
                  assertThat(items(list)).containsExactly("x", "hot", "warm");
                  assertThat(list.event().items().get(0).score()).isEqualTo(7);
                });
        assertThat(own).isPositive();
      }
    }
  }

  @Test
  void completedAsksLeaveTheStateAgain() throws Exception {
    OperatorSubtaskState state;
    try (Merger merger = open()) {
      merger.answer(answer("v", 1, 0, 2, "a", "x"));
      merger.snapshot();
      merger.answer(answer("v", 1, 1, 2, "b", "x"));
      assertThat(merger.take()).hasSize(1);
      state = merger.snapshot();
    }
    try (Merger merger = new Merger(WriteSettings.DEFAULT, state, 1, 1, 0)) {
      // Were the first ask still open, this would complete it.
      merger.answer(answer("v", 1, 1, 2, "b", "x"));
      assertThat(merger.take()).isEmpty();
    }
  }
}
