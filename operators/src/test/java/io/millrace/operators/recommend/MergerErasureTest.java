package io.millrace.operators.recommend;

import static io.millrace.operators.recommend.Mergers.TIME;
import static io.millrace.operators.recommend.Mergers.answer;
import static io.millrace.operators.recommend.Mergers.items;
import static io.millrace.operators.recommend.Mergers.open;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.features.catalogue.ItemFact;
import io.millrace.features.decision.Version;
import io.millrace.features.event.ErasureReceipt;
import io.millrace.operators.forget.Forget;
import io.millrace.operators.recommend.PostingMessage.Ask;
import io.millrace.operators.state.KeyedHarness;
import java.util.List;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.junit.jupiter.api.Test;

/** What the merger does when a visitor is to be forgotten. */
class MergerErasureTest {
  private static final long UP_TO = TIME + 10;
  private static final Forget ERASE = new Forget("v", Forget.Kind.ERASE, UP_TO);
  private static final Forget EXCLUDE = new Forget("v", Forget.Kind.EXCLUDE, 0);

  /** Of an ask that was made when the tracker had forgotten the visitor. */
  private static AnswerMessage afresh(
      int number, int part, int parts, long version, String source, String... candidates) {
    AskContext context =
        part == 0 ? new AskContext(false, new long[0], new int[0], UP_TO) : AskContext.NONE;
    return answer(new Ask("v", number, part, parts, version, 0, context), source, candidates);
  }

  private static AnswerMessage acknowledgement(int subtask, int subtasks) {
    return AnswerMessage.forgotten(Ask.forgotten(ERASE, subtask, subtasks));
  }

  @Test
  void receiptFollowsOnceAllPostingsHaveAcknowledged() throws Exception {
    try (var merger = open()) {
      merger.clock(5_000);
      merger.first(acknowledgement(2, 3));
      merger.first(acknowledgement(0, 3));
      merger.first(acknowledgement(0, 3));
      assertThat(merger.takeSide(RecommendationMerger.RECEIPTS)).isEmpty();

      merger.first(acknowledgement(1, 3));

      assertThat(merger.takeSide(RecommendationMerger.RECEIPTS))
          .containsExactly(new ErasureReceipt("v", "recommend", UP_TO, 5_000));
      assertThat(merger.take()).isEmpty();
    }
  }

  @Test
  void acknowledgementsSurviveARestoreAndRescaling() throws Exception {
    OperatorSubtaskState state;
    try (var merger = open()) {
      merger.first(acknowledgement(0, 2));
      state = merger.snapshot();
    }
    try (var merger = open(state, 1, 2, KeyedHarness.subtaskOf("v", 2))) {
      merger.first(acknowledgement(1, 2));
      assertThat(merger.takeSide(RecommendationMerger.RECEIPTS)).hasSize(1);
    }
  }

  @Test
  void listOfTheVisitorIsDeletedByTheVisitorsOwnSubtaskOnce() throws Exception {
    for (int subtask = 0; subtask < 2; subtask++) {
      try (var merger = open(null, 1, 2, subtask)) {
        merger.second(MergerNews.of(ERASE));
        merger.second(MergerNews.of(ERASE));
        if (KeyedHarness.subtaskOf("v", 2) == subtask) {
          assertThat(merger.take()).containsExactly(VisitorList.gone("v", Version.of(1, UP_TO)));
        } else {
          assertThat(merger.take()).isEmpty();
        }
      }
    }
  }

  @Test
  void answerToAnAskFromBeforeTheErasureWritesNothing() throws Exception {
    try (var merger = open()) {
      merger.second(MergerNews.of(ERASE));
      merger.take();
      merger.first(answer("v", 10, 0, 1, "a", "x"));
      assertThat(merger.take()).isEmpty();

      merger.first(answer("v", 11, 0, 1, "a", "asked by who did all that"));
      assertThat(merger.take()).isEmpty();

      merger.first(afresh(1, 0, 1, UP_TO + 1, "a", "x"));
      merger.first(answer("w", 1, 0, 1, "a", "x"));
      assertThat(merger.take()).extracting(VisitorList::visitor).containsExactly("v", "w");
    }
  }

