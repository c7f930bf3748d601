package io.millrace.operators.recommend;

import static io.millrace.operators.recommend.Trackers.BEGIN;
import static io.millrace.operators.recommend.Trackers.MINUTE;
import static io.millrace.operators.recommend.Trackers.cancel;
import static io.millrace.operators.recommend.Trackers.erasure;
import static io.millrace.operators.recommend.Trackers.exclusion;
import static io.millrace.operators.recommend.Trackers.items;
import static io.millrace.operators.recommend.Trackers.of;
import static io.millrace.operators.recommend.Trackers.open;
import static io.millrace.operators.recommend.Trackers.order;
import static io.millrace.operators.recommend.Trackers.search;
import static io.millrace.operators.recommend.Trackers.view;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.features.catalogue.ItemFact;
import io.millrace.features.event.VisitorEvent;
import io.millrace.features.session.VisitorIds;
import io.millrace.operators.forget.Forget;
import io.millrace.operators.kafka.Timed;
import io.millrace.operators.state.KeyedHarness;
import io.millrace.operators.state.TwoInputHarness;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.util.AbstractStreamOperatorTestHarness;
import org.junit.jupiter.api.Test;

/** What the tracker does when it is told to forget a visitor. */
class VisitorErasureTest {
  private static final long UP_TO = BEGIN + 10 * MINUTE;

  private static void shop(
      TwoInputHarness<Timed<VisitorEvent>, VisitorNotice, PostingMessage> harness)
      throws Exception {
    harness.first(view(BEGIN, "a"));
    harness.first(view(BEGIN + 1, "b"));
    harness.first(view(BEGIN + 5 * MINUTE, "c"));
    harness.first(order("o", BEGIN + 2, "v", "b"));
    drain(harness);
  }

  private static void drain(
      TwoInputHarness<Timed<VisitorEvent>, VisitorNotice, PostingMessage> harness) {
    harness.take();
    harness.takeSide(SessionTracker.ITEM_CLICKS);
    harness.takeSide(SessionTracker.ORDERS);
    harness.takeSide(SessionTracker.ORDER_LINES);
    harness.takeSide(SessionTracker.FORGET);
  }

  @Test
  void takesBackSessionsOrdersAndTrendPoints() throws Exception {
    try (var harness = open()) {
      shop(harness);

      harness.second(erasure("v", UP_TO));

      List<PostingMessage> messages = harness.take();
      assertThat(items(messages)).containsExactlyInAnyOrder("a", "b", "c");
      assertThat(messages).allMatch(message -> message.kind() == PostingMessage.RETRACT);
      assertThat(messages)
          .allMatch(
              message -> VisitorIds.visitorPart(message.session().id()) == VisitorIds.of("v"));
      assertThat(harness.takeSide(SessionTracker.ORDERS))
          .containsExactly(PostingMessage.retract("b", VisitorIds.ofOrder("v", "o")));
      assertThat(harness.takeSide(SessionTracker.ORDER_LINES))
          .containsExactlyInAnyOrder(
              new OrderLine("b", -1, -1, BEGIN + 2),
              new OrderLine(ItemFact.ALL_ORDERS, -1, 0, BEGIN + 2));
      assertThat(harness.takeSide(SessionTracker.ITEM_CLICKS))
          .extracting(click -> click.item() + click.count())
          .containsExactlyInAnyOrder("a-1", "b-1", "b-5", "c-1");
      assertThat(harness.takeSide(SessionTracker.FORGET))
          .containsExactly(new Forget("v", Forget.Kind.ERASE, UP_TO));
    }
  }

  @Test
  void nothingOfTheVisitorIsLeftInKeyedState() throws Exception {
    try (var harness = open()) {
      for (int i = 0; i < 8; i++) {
        harness.first(view(BEGIN + i, "i" + i));
      }
      harness.first(order("o", BEGIN + 2, "v", "b"));
      harness.first(cancel("other", BEGIN + 3, "v"));
      harness.snapshot();
      assertThat(harness.stateEntries()).isPositive();
      assertThat(harness.timers()).isPositive();

      harness.second(erasure("v", UP_TO));
      harness.snapshot();

      assertThat(harness.stateEntries()).isZero();
      assertThat(harness.timers()).isZero();
    }
  }

