package io.millrace.operators.recommend;

import io.millrace.features.event.Click;
import io.millrace.features.event.ClickType;
import io.millrace.features.event.Order;
import io.millrace.features.event.OrderStatus;
import io.millrace.features.event.VisitorEvent;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;

/**
 * Seeded events of some visitors within some hours: clicks in and out of named sessions, lists,
 * searches, orders and what becomes of them. And seeded orders of their arrival.
 */
final class RandomShopping {
  /** Milliseconds an event may come behind later ones. */
  static final long LATENESS = 5_000;

  private static final List<ClickType> TYPES =
      List.of(
          ClickType.VIEW_ITEM,
          ClickType.VIEW_ITEM,
          ClickType.SELECT_ITEM,
          ClickType.ADD_TO_CART,
          ClickType.ADD_TO_WISHLIST,
          ClickType.REMOVE_FROM_CART,
          ClickType.SEARCH,
          ClickType.VIEW_ITEM_LIST);
  private static final List<OrderStatus> CHANGES =
      List.of(
          OrderStatus.CANCELLED,
          OrderStatus.REFUNDED,
          OrderStatus.PAID,
          OrderStatus.PAYMENT_FAILED,
          OrderStatus.SHIPPED);

  final Random random;

  /** Of one visit, short enough that the clicks of a session are all remembered. */
  private int mostClicks = 14;

  RandomShopping(long seed) {
    random = new Random(seed);
  }

  /** The same, but for visits of so many clicks at most. */
  RandomShopping withVisitsOfUpTo(int clicks) {
    mostClicks = clicks;
    return this;
  }

  /** The events of so many visitors, {@code v0} and so on. */
  List<VisitorEvent> events(int visitors) {
    List<VisitorEvent> events = new ArrayList<>();
    for (int visitor = 0; visitor < visitors; visitor++) {
      long time = Trackers.BEGIN + random.nextInt(600_000);
      for (int visit = 0; visit < 4; visit++) {
        time = visit("v" + visitor, visit, time, events) + pause();
      }
    }
    return events;
  }

  private long visit(String visitor, int visit, long begin, List<VisitorEvent> events) {
    long time = begin;
    String session = random.nextInt(3) == 0 ? visitor + "/" + visit : null;
    for (int rest = 1 + random.nextInt(mostClicks); rest > 0; rest--) {
      events.add(click(visitor, time, session));
      if (random.nextInt(8) == 0) {
        order(visitor, time + random.nextInt(3_000), events);
      }
      time += random.nextInt(random.nextInt(4) == 0 ? 1_700_000 : 20_000);
    }
    return time;
  }

  private long pause() {
    return random.nextBoolean() ? 1_790_000 + random.nextInt(20_000) : 3_600_000;
  }

  private String id() {
    return Long.toHexString(random.nextLong());
  }

  private String item() {
    return "i" + random.nextInt(12);
  }

  private Click click(String visitor, long time, String session) {
    ClickType type = TYPES.get(random.nextInt(TYPES.size()));
    String item = type.needsItem() ? item() : null;
    List<String> listed = type.needsItems() ? List.of(item(), item()) : List.of();
    return new Click(id(), type, time, visitor, item, listed, session, Click.Details.NONE);
  }

  private void order(String visitor, long time, List<VisitorEvent> events) {
    String order = "o" + id();
    events.add(Order.placed(id(), order, time, visitor, "EUR", lines()));
    if (random.nextInt(6) == 0) {
      long again = time + random.nextInt(4_000);
      events.add(Order.placed(id(), order, again, visitor, "EUR", lines()));
    }
    for (int rest = random.nextInt(3); rest > 0; rest--) {
      OrderStatus status = CHANGES.get(random.nextInt(CHANGES.size()));
      boolean whole = random.nextBoolean() || status == OrderStatus.SHIPPED;
      // Some come before the order does, in event time too.
      long at = time - 1_000 + random.nextInt(random.nextBoolean() ? 4_000 : 4_000_000);
      events.add(
          new Order(
              id(),
              order,
              status,
              at,
              visitor,
              null,
              null,
              whole ? List.of() : lines(),
              Order.Details.NONE));
    }
  }

  private List<Order.Line> lines() {
    List<Order.Line> lines = new ArrayList<>();
    for (int rest = 1 + random.nextInt(3); rest > 0; rest--) {
      lines.add(new Order.Line(item(), 1 + random.nextInt(3), null, null));
    }
    return lines;
  }

  /** Some order of arrival within the lateness, with some events twice. */
  List<VisitorEvent> arrivals(List<VisitorEvent> events) {
    record Arrival(VisitorEvent event, double at) {}
    List<Arrival> arrivals = new ArrayList<>();
    for (VisitorEvent event : events) {
      for (int times = random.nextInt(5) == 0 ? 2 : 1; times > 0; times--) {
        arrivals.add(new Arrival(event, event.eventTime() + random.nextDouble() * (LATENESS - 1)));
      }
    }
    arrivals.sort(Comparator.comparingDouble(Arrival::at));
    return new ArrayList<>(arrivals.stream().map(Arrival::event).toList());
  }
}
