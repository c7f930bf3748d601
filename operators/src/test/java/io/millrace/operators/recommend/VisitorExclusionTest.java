package io.millrace.operators.recommend;

import static io.millrace.operators.recommend.Trackers.BEGIN;
import static io.millrace.operators.recommend.Trackers.MINUTE;
import static io.millrace.operators.recommend.Trackers.exclusion;
import static io.millrace.operators.recommend.Trackers.items;
import static io.millrace.operators.recommend.Trackers.lifted;
import static io.millrace.operators.recommend.Trackers.of;
import static io.millrace.operators.recommend.Trackers.open;
import static io.millrace.operators.recommend.Trackers.order;
import static io.millrace.operators.recommend.Trackers.view;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.operators.forget.Forget;
import io.millrace.operators.state.KeyedHarness;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.util.AbstractStreamOperatorTestHarness;
import org.junit.jupiter.api.Test;

/** What the tracker does with a visitor whom a control leaves out. */
class VisitorExclusionTest {
  private static final Forget EXCLUDE = new Forget("v", Forget.Kind.EXCLUDE, 0);
  private static final Forget READMIT = new Forget("v", Forget.Kind.READMIT, 0);

  @Test
  void takesBackWhatTheVisitorTaughtAndCounted() throws Exception {
    try (var harness = open()) {
      harness.first(view(BEGIN, "a"));
      harness.first(view(BEGIN + 1, "b"));
      harness.first(order("o", BEGIN + 2, "v", "b"));
      harness.take();
      harness.takeSide(SessionTracker.ITEM_CLICKS);
      harness.takeSide(SessionTracker.ORDERS);
      harness.watermark(BEGIN);

      harness.second(exclusion("c", "v", null));

      List<PostingMessage> messages = harness.take();
      assertThat(messages).allMatch(message -> message.kind() == PostingMessage.RETRACT);
      assertThat(items(messages)).containsExactlyInAnyOrder("a", "b");
      assertThat(harness.takeSide(SessionTracker.ITEM_CLICKS))
          .extracting(click -> click.item() + click.count())
          .containsExactlyInAnyOrder("a-1", "b-1", "b-5");
      assertThat(harness.takeSide(SessionTracker.ORDERS))
          .allMatch(message -> message.is(PostingMessage.RETRACT))
          .hasSize(1);
      assertThat(harness.takeSide(SessionTracker.FORGET))
          .containsExactly(new Forget("v", Forget.Kind.EXCLUDE, BEGIN + 1));
    }
  }

  @Test
  void whatALongSilentVisitorTaughtStaysOutToo() throws Exception {
    try (var harness = open()) {
      harness.first(view("w1", BEGIN, "w", "a"));
      harness.watermark(BEGIN);

      harness.second(exclusion("c", "v", null));

      assertThat(harness.takeSide(SessionTracker.FORGET))
          .containsExactly(new Forget("v", Forget.Kind.EXCLUDE, BEGIN));
    }
  }

  @Test
  void visitorIsStillAnsweredAndTeachesNothing() throws Exception {
    try (var harness = open()) {
      harness.first(view(BEGIN, "x"));
      for (int i = 1; i < 8; i++) {
        harness.first(view(BEGIN + i, "x" + i));
      }
      harness.second(exclusion("c", "v", null));
      harness.take();
      harness.takeSide(SessionTracker.ITEM_CLICKS);

      for (int i = 0; i < 8; i++) {
        harness.first(view(BEGIN + MINUTE + i, "i" + i));
      }
      harness.first(order("o", BEGIN + 2 * MINUTE, "v", "b"));
      harness.watermark(BEGIN + 100 * MINUTE);

      List<PostingMessage> messages = harness.take();
      assertThat(messages).isNotEmpty().allMatch(message -> message.kind() == PostingMessage.ASK);
      assertThat(items(messages)).contains("i7").doesNotContain("x");
      assertThat(harness.takeSide(SessionTracker.ITEM_CLICKS)).isEmpty();
      assertThat(harness.takeSide(SessionTracker.ORDERS)).isEmpty();
      assertThat(harness.takeSide(SessionTracker.ORDER_LINES)).isEmpty();
    }
  }

