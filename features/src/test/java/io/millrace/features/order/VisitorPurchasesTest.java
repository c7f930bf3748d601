package io.millrace.features.order;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.features.event.Order;
import io.millrace.features.event.OrderStatus;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class VisitorPurchasesTest {
  private static final long TIME = 1_748_736_000_000L;
  private static final Comparator<Order> ORDER =
      Comparator.comparingLong(Order::eventTime).thenComparing(Order::eventId);
  private static final OrderStatus[] STATUSES = OrderStatus.values();

  static IntStream seeds() {
    return IntStream.range(0, 200);
  }

  /** Writes down what purchases come to. */
  private static final class Ledger implements VisitorPurchases.Changes {
    private VisitorPurchases purchases = new VisitorPurchases();
    private final Map<String, OrderEntry> entries = new TreeMap<>();

    @Override
    public void add(OrderEntry entry) {
      put(entry);
    }

    @Override
    public void change(OrderEntry entry) {
      assertThat(entries).containsKey(identity(entry));
      put(entry);
    }

    private void put(OrderEntry entry) {
      entries.put(identity(entry), entry);
    }

    private Map<String, Long> amounts() {
      Map<String, Long> amounts = new TreeMap<>();
      entries.values().stream()
          .filter(entry -> entry.item() == null && entry.kind() != OrderEntry.Kind.NOTHING)
          .forEach(
              entry ->
                  amounts.put(key(entry.orderId(), entry.time(), entry.eventId()), entry.amount()));
      return amounts;
    }

    private void take(Order order) {
      purchases.take(order, "EUR", this);
    }
  }

  private static String identity(OrderEntry entry) {
    return key(entry.orderId(), entry.time(), entry.eventId())
        + entry.placing()
        + (entry.item() == null ? "" : entry.item());
  }

  private static String key(String order, long time, String event) {
    return order + "@" + time + "@" + event;
  }

  /** Two euros a piece of item 0, four of item 1, and so on; order o1 costs 100. */
  private static Order order(
      String event, String id, OrderStatus status, long time, List<Order.Line> lines) {
    boolean total = status == OrderStatus.PLACED && id.equals("o1");
    Order.Details details =
        total
            ? new Order.Details(
                100.0,
                null,
                null,
                Order.Payment.NONE,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null)
            : Order.Details.NONE;
    return new Order(event, id, status, time, "v", null, "EUR", lines, details);
  }

  private static List<Order.Line> lines(Random random) {
    List<Order.Line> lines = new ArrayList<>();
    for (int i = 1 + random.nextInt(3); i > 0; i--) {
      int item = random.nextInt(4);
      lines.add(new Order.Line("i" + item, 1 + random.nextInt(3), 2.0 * (item + 1), null));
    }
    return lines;
  }

  private static List<Order> events(Random random) {
    List<Order> events = new ArrayList<>();
    for (int i = random.nextInt(30); i > 0; i--) {
      OrderStatus status =
          random.nextInt(3) == 0 ? OrderStatus.PLACED : STATUSES[random.nextInt(STATUSES.length)];
      boolean lines = status == OrderStatus.PLACED || random.nextBoolean();
      events.add(
          order(
              "e" + i,
              "o" + random.nextInt(6),
              status,
              TIME + random.nextInt(20),
              lines ? lines(random) : List.of()));
    }
    return events;
  }

  /** The amounts by piece: what is left of an order is what its pieces left are worth. */
  private static Map<String, Long> naive(Collection<Order> events) {
    Map<String, Long> amounts = new TreeMap<>();
    Map<String, List<Order>> byOrder = new TreeMap<>();
    new HashSet<>(events)
        .forEach(e -> byOrder.computeIfAbsent(e.orderId(), id -> new ArrayList<>()).add(e));
    byOrder.values().forEach(all -> add(all.stream().sorted(ORDER).toList(), amounts));
    return amounts;
  }

  private static void add(List<Order> events, Map<String, Long> amounts) {
    Order placed = null;
    Order payment = null;
    for (Order event : events) {
      placed = event.status() == OrderStatus.PLACED ? event : placed;
      boolean pays =
          event.status() == OrderStatus.PAID || event.status() == OrderStatus.PAYMENT_FAILED;
      payment = pays ? event : payment;
    }
    if (placed == null) {
      return;
    }
    Map<String, Integer> left = new TreeMap<>();
    Map<String, Long> worth = LineAmounts.of(placed);
    placed.lines().forEach(line -> left.merge(line.itemId(), line.quantity(), Integer::sum));
    amounts.put(
        key(placed.orderId(), placed.eventTime(), placed.eventId()),
        worth.values().stream().mapToLong(Long::longValue).sum());
    List<Order> takers = new ArrayList<>();
    for (Order event : events) {
      if (event.status() == OrderStatus.CANCELLED || event.status() == OrderStatus.REFUNDED) {
        takers.add(event);
      }
    }
    if (payment != null && payment.status() == OrderStatus.PAYMENT_FAILED) {
      takers.add(payment);
    }
    for (Order taker : takers) {
      boolean whole = taker.lines().isEmpty() || taker.status() == OrderStatus.PAYMENT_FAILED;
      Map<String, Integer> wanted = new TreeMap<>();
      taker.lines().forEach(line -> wanted.merge(line.itemId(), line.quantity(), Integer::sum));
      long back = 0;
      boolean any = false;
      for (Map.Entry<String, Integer> line : left.entrySet()) {
        int pieces = whole ? line.getValue() : wanted.getOrDefault(line.getKey(), 0);
        int taken = Math.min(pieces, line.getValue());
        if (taken > 0) {
          any = true;
          long rest = worth.get(line.getKey());
          long amount = Math.round((double) rest * taken / line.getValue());
          worth.put(line.getKey(), rest - amount);
          line.setValue(line.getValue() - taken);
          back += amount;
        }
      }
      if (any) {
        amounts.put(key(taker.orderId(), taker.eventTime(), taker.eventId()), -back);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void comeToTheSameInAnyOrderTwiceAndOverAStore(int seed) {
    Random random = new Random(seed);
    List<Order> events = events(random);
    Map<String, Long> expected = naive(events);
    Map<String, OrderEntry> entries = null;
    for (int round = 0; round < 3; round++) {
      List<Order> arrivals = new ArrayList<>(events);
      arrivals.addAll(events.subList(0, events.size() / 3));
      Collections.shuffle(arrivals, random);
      Ledger ledger = new Ledger();
      for (Order order : arrivals) {
        ledger.take(order);
        if (random.nextInt(4) == 0) {
          ledger.purchases = VisitorPurchases.ofBytes(ledger.purchases.toBytes());
        }
      }
      assertThat(ledger.amounts()).isEqualTo(expected);
      // Not only what counts: every event leaves its entries, whatever came of it.
      assertThat(ledger.entries).isEqualTo(entries == null ? ledger.entries : entries);
      entries = ledger.entries;
    }
  }

  @Test
  void aTotalIsSharedOutByThePricesAndComesBackWhole() {
    Ledger ledger = new Ledger();
    ledger.take(
        order(
            "e1",
            "o1",
            OrderStatus.PLACED,
            TIME,
            List.of(new Order.Line("a", 1, 10.0, null), new Order.Line("b", 1, 20.0, null))));
    ledger.take(
        order(
            "e2",
            "o1",
            OrderStatus.REFUNDED,
            TIME + 1,
            List.of(new Order.Line("a", 1, null, null))));
    ledger.take(order("e3", "o1", OrderStatus.CANCELLED, TIME + 2, List.of()));

    assertThat(ledger.amounts().values()).containsExactly(1_000_000L, -333_333L, -666_667L);
  }

  @Test
  void amountsOfAnotherCurrencyOrWithoutAnyPriceAreNotKnown() {
    Ledger ledger = new Ledger();
    Order dollars =
        new Order(
            "e1",
            "o1",
            OrderStatus.PLACED,
            TIME,
            "v",
            null,
            "USD",
            List.of(new Order.Line("a", 1, 10.0, null)),
            Order.Details.NONE);
    ledger.take(dollars);
    ledger.take(
        order("e2", "o2", OrderStatus.PLACED, TIME, List.of(new Order.Line("a", 1, null, null))));

    assertThat(ledger.amounts()).containsEntry(key("o1", TIME, "e1"), null);
    assertThat(ledger.amounts()).containsEntry(key("o2", TIME, "e2"), null);
  }

  @Test
  void eventsOfOneIdAndTimeDoNotGetIntoEachOthersWay() {
    Ledger ledger = new Ledger();
    ledger.take(order("e", "o2", OrderStatus.PLACED, TIME, lines(new Random(1))));
    ledger.take(order("e", "o2", OrderStatus.CANCELLED, TIME, List.of()));

    assertThat(ledger.entries.values())
        .filteredOn(entry -> entry.item() == null)
        .extracting(OrderEntry::kind)
        .containsExactlyInAnyOrder(OrderEntry.Kind.PLACED, OrderEntry.Kind.TAKEN_BACK);
  }

  @Test
  void whatIsTakenBackOfAForgottenOrderIsNothing() {
    Ledger ledger = new Ledger();
    ledger.take(order("e1", "o2", OrderStatus.PLACED, TIME, lines(new Random(1))));
    ledger.take(order("e2", "o2", OrderStatus.REFUNDED, TIME + 9, List.of()));
    ledger.purchases.forget(TIME, ledger);

    assertThat(ledger.entries.values())
        .filteredOn(entry -> entry.time() > TIME)
        .extracting(OrderEntry::kind)
        .containsExactly(OrderEntry.Kind.NOTHING);
  }

  @Test
  void forgetsWhatWasUpToATime() {
    Ledger ledger = new Ledger();
    ledger.take(order("e1", "o1", OrderStatus.PLACED, TIME, lines(new Random(1))));
    ledger.take(order("e2", "o2", OrderStatus.PLACED, TIME + 5, lines(new Random(1))));
    ledger.purchases.forget(TIME, ledger);
    assertThat(ledger.purchases.isEmpty()).isFalse();
    ledger.purchases.forget(TIME + 5, ledger);
    assertThat(ledger.purchases.isEmpty()).isTrue();
  }
}
