package io.millrace.operators.recommend;

import static io.millrace.operators.recommend.Trackers.BEGIN;
import static io.millrace.operators.recommend.Trackers.MINUTE;
import static io.millrace.operators.recommend.Trackers.cancel;
import static io.millrace.operators.recommend.Trackers.context;
import static io.millrace.operators.recommend.Trackers.items;
import static io.millrace.operators.recommend.Trackers.list;
import static io.millrace.operators.recommend.Trackers.open;
import static io.millrace.operators.recommend.Trackers.order;
import static io.millrace.operators.recommend.Trackers.search;
import static io.millrace.operators.recommend.Trackers.select;
import static io.millrace.operators.recommend.Trackers.view;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.features.catalogue.ItemFact;
import io.millrace.features.event.VisitorEvent;
import io.millrace.features.neighbour.SessionItems;
import io.millrace.features.session.Hashes;
import io.millrace.features.session.VisitorIds;
import io.millrace.features.session.VisitorInterests;
import io.millrace.features.trend.HourCounts;
import io.millrace.operators.kafka.Timed;
import io.millrace.operators.state.TwoInputHarness;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the tracker makes of orders, of lists passed over, and of visitors who return. */
class VisitorOrdersTrackingTest {
  private static final int POINTS = VisitorInterests.PURCHASE_POINTS;

  @Test
  void orderLeavesItsLinesLessonsAndTrendPoints() throws Exception {
    try (var harness = open()) {
      harness.first(order("o", BEGIN, "v", "a", "b"));

      assertThat(harness.takeSide(SessionTracker.ORDER_LINES))
          .containsExactlyInAnyOrder(
              new OrderLine("a", 1, 1, BEGIN),
              new OrderLine("b", 1, 1, BEGIN),
              new OrderLine(ItemFact.ALL_ORDERS, 1, 0, BEGIN));
      SessionItems lesson =
          new SessionItems(VisitorIds.ofOrder("v", "o"), BEGIN, new String[] {"a", "b"});
      assertThat(harness.takeSide(SessionTracker.ORDERS))
          .containsExactly(PostingMessage.teach("a", lesson), PostingMessage.teach("b", lesson));
      assertThat(harness.takeSide(SessionTracker.ITEM_CLICKS))
          .containsExactlyInAnyOrder(points("a", POINTS, BEGIN), points("b", POINTS, BEGIN));
      assertThat(harness.take()).isEmpty();
    }
  }

  private static ItemClick points(String item, int points, long time) {
    return new ItemClick(item, HourCounts.hourOf(time), points, time);
  }

  @Test
  void sameEventOfAnOrderTwiceChangesNothing() throws Exception {
    try (var harness = open()) {
      harness.first(order("o", BEGIN, "v", "a"));
      harness.first(cancel("o", BEGIN + 1, "v"));
      takeAside(harness.takeSide(SessionTracker.ORDER_LINES), harness);

      harness.first(order("o", BEGIN, "v", "a"));
      harness.first(cancel("o", BEGIN + 1, "v"));

      assertThat(harness.takeSide(SessionTracker.ORDER_LINES)).isEmpty();
      assertThat(harness.takeSide(SessionTracker.ORDERS)).isEmpty();
      assertThat(harness.takeSide(SessionTracker.ITEM_CLICKS)).isEmpty();
    }
  }

  private static void takeAside(
      List<OrderLine> lines, TwoInputHarness<?, ?, PostingMessage> harness) {
    assertThat(lines).isNotEmpty();
    harness.takeSide(SessionTracker.ORDERS);
    harness.takeSide(SessionTracker.ITEM_CLICKS);
  }

  @Test
  void cancellationTakesTheOrderBack() throws Exception {
    try (var harness = open()) {
      harness.first(order("o", BEGIN, "v", "a"));
      takeAside(harness.takeSide(SessionTracker.ORDER_LINES), harness);

      harness.first(cancel("o", BEGIN + MINUTE, "v"));

      assertThat(harness.takeSide(SessionTracker.ORDER_LINES))
          .containsExactlyInAnyOrder(
              new OrderLine("a", -1, 0, BEGIN),
              new OrderLine("a", 0, -1, BEGIN + MINUTE),
              new OrderLine(ItemFact.ALL_ORDERS, -1, 0, BEGIN));
      assertThat(harness.takeSide(SessionTracker.ORDERS))
          .containsExactly(PostingMessage.retract("a", VisitorIds.ofOrder("v", "o")));
      assertThat(harness.takeSide(SessionTracker.ITEM_CLICKS))
          .containsExactly(points("a", -POINTS, BEGIN));
      harness.first(view(BEGIN + 2 * MINUTE, "x"));
      assertThat(context(harness.take()).bought()).isEmpty();
    }
  }