  @Test
  void ordersAreForgottenWhenAllElseOfTheVisitorHasRunOut() throws Exception {
    try (var harness = open()) {
      shop(harness);
      for (int i = 0; i < 3; i++) {
        harness.first(order("of-" + i, BEGIN, "w" + i, "a"));
      }
      harness.snapshot();
      drain(harness);

      harness.stateClock(31L * 24 * 60 * MINUTE);
      harness.second(erasure("v", UP_TO));

      assertThat(harness.takeSide(SessionTracker.ORDERS))
          .containsExactly(PostingMessage.retract("b", VisitorIds.ofOrder("v", "o")));
    }
  }

  @Test
  void dropsWhatItCoversAndComesLaterAndBeginsAnewAfterIt() throws Exception {
    try (var harness = open()) {
      shop(harness);
      harness.second(erasure("v", UP_TO));
      drain(harness);

      shopAgain(harness);
      assertThat(harness.take()).isEmpty();
      assertThat(harness.takeSide(SessionTracker.ITEM_CLICKS)).isEmpty();
      assertThat(harness.takeSide(SessionTracker.ORDER_LINES)).isEmpty();

      harness.first(view(UP_TO + 1, "d"));
      List<PostingMessage> asked = harness.take();
      assertThat(items(asked)).containsExactly("d");
      assertThat(asked.get(0).kind()).isEqualTo(PostingMessage.ASK);
      assertThat(asked.get(0).session().items()).containsExactly("d");
      assertThat(asked.get(0).ask().context().erasedUpTo()).isEqualTo(UP_TO);
      assertThat(harness.takeSide(SessionTracker.ITEM_CLICKS))
          .containsExactly(Trackers.counted("d", UP_TO + 1));
    }
  }

  private static void shopAgain(
      TwoInputHarness<Timed<VisitorEvent>, VisitorNotice, PostingMessage> harness)
      throws Exception {
    harness.first(view(BEGIN, "a"));
    harness.first(view(BEGIN + 1, "b"));
    harness.first(order("o", BEGIN + 2, "v", "b"));
    harness.first(view("on the edge", UP_TO, "v", "z"));
  }

  @Test
  void whatCameAfterItStaysAndIsAskedForAnew() throws Exception {
    try (var harness = open()) {
      shop(harness);
      harness.first(view(UP_TO + 1, "d"));
      harness.first(view(UP_TO + 2, "e"));
      harness.first(order("p", UP_TO + 3, "v", "e"));
      drain(harness);

      harness.second(erasure("v", UP_TO));

      List<PostingMessage> messages = harness.take();
      assertThat(items(of(PostingMessage.RETRACT, messages)))
          .containsExactlyInAnyOrder("a", "b", "c", "d", "e");
      List<PostingMessage> asks = of(PostingMessage.ASK, messages);
      assertThat(items(asks)).containsExactlyInAnyOrder("d", "e");
      assertThat(asks)
          .allSatisfy(ask -> assertThat(ask.session().items()).containsExactly("d", "e"))
          .allSatisfy(ask -> assertThat(ask.is(PostingMessage.TEACH)).isTrue())
          .allSatisfy(ask -> assertThat(ask.ask().version()).isEqualTo(UP_TO + 2));
      assertThat(Trackers.context(messages).erasedUpTo()).isEqualTo(UP_TO);
      assertThat(harness.takeSide(SessionTracker.ORDER_LINES))
          .extracting(OrderLine::item)
          .containsExactlyInAnyOrder("b", ItemFact.ALL_ORDERS);
      assertThat(harness.takeSide(SessionTracker.ITEM_CLICKS))
          .extracting(click -> click.item() + click.count())
          .containsExactlyInAnyOrder("a-1", "b-1", "b-5", "c-1");
    }
  }

