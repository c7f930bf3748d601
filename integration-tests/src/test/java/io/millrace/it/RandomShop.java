package io.millrace.it;

import io.millrace.features.event.CatalogItem;
import io.millrace.features.event.CatalogItem.Prices;
import io.millrace.features.event.CatalogItem.Status;
import io.millrace.features.event.CatalogItem.Supply;
import io.millrace.features.event.Click;
import io.millrace.features.event.ClickType;
import io.millrace.features.event.Order;
import io.millrace.features.event.OrderStatus;
import io.millrace.features.event.Topics;
import io.millrace.jobs.local.ContractEvent;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * What happens in a shop on one day, drawn from a seed. Visitors have several sessions, named by
 * the sender or bounded by gaps, short ones and some beyond the 20 clicks that are kept; clicks at
 * the same moment; several kinds of click on one item; events without an item; lists that are
 * looked through. They order, and take some of it back. The catalogue lists every item, and says
 * something else of some of them in the course of the day.
 */
final class RandomShop {
  /** Event time of the first clicks, 2025-06-01. */
  static final long BEGIN = 1_748_736_000_000L;

  static final long OUT_OF_ORDERNESS = 5_000;

  private static final long MINUTE = 60_000;
  private static final String[] WORDS = {"red", "blue", "cotton", "wool", "shirt", "scarf", "hat"};
  private static final ClickType[] INTEREST = {
    ClickType.VIEW_ITEM,
    ClickType.VIEW_ITEM,
    ClickType.VIEW_ITEM,
    ClickType.SELECT_ITEM,
    ClickType.ADD_TO_CART,
    ClickType.ADD_TO_WISHLIST
  };

  private final Random random;
  private final int items;
  private final List<ContractEvent> events = new ArrayList<>();
  private final List<Click> lastOfVisitors = new ArrayList<>();

  /** A shop of so many items. */
  RandomShop(long seed, List<String> visitors, int items) {
    random = new Random(seed);
    this.items = items;
    visitors.forEach(this::visit);
    IntStream.range(0, items).forEach(this::list);
    events.sort(
        Comparator.comparingLong(ContractEvent::eventTime)
            .thenComparing(event -> new String(event.payload())));
  }

  /** Names of so many visitors. */
  static List<String> visitors(int count) {
    return IntStream.range(0, count).mapToObj(visitor -> "v" + visitor).toList();
  }

  private record Arrival(long at, ContractEvent event) {}

  private void visit(String visitor) {
    long time = BEGIN + random.nextInt(240) * MINUTE;
    Click last = null;
    for (int session = 2 + random.nextInt(4); session > 0; session--) {
      String name = random.nextInt(3) == 0 ? visitor + "-s" + session : null;
      int length = random.nextInt(8) == 0 ? 21 + random.nextInt(30) : 1 + random.nextInt(10);
      int taste = random.nextInt(items);
      for (int i = 0; i < length; i++) {
        time += pause();
        last = click(visitor, time, name, taste);
        events.add(ContractEvent.of(last));
      }
      if (random.nextInt(3) == 0) {
        order(visitor, time, taste);
      }
      // A pause that ends a session, one just too short for that, or none between two names.
      time += new long[] {31, 29, 0}[name == null ? random.nextInt(2) : 2] * MINUTE;
    }
    lastOfVisitors.add(last);
  }

  private long pause() {
    return switch (random.nextInt(4)) {
      case 0 -> 0;
      case 1 -> random.nextInt(4) * 500L;
      default -> random.nextInt(40) * 1_000L;
    };
  }

  /** Ids that do not sort as they were drawn, so that ties are settled by id alone. */
  private String id() {
    return Long.toHexString(random.nextLong());
  }

  private String item(int taste) {
    return "item" + (taste + random.nextInt(12)) % items;
  }

  private Click click(String visitor, long time, String session, int taste) {
    ClickType type =
        switch (random.nextInt(15)) {
          case 0 -> ClickType.VIEW_CART;
          case 1 -> ClickType.VIEW_ITEM_LIST;
          default -> INTEREST[random.nextInt(INTEREST.length)];
        };
    String item = type.needsItem() ? item(taste) : null;
    List<String> listed =
        type.needsItems() ? List.of(item(taste), item(taste), item(taste)) : List.of();
    return new Click(id(), type, time, visitor, item, listed, session, Click.Details.NONE);
  }