  @Test
  void visitorTeachesAgainOnceTheControlIsLifted() throws Exception {
    try (var harness = open()) {
      harness.second(exclusion("c", "v", null));
      harness.second(lifted("c"));

      assertThat(harness.takeSide(SessionTracker.FORGET)).containsExactly(EXCLUDE, READMIT);
      harness.first(view(BEGIN, "a"));
      harness.first(view(BEGIN + 1, "b"));
      assertThat(of(PostingMessage.TEACH, harness.take())).hasSize(2);
    }
  }

  @Test
  void visitorStaysOutAsLongAsOneControlHolds() throws Exception {
    try (var harness = open()) {
      harness.second(exclusion("c", "v", null));
      harness.second(exclusion("d", "v", null));
      harness.second(lifted("c"));
      assertThat(harness.takeSide(SessionTracker.FORGET)).containsExactly(EXCLUDE);

      harness.second(lifted("d"));
      assertThat(harness.takeSide(SessionTracker.FORGET)).containsExactly(READMIT);
    }
  }

  @Test
  void controlThatIsTurnedToSomebodyElseLetsTheVisitorIn() throws Exception {
    try (var harness = open()) {
      harness.second(exclusion("c", "v", null));
      harness.second(exclusion("c", "w", null));
      assertThat(harness.takeSide(SessionTracker.FORGET))
          .containsExactly(EXCLUDE, READMIT, new Forget("w", Forget.Kind.EXCLUDE, 0));
    }
  }

  @Test
  void controlEndsWhenItsTimeHasCome() throws Exception {
    try (var harness = open()) {
      harness.clock(1_000);
      harness.second(exclusion("c", "v", 10_000L));
      harness.clock(9_500);
      assertThat(harness.takeSide(SessionTracker.FORGET)).containsExactly(EXCLUDE);
      harness.clock(11_000);
      assertThat(harness.takeSide(SessionTracker.FORGET)).containsExactly(READMIT);
    }
  }

  @Test
  void controlThatHadEndedBeforeItCameDoesNothing() throws Exception {
    try (var harness = open()) {
      harness.clock(20_000);
      harness.second(exclusion("c", "v", 10_000L));
      assertThat(harness.takeSide(SessionTracker.FORGET)).isEmpty();
    }
  }

  @Test
  void holdsAcrossRestoreAndRescalingAndIsLiftedThere() throws Exception {
    OperatorSubtaskState state;
    try (var harness = open()) {
      harness.second(exclusion("c", "v", null));
      state = harness.snapshot();
    }
    int owner = KeyedHarness.subtaskOf("v", 2);
    try (var harness = open(state, 1, 2, owner)) {
      harness.first(view(BEGIN, "a"));
      harness.first(view(BEGIN + 1, "b"));
      assertThat(of(PostingMessage.TEACH, harness.take())).isEmpty();
      harness.second(lifted("c"));
      assertThat(harness.takeSide(SessionTracker.FORGET)).containsExactly(READMIT);
    }
  }

  @Test
  void visitorIsLetInOnceThoughTheClocksOfSubtasksDiffer() throws Exception {
    for (boolean ownerIsFirst : new boolean[] {true, false}) {
      int owner = KeyedHarness.subtaskOf("v", 2);
      List<OperatorSubtaskState> states = new ArrayList<>();
      for (int subtask = 0; subtask < 2; subtask++) {
        try (var harness = open(null, 1, 2, subtask)) {
          harness.second(exclusion("c", "v", 10_000L));
          harness.clock(subtask == owner == ownerIsFirst ? 11_000 : 9_000);
          states.add(harness.snapshot());
          assertThat(harness.takeSide(SessionTracker.FORGET))
              .hasSize(subtask == owner ? ownerIsFirst ? 2 : 1 : 0);
        }
      }
      OperatorSubtaskState packed =
          AbstractStreamOperatorTestHarness.repackageState(
              states.toArray(OperatorSubtaskState[]::new));
      try (var harness = open(packed, 2, 2, owner)) {
        harness.clock(12_000);
        assertThat(harness.takeSide(SessionTracker.FORGET)).hasSize(ownerIsFirst ? 0 : 1);
        harness.first(view(BEGIN, "a"));
        harness.first(view(BEGIN + 1, "b"));
        assertThat(of(PostingMessage.TEACH, harness.take())).hasSize(2);
      }
    }
  }
}
