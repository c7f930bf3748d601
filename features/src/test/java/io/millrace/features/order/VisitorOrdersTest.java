package io.millrace.features.order;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.features.event.Order;
import io.millrace.features.event.OrderStatus;
import io.millrace.features.neighbour.SessionItems;
import io.millrace.features.session.Lessons;
import io.millrace.features.session.VisitorIds;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class VisitorOrdersTest {
  private static final long TIME = 1_748_736_000_000L;
  private static final int ORDERS = 6;
  private static final OrderStatus[] STATUSES = OrderStatus.values();

  static IntStream seeds() {
    return IntStream.range(0, 200);
  }

  /** Keeps a visitor's orders and writes down what they come to. */
  private static final class Ledger implements Lessons, VisitorOrders.Effects {
    private VisitorOrders orders = new VisitorOrders();
    private final Map<String, List<Integer>> sums = new TreeMap<>();
    private final Map<String, Map<Long, SessionItems>> taught = new TreeMap<>();

    @Override
    public void teach(String item, SessionItems session) {
      taught.computeIfAbsent(item, i -> new HashMap<>()).put(session.id(), session);
    }

    @Override
    public void retract(String item, long sessionId) {
      assertThat(taught.get(item).remove(sessionId)).isNotNull();
    }

    @Override
    public void changed(String item, int held, int pieces, long time) {
      NaiveOrders.add(sums, item, time, held, pieces);
    }

    private boolean take(Order order) {
      return orders.take(order, this, this);
    }

    private void store() {
      orders = VisitorOrders.ofBytes(orders.toBytes());
    }

    /** By order and time of placing, the items whose postings hold it. */
    private Map<String, Set<String>> held() {
      Map<Long, String> names = new HashMap<>();
      IntStream.range(0, ORDERS).forEach(i -> names.put(VisitorIds.ofOrder("v", "o" + i), "o" + i));
      Map<String, Set<String>> held = new TreeMap<>();
      taught.forEach(
          (item, sessions) ->
              sessions
                  .values()
                  .forEach(
                      session -> {
                        assertThat(session.items()).contains(item);
                        held.computeIfAbsent(
                                names.get(session.id()) + "@" + session.time(),
                                k -> new TreeSet<>())
                            .addAll(List.of(session.items()));
                      }));
      return held;
    }

    private void assertEquals(NaiveOrders expected, String which) {
      assertThat(sums).as(which).isEqualTo(expected.sums);
      assertThat(held()).as(which).isEqualTo(expected.held);
      assertThat(orders.bought()).as(which).isEqualTo(expected.bought);
    }
  }

  private static List<Order> events(Random random) {
    List<Order> events = new ArrayList<>();
    for (int i = random.nextInt(30); i > 0; i--) {
      OrderStatus status = STATUSES[random.nextInt(STATUSES.length)];
      boolean placed = status == OrderStatus.PLACED || random.nextInt(3) == 0;
      boolean lines = placed || random.nextBoolean();
      events.add(
          new Order(
              "e" + i,
              "o" + random.nextInt(ORDERS),
              placed ? OrderStatus.PLACED : status,
              TIME + random.nextInt(20),
              "v",
              null,
              "EUR",
              lines ? lines(random) : List.of(),
              Order.Details.NONE));
    }
    return events;
  }

  private static List<Order.Line> lines(Random random) {
    return IntStream.rangeClosed(0, random.nextInt(3))
        .mapToObj(i -> new Order.Line("i" + random.nextInt(4), 1 + random.nextInt(3), null, null))
        .toList();
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void anyOrderOfArrivalComesToWhatTheReferenceSays(int seed) {
    Random random = new Random(seed);
    List<Order> events = events(random);
    NaiveOrders expected = new NaiveOrders(events);
    List<Order> arrivals = new ArrayList<>(events);
    arrivals.addAll(events.subList(0, events.size() / 2));
    for (int i = 0; i < 4; i++) {
      Collections.shuffle(arrivals, random);
      Ledger ledger = new Ledger();
      for (Order event : arrivals) {
        ledger.take(event);
        if (i % 2 == 1) {
          ledger.store();
        }
      }
      ledger.assertEquals(expected, "seed " + seed + ", shuffle " + i);
    }
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void forgettingLeavesWhatTheLaterEventsAloneComeTo(int seed) {
    Random random = new Random(seed);
    List<Order> events = events(random);
    long upTo = TIME + random.nextInt(22) - 1;
    List<Order> later = events.stream().filter(event -> event.eventTime() > upTo).toList();
    NaiveOrders expected = new NaiveOrders(later);
    for (int i = 0; i < 4; i++) {
      Collections.shuffle(events, random);
      Ledger ledger = new Ledger();
      int erasure = random.nextInt(events.size() + 1);
      events.subList(0, erasure).forEach(ledger::take);
      ledger.orders.forget("v", upTo, ledger, ledger);
      ledger.store();
      events.subList(erasure, events.size()).stream()
          .filter(event -> event.eventTime() > upTo)
          .forEach(ledger::take);
      ledger.assertEquals(expected, "seed " + seed + ", up to " + upTo);
      ledger.orders.forget("v", Long.MAX_VALUE, ledger, ledger);
      assertThat(ledger.orders.isEmpty()).isTrue();
      assertThat(ledger.sums).isEmpty();
      assertThat(ledger.held()).isEmpty();
    }
  }

  @Test
  void sameEventAgainOrHowTheOrderFaresIsNoChange() {
    Ledger ledger = new Ledger();
    Order placed = Order.placed("e", "o", TIME, "v", "EUR", lines(new Random(1)));
    assertThat(ledger.take(placed)).isTrue();
    assertThat(ledger.take(placed)).isFalse();
    assertThat(ledger.take(Order.became("f", "o", OrderStatus.SHIPPED, TIME + 1, "v"))).isFalse();
    Order cancelled = Order.became("g", "o", OrderStatus.CANCELLED, TIME + 1, "v");
    assertThat(ledger.take(cancelled)).isTrue();
    assertThat(ledger.take(cancelled)).isFalse();
  }

  @Test
  void newestOrdersAreKeptAndWhatTheOthersCameToStays() {
    Ledger ledger = new Ledger();
    int orders = OrderList.MAX_ORDERS + 10;
    for (int i = 0; i < orders; i++) {
      List<Order.Line> line = List.of(new Order.Line("i" + i, 1, null, null));
      ledger.take(Order.placed("e" + i, "o" + i, TIME + i, "v", "EUR", line));
    }
    assertThat(ledger.orders.bought())
        .hasSize(OrderList.MAX_ORDERS)
        .contains("i10")
        .doesNotContain("i9");
    assertThat(ledger.sums).hasSize(2 * orders);
  }

  @Test
  void newestChangesOfAnOrderAreKept() {
    Ledger ledger = new Ledger();
    for (int i = 0; i < 3 * OrderRecord.MAX_CHANGES; i++) {
      ledger.take(Order.became("e" + i, "o", OrderStatus.PAID, TIME + i, "v"));
    }
    int size = ledger.orders.toBytes().length;
    ledger.take(Order.became("e99", "o", OrderStatus.PAID, TIME + 1_000, "v"));
    assertThat(ledger.orders.toBytes()).hasSizeLessThan(size + 8);
  }
}