  private void order(String visitor, long time, int taste) {
    String order = "o" + id();
    List<Order.Line> lines =
        IntStream.range(0, 1 + random.nextInt(4)).mapToObj(i -> line(item(taste))).toList();
    events.add(ContractEvent.of(Order.placed(id(), order, time, visitor, "EUR", lines)));
    long later = time + random.nextInt(40) * MINUTE;
    switch (random.nextInt(6)) {
      case 0, 1 ->
          events.add(
              ContractEvent.of(Order.became(id(), order, OrderStatus.CANCELLED, later, visitor)));
      case 2 ->
          events.add(
              ContractEvent.of(
                  new Order(
                      id(),
                      order,
                      OrderStatus.REFUNDED,
                      later,
                      visitor,
                      null,
                      null,
                      lines.subList(0, 1),
                      Order.Details.NONE)));
      default ->
          events.add(ContractEvent.of(Order.became(id(), order, OrderStatus.PAID, later, visitor)));
    }
  }

  private Order.Line line(String item) {
    return new Order.Line(item, 1 + random.nextInt(3), price(item), null);
  }

  private static double price(String item) {
    return 1.25 * (1 + Integer.parseInt(item.substring("item".length())));
  }

  private void list(int item) {
    long time = BEGIN;
    for (int entries = random.nextInt(3) == 0 ? 3 : 1; entries > 0; entries--) {
      Status status = random.nextInt(10) == 0 ? Status.HIDDEN : Status.ACTIVE;
      Long stock = random.nextInt(4) == 0 ? random.nextLong(30) : null;
      String title =
          WORDS[random.nextInt(WORDS.length)]
              + " "
              + WORDS[random.nextInt(WORDS.length)]
              + " "
              + WORDS[random.nextInt(WORDS.length)];
      CatalogItem listed =
          new CatalogItem(
              "item" + item,
              title,
              "a/" + (char) ('b' + random.nextInt(3)),
              "brand" + item % 4,
              new TreeMap<>(Map.of("size", "" + random.nextInt(3))),
              status,
              false,
              new Prices("EUR", price("item" + item), null, false, null, null, null, List.of()),
              new Supply(stock, null, null, null),
              time);
      events.add(ContractEvent.of(listed, time));
      time += (1 + random.nextInt(150)) * MINUTE;
    }
  }

  /** All that happens by event time. */
  List<ContractEvent> inOrder() {
    return List.copyOf(events);
  }

  /** How many of these are clicks or orders. */
  static int clicksAndOrders(List<ContractEvent> events) {
    return (int) events.stream().filter(event -> !event.topic().equals(Topics.CATALOG)).count();
  }

  /**
   * The same, no click or order further behind than is allowed, and some of them again: a few
   * within the allowance, a few long after it. What the catalogue says keeps its order.
   */
  List<ContractEvent> shuffledWithDuplicates() {
    List<Arrival> arrivals = new ArrayList<>();
    for (ContractEvent event : events) {
      if (event.topic().equals(Topics.CATALOG)) {
        arrivals.add(new Arrival(event.eventTime(), event));
        continue;
      }
      arrivals.add(new Arrival(event.eventTime() + random.nextInt(5_000), event));
      if (random.nextInt(10) == 0) {
        arrivals.add(new Arrival(event.eventTime() + random.nextInt(5_000), event));
      }
      if (random.nextInt(50) == 0) {
        arrivals.add(new Arrival(event.eventTime() + 10 * MINUTE, event));
      }
    }
    arrivals.sort(Comparator.comparingLong(Arrival::at));
    return arrivals.stream().map(Arrival::event).toList();
  }

  /** Event time of the last event. */
  long end() {
    return events.get(events.size() - 1).eventTime();
  }

  /**
   * One more click of every visitor, a second after each other from {@code time} on. Who was in a
   * named session last still is.
   */
  List<Click> probes(long time) {
    List<Click> probes = new ArrayList<>();
    for (Click last : lastOfVisitors) {
      int number = probes.size();
      probes.add(
          Click.view(
              "probe" + number,
              time + number * 1_000L,
              last.visitorId(),
              "item" + number % items,
              last.sessionId()));
    }
    return probes;
  }
}
