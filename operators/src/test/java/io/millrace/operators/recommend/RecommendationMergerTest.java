package io.millrace.operators.recommend;

import static io.millrace.operators.recommend.Mergers.TIME;
import static io.millrace.operators.recommend.Mergers.answer;
import static io.millrace.operators.recommend.Mergers.items;
import static io.millrace.operators.recommend.Mergers.open;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.features.cascade.CascadeSettings;
import io.millrace.features.decision.Evidence;
import io.millrace.features.decision.ReasonType;
import io.millrace.features.decision.RecommendationList;
import io.millrace.features.decision.Version;
import io.millrace.features.trend.TrendBoard.Trending;
import io.millrace.operators.state.KeyedHarness;
import java.time.Duration;
import java.util.List;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.junit.jupiter.api.Test;

class RecommendationMergerTest {
  private static final TrendTop TREND =
      new TrendTop(
          TrendUpdate.ALL,
          TIME,
          List.of(new Trending("hot", 9), new Trending("a", 5), new Trending("warm", 2)));
  private static final WriteSettings EVERY_ASK =
      new WriteSettings(
          1,
          Duration.ofMillis(500),
          Duration.ofMillis(500),
          Duration.ofMillis(500),
          true,
          Duration.ZERO);

  @Test
  void addsTheAnswersOnceAllHaveCome() throws Exception {
    try (var merger = open()) {
      merger.first(answer("v", 1, 1, 2, "b", "y", "x"));
      assertThat(merger.take()).isEmpty();
      merger.first(answer("v", 1, 0, 2, "a", "x"));

      VisitorList list = merger.take().get(0);
      assertThat(list.origin()).isEqualTo(77);
      assertThat(list.list().version()).isEqualTo(Version.of(1, TIME + 1));
      assertThat(list.list().visitorId()).isEqualTo("v");
      assertThat(list.list().eventTime()).isEqualTo(TIME + 1);
      assertThat(items(list)).containsExactly("x", "y");
      assertThat(list.list().items().get(0))
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
    try (var merger = open()) {
      merger.first(answer("v", 1, 0, 2, "a", "old"));
      merger.first(answer("v", 2, 0, 1, "b", "new"));
      merger.first(answer("v", 1, 1, 2, "c", "old"));
      merger.first(answer("v", 3, 0, 1, "b", "newer"));

      assertThat(merger.take())
          .extracting(list -> items(list).get(0))
          .containsExactly("new", "newer");
    }
  }

  @Test
  void everyAskIsWrittenWhereThatIsWanted() throws Exception {
    try (var merger = open(CascadeSettings.DEFAULT, EVERY_ASK, null, 1, 1, 0)) {
      merger.first(answer("v", 1, 0, 2, "a", "old"));
      merger.first(answer("v", 2, 0, 1, "b", "new"));
      merger.first(answer("v", 1, 1, 2, "c", "old"));

      assertThat(merger.take())
          .extracting(list -> items(list).get(0))
          .containsExactly("new", "old");
    }
  }

  @Test
  void fillsUpWithWhatIsTrendingBehindAllThatSaysSomethingAboutTheVisitor() throws Exception {
    try (var merger = open()) {
      merger.second(MergerNews.of(TREND));
      merger.first(answer("v", 1, 0, 1, "a", "x", "warm"));

      VisitorList list = merger.take().get(0);
      assertThat(items(list)).containsExactly("x", "warm", "hot");
      assertThat(list.list().items().get(2))
          .isEqualTo(
              new RecommendationList.Item(
                  "hot", 0, new RecommendationList.Reason(ReasonType.TRENDING, null, null)));
    }
  }

  @Test
  void listIsNeverLongerThanItsSize() throws Exception {
    try (var merger = open(CascadeSettings.DEFAULT.withListSize(2))) {
      merger.second(MergerNews.of(TREND));
      merger.first(answer("v", 1, 0, 1, "a", "x"));
      merger.first(answer("v", 2, 0, 1, "a", "x", "y", "z"));

      assertThat(merger.take())
          .extracting(Mergers::items)
          .containsExactly(List.of("x", "hot"), List.of("x", "y"));
    }
  }

  @Test
  void newestTrendHolds() throws Exception {
    try (var merger = open()) {
      merger.second(MergerNews.of(TREND));
      merger.second(
          MergerNews.of(new TrendTop(TrendUpdate.ALL, TIME, List.of(new Trending("hotter", 10)))));
      merger.first(answer("v", 1, 0, 1, "a"));

      assertThat(items(merger.take().get(0))).containsExactly("hotter");
    }
  }

  @Test
  void openAsksAndTrendsSurviveARestoreAndRescaling() throws Exception {
    OperatorSubtaskState state;
    try (var merger = open()) {
      merger.second(MergerNews.of(TREND));
      for (int visitor = 0; visitor < 20; visitor++) {
        String name = "v" + visitor;
        merger.first(answer(name, 1, 1, 3, "b", "overtaken"));
        merger.first(answer(name, 2, 0, 1, "c", "first"));
        merger.first(answer(name, 3, 1, 2, "b", "x"));
      }
      assertThat(merger.take()).hasSize(20);
      state = merger.snapshot();
    }

    for (int subtask = 0; subtask < 2; subtask++) {
      try (var merger = open(state, 1, 2, subtask)) {
        int own = 0;
        for (int visitor = 0; visitor < 20; visitor++) {
          String name = "v" + visitor;
          if (KeyedHarness.subtaskOf(name, 2) != subtask) {
            continue;
          }
          own++;
          merger.first(answer(name, 1, 0, 3, "a", "overtaken"));
          merger.first(answer(name, 1, 2, 3, "c", "overtaken"));
          merger.first(answer(name, 3, 0, 2, "a", "x"));
        }
        assertThat(merger.take())
            .hasSize(own)
            .allSatisfy(
                list -> {
                  assertThat(items(list)).containsExactly("x", "hot", "warm");
                  assertThat(list.list().items().get(0).score()).isEqualTo(7);
                });
        assertThat(own).isPositive();
      }
    }
  }

  @Test
  void completedAsksLeaveTheStateAgain() throws Exception {
    OperatorSubtaskState state;
    try (var merger = open()) {
      merger.first(answer("v", 1, 0, 2, "a", "x"));
      merger.snapshot();
      merger.first(answer("v", 1, 1, 2, "b", "x"));
      assertThat(merger.take()).hasSize(1);
      state = merger.snapshot();
    }
    try (var merger = open(state, 1, 1, 0)) {
      // Were the first ask still open, this would complete it.
      merger.first(answer("v", 1, 1, 2, "b", "x"));
      assertThat(merger.take()).isEmpty();
    }
  }
}