  @Test
  void restOfASessionStaysOneThoughOnlyASearchHeldItTogether() throws Exception {
    try (var harness = open()) {
      harness.first(view(UP_TO - 1, "a"));
      harness.first(view(UP_TO + 1, "b"));
      harness.first(search(UP_TO + 29 * MINUTE, "v"));
      harness.first(view(UP_TO + 58 * MINUTE, "c"));
      drain(harness);

      harness.second(erasure("v", UP_TO));

      assertThat(of(PostingMessage.ASK, harness.take()))
          .isNotEmpty()
          .allSatisfy(ask -> assertThat(ask.session().items()).containsExactly("b", "c"));
    }
  }

  @Test
  void sameErasureTwiceDoesNothing() throws Exception {
    try (var harness = open()) {
      shop(harness);
      harness.second(erasure("v", UP_TO));
      harness.first(view(UP_TO + 1, "d"));
      drain(harness);

      harness.second(erasure("v", UP_TO));
      harness.second(erasure("v", UP_TO - 1));

      assertThat(harness.take()).isEmpty();
      assertThat(harness.takeSide(SessionTracker.ITEM_CLICKS)).isEmpty();
      assertThat(harness.takeSide(SessionTracker.FORGET)).isEmpty();
    }
  }

  @Test
  void laterErasureForgetsMore() throws Exception {
    try (var harness = open()) {
      shop(harness);
      harness.second(erasure("v", UP_TO));
      harness.first(view(UP_TO + 1, "d"));
      drain(harness);

      harness.second(erasure("v", UP_TO + 1));

      assertThat(items(harness.take())).containsExactly("d");
      assertThat(harness.takeSide(SessionTracker.FORGET)).hasSize(1);
    }
  }

  @Test
  void onlyTheSubtaskOfTheVisitorSaysSo() throws Exception {
    for (int subtask = 0; subtask < 3; subtask++) {
      try (var harness = open(null, 1, 3, subtask)) {
        harness.second(erasure("v", UP_TO));
        assertThat(harness.takeSide(SessionTracker.FORGET))
            .hasSize(KeyedHarness.subtaskOf("v", 3) == subtask ? 1 : 0);
      }
    }
  }

  @Test
  void whoIsLeftOutIsForgottenAllTheSame() throws Exception {
    try (var harness = open()) {
      harness.second(exclusion("c", "v", null));
      harness.first(view(BEGIN, "a"));
      harness.second(erasure("v", UP_TO));
      drain(harness);

      harness.first(view("replayed", BEGIN + 1, "v", "b"));
      harness.snapshot();

      assertThat(harness.take()).isEmpty();
      assertThat(harness.stateEntries()).isZero();
    }
  }

  @Test
  void isRememberedAcrossRestoreAndRescaling() throws Exception {
    List<OperatorSubtaskState> states = new ArrayList<>();
    for (int subtask = 0; subtask < 2; subtask++) {
      try (var harness = open(null, 1, 2, subtask)) {
        if (KeyedHarness.subtaskOf("v", 2) == subtask) {
          shop(harness);
        }
        harness.second(erasure("v", UP_TO));
        states.add(harness.snapshot());
        assertThat(harness.stateEntries()).isZero();
      }
    }
    OperatorSubtaskState packed =
        AbstractStreamOperatorTestHarness.repackageState(
            states.toArray(OperatorSubtaskState[]::new));

    int owner = KeyedHarness.subtaskOf("v", 3);
    try (var harness = open(packed, 2, 3, owner)) {
      shopAgain(harness);
      harness.second(erasure("v", UP_TO));
      assertThat(harness.take()).isEmpty();
      assertThat(harness.takeSide(SessionTracker.FORGET)).isEmpty();

      harness.first(view(UP_TO + 1, "d"));
      assertThat(items(harness.take())).containsExactly("d");
    }
  }

  @Test
  void takesBackWhatWasRestored() throws Exception {
    OperatorSubtaskState state;
    try (var harness = open()) {
      shop(harness);
      state = harness.snapshot();
    }
    int owner = KeyedHarness.subtaskOf("v", 2);
    try (var harness = open(state, 1, 2, owner)) {
      harness.second(erasure("v", UP_TO));
      assertThat(items(harness.take())).containsExactlyInAnyOrder("a", "b", "c");
      assertThat(harness.takeSide(SessionTracker.ORDERS)).hasSize(1);
      harness.snapshot();
      assertThat(harness.stateEntries()).isZero();
    }
  }
}
