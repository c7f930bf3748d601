package io.millrace.features.bundle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.features.neighbour.SessionItems;
import io.millrace.features.session.ErasedVisitors;
import io.millrace.features.session.VisitorIds;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ItemOrdersTest {
  private static final int M = 8;

  static IntStream seeds() {
    return IntStream.range(0, 200);
  }

  /** An order may be taken back at any moment after it came, before or after newer ones. */
  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void holdsTheSameWhateverTheOrderOfArrival(int seed) {
    Random random = new Random(seed);
    RandomBaskets baskets = new RandomBaskets(seed);
    List<SessionItems> orders = new ArrayList<>();
    for (int i = 0; i < 25; i++) {
      orders.add(baskets.next(random.nextLong()));
    }
    List<SessionItems> takenBack = List.copyOf(orders.subList(0, 1 + random.nextInt(12)));
    String expected = null;
    for (int run = 0; run < 4; run++) {
      ItemOrders posting = new ItemOrders(M);
      List<SessionItems> pending = new ArrayList<>();
      Collections.shuffle(orders, random);
      for (SessionItems order : orders) {
        posting.upsert(order);
        if (takenBack.contains(order)) {
          pending.add(order);
        }
        while (!pending.isEmpty() && random.nextInt(4) == 0) {
          posting.retract(pending.remove(random.nextInt(pending.size())).id());
        }
        posting = ItemOrders.ofBytes(posting.toBytes(), M);
      }
      for (SessionItems order : pending) {
        posting.retract(order.id());
      }
      assertThat(posting.held()).doesNotContainAnyElementsOf(takenBack);
      String state = posting.held() + " " + posting.newestTime();
      expected = expected == null ? state : expected;
      assertThat(state).as("run %d with seed %d", run, seed).isEqualTo(expected);
    }
  }

  private static SessionItems order(String visitor, int number, long time) {
    return new SessionItems(
        VisitorIds.ofOrder(visitor, "o" + number), time, new String[] {"a", "b" + number});
  }

  @Test
  void anErasedVisitorsOrdersLeaveNothingButATimeBehind() {
    ItemOrders orders = new ItemOrders(M);
    ItemOrders without = new ItemOrders(M);
    orders.upsert(order("ana", 1, 100));
    without.upsert(order("ana", 1, 100));
    orders.upsert(order("bob", 2, 50));
    orders.upsert(order("bob", 3, 60));
    orders.retract(VisitorIds.ofOrder("bob", "o3"));
    ErasedVisitors erased = new ErasedVisitors();
    assertThat(orders.forget(erased)).isFalse();
    erased.add(VisitorIds.of("bob"), 60, 0);

    assertThat(orders.forget(erased)).isTrue();

    assertThat(orders.toBytes()).isEqualTo(without.toBytes());
    assertThat(orders.forget(erased)).isFalse();
  }

  @Test
  void whatAnErasedVisitorDoesLaterCountsAgain() {
    ItemOrders orders = new ItemOrders(M);
    ErasedVisitors erased = new ErasedVisitors();
    erased.add(VisitorIds.of("bob"), 60, 0);
    orders.upsert(order("bob", 2, 60));
    orders.upsert(order("bob", 3, 61));

    orders.forget(erased);

    assertThat(orders.held()).containsExactly(order("bob", 3, 61));
  }

  @Test
  void itsTimeNeverFalls() {
    ItemOrders orders = new ItemOrders(M);
    assertThat(orders.newestTime()).isZero();
    orders.upsert(order("ana", 1, 100));
    orders.upsert(order("bob", 2, 200));
    orders.upsert(order("cid", 3, 150));
    orders.retract(order("ana", 1, 0).id());
    ErasedVisitors erased = new ErasedVisitors();
    erased.add(VisitorIds.of("bob"), 300, 0);
    orders.forget(erased);
    assertThat(orders.newestTime()).isEqualTo(200);
    erased.add(VisitorIds.of("cid"), 300, 0);
    orders.forget(erased);

    orders = ItemOrders.ofBytes(orders.toBytes(), M);

    assertThat(orders.newestTime()).isEqualTo(200);
    orders.upsert(order("dan", 4, 300));
    assertThat(orders.newestTime()).isEqualTo(300);
    assertThat(orders.held()).hasSize(1);
  }

  @Test
  void remembersWhatWasSaid() {
    ItemOrders orders = new ItemOrders(M);
    assertThat(orders.said()).isZero();
    orders.say(-7);
    assertThat(ItemOrders.ofBytes(orders.toBytes(), M).said()).isEqualTo(-7);
  }

  @Test
  void aHundredOrdersOfTwentyItemsTakeUnderThirtyKilobytes() {
    ItemOrders orders = new ItemOrders(100);
    for (int i = 0; i < 100; i++) {
      int order = i;
      String[] items = new String[20];
      Arrays.setAll(items, j -> "item-%07d".formatted(order * 19 + j));
      orders.upsert(new SessionItems(i * 0x9E3779B97F4A7C15L, 1_600_000_000_000L + i, items));
    }
    assertThat(orders.toBytes()).hasSizeBetween(25_000, 31_000);
  }

  @Test
  void refusesBytesOfALaterRelease() {
    byte[] bytes = new ItemOrders(M).toBytes();
    bytes[0] = 9;
    assertThatThrownBy(() -> ItemOrders.ofBytes(bytes, M))
        .hasMessageContaining("the orders of an item has layout version 9");
  }
}