  @Test
  void oldListIsDeletedBeforeTheFirstNewOneThoughTheWordComesAfterIt() throws Exception {
    try (var merger = open()) {
      merger.first(answer("v", 20, 0, 1, "a", "secret"));
      merger.take();

      merger.first(afresh(21, 0, 1, UP_TO + 1, "a", "x"));
      merger.second(MergerNews.of(ERASE));
      merger.first(answer("v", 20, 0, 1, "a", "secret, on its way"));

      List<VisitorList> written = merger.take();
      assertThat(written).hasSize(2);
      assertThat(written.get(0)).isEqualTo(VisitorList.gone("v", Version.of(1, UP_TO)));
      assertThat(items(written.get(1))).containsExactly("x");
    }
  }

  @Test
  void whoIsLeftOutIsAnsweredButForgottenAllTheSame() throws Exception {
    try (var merger = open()) {
      merger.second(MergerNews.of(EXCLUDE));
      merger.first(answer("v", 1, 0, 1, "a", "x"));
      assertThat(merger.take()).hasSize(1);

      merger.second(MergerNews.of(ERASE));
      merger.take();
      merger.first(answer("v", 2, 0, 1, "a", "x"));
      assertThat(merger.take()).isEmpty();
    }
  }

  @Test
  void askFromAfterTheErasureIsNotOvertakenByItsReceipt() throws Exception {
    try (var merger = open()) {
      merger.first(afresh(20, 0, 2, UP_TO + 1, "a", "x"));
      merger.second(MergerNews.of(ERASE));
      merger.first(acknowledgement(0, 1));
      merger.take();

      merger.first(afresh(20, 1, 2, UP_TO + 1, "b", "y"));

      assertThat(items(merger.take().get(0))).containsExactly("x", "y");
    }
  }

  @Test
  void asksOfAForgottenVisitorAreNotMixedUpWithNewOnesOfTheSameNumber() throws Exception {
    Ask old = new Ask("v", 2, 1, 2, TIME, 0);
    try (var merger = open()) {
      merger.first(answer(old, "b", "secret"));
      merger.second(MergerNews.of(ERASE));
      merger.take();
      merger.first(afresh(2, 0, 1, UP_TO + 1, "a", "x"));
      assertThat(items(merger.take().get(0))).containsExactly("x");
      merger.first(answer(new Ask("v", 2, 0, 2, TIME, 0), "a", "secret"));
      assertThat(merger.take()).isEmpty();
    }
  }

  @Test
  void newAskIsNotOvertakenByOneOfALargerNumberFromBeforeTheErasure() throws Exception {
    try (var merger = open()) {
      merger.second(MergerNews.of(ERASE));
      merger.take();
      merger.first(afresh(1, 0, 2, UP_TO + 1, "a", "x"));
      merger.first(answer(new Ask("v", 37, 0, 1, TIME, 0), "b", "secret"));
      merger.first(afresh(1, 1, 2, UP_TO + 1, "b", "y"));
      assertThat(items(merger.take().get(0))).containsExactly("x", "y");
    }
  }

  @Test
  void nothingOfTheVisitorIsLeftInStateNorSwept() throws Exception {
    try (var merger = open()) {
      merger.first(answer("v", 20, 0, 1, "a", "x"));
      merger.snapshot();
      assertThat(merger.stateEntries()).isPositive();

      merger.second(MergerNews.of(ERASE));
      merger.take();
      merger.snapshot();
      assertThat(merger.stateEntries()).isZero();
      merger.second(MergerNews.of(new ItemFact("x", true, false, false, false, null, 1, 0)));
      merger.clock(60_000);
      assertThat(merger.take()).isEmpty();
    }
  }

  @Test
  void erasureIsRememberedAcrossARestore() throws Exception {
    OperatorSubtaskState state;
    try (var merger = open()) {
      merger.second(MergerNews.of(ERASE));
      state = merger.snapshot();
    }
    try (var merger = open(state, 1, 2, KeyedHarness.subtaskOf("v", 2))) {
      merger.first(answer("v", 1, 0, 1, "a", "x"));
      assertThat(merger.take()).isEmpty();
    }
  }
}