  @Test
  void orderCancelledBeforeItComesHoldsNothing() throws Exception {
    try (var harness = open()) {
      harness.first(cancel("o", BEGIN + 1, "v"));
      harness.first(order("o", BEGIN, "v", "a"));

      assertThat(harness.takeSide(SessionTracker.ORDER_LINES))
          .containsExactlyInAnyOrder(
              new OrderLine("a", 0, 1, BEGIN), new OrderLine("a", 0, -1, BEGIN + 1));
      assertThat(harness.takeSide(SessionTracker.ORDERS)).isEmpty();
      assertThat(harness.takeSide(SessionTracker.ITEM_CLICKS)).isEmpty();
    }
  }

  @Test
  void nextAskSaysWhatWasBought() throws Exception {
    try (var harness = open()) {
      harness.first(order("o", BEGIN, "v", "a", "b"));
      harness.first(view(BEGIN + 1, "x"));

      assertThat(context(harness.take()).bought())
          .containsExactlyInAnyOrder(Hashes.of("a"), Hashes.of("b"));
    }
  }

  @Test
  void itemsOfAListArePassedOverUntilTheyAreSelected() throws Exception {
    try (var harness = open()) {
      harness.first(list(BEGIN, "v", "a", "b"));
      harness.first(list(BEGIN + 1, "v", "b"));
      harness.first(view(BEGIN + 2, "x"));
      assertThat(context(harness.take()).passedOver())
          .containsExactlyInAnyOrder(
              (int) Hashes.of("a"), (int) Hashes.of("b"), (int) Hashes.of("b"));

      harness.first(select(BEGIN + 3, "v", "b"));
      assertThat(context(harness.take()).passedOver()).containsExactly((int) Hashes.of("a"));
    }
  }

  @Test
  void whoReturnsIsAskedForByTheLongMemory() throws Exception {
    long later = BEGIN + 300 * MINUTE;
    try (var harness = open()) {
      harness.first(view(BEGIN, "a"));
      harness.first(view(BEGIN + 1, "b"));
      harness.first(view(BEGIN + 2, "b"));
      harness.take();

      harness.first(search(later, "v"));

      List<PostingMessage> asks = harness.take();
      assertThat(items(asks)).containsExactly("b", "a");
      assertThat(asks).extracting(PostingMessage::kind).containsOnly(PostingMessage.ASK);
      assertThat(context(asks).profile()).isTrue();
      assertThat(asks.get(0).ask().version()).isEqualTo(later);
    }
  }

  @Test
  void whoIsInASessionIsNotAskedForByTheLongMemory() throws Exception {
    try (var harness = open()) {
      harness.first(view(BEGIN, "a"));
      harness.take();
      harness.first(search(BEGIN + 1, "v"));
      assertThat(harness.take()).isEmpty();
    }
  }

  @Test
  void nothingIsAskedForWhoIsNew() throws Exception {
    try (var harness = open()) {
      harness.first(search(BEGIN, "v"));
      harness.first(list(BEGIN + 1, "v", "a"));
      assertThat(harness.take()).isEmpty();
    }
  }

  @Test
  void ordersAreKnownWhenAllElseOfTheVisitorHasRunOut() throws Exception {
    try (var harness = open()) {
      harness.first(view(BEGIN, "x"));
      harness.first(order("o", BEGIN + 1, "v", "a"));
      harness.snapshot();
      makeRoom(harness);
      harness.take();

      harness.stateClock(31L * 24 * 60 * MINUTE);
      harness.first(view(BEGIN + 60 * 24 * 60 * MINUTE, "y"));

      assertThat(context(harness.take()).bought()).containsExactly(Hashes.of("a"));
    }
  }

  /** Others push the visitor off the heap. */
  private static void makeRoom(
      TwoInputHarness<Timed<VisitorEvent>, VisitorNotice, PostingMessage> harness)
      throws Exception {
    for (int i = 0; i < 3; i++) {
      harness.first(order("of-" + i, BEGIN, "w" + i, "a"));
    }
  }
}
