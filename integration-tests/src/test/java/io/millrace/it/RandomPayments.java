package io.millrace.it;

import io.millrace.features.event.Click;
import io.millrace.features.event.ClickType;
import io.millrace.features.event.FraudLabel;
import io.millrace.features.event.Order;
import io.millrace.features.event.OrderStatus;
import io.millrace.jobs.local.ContractEvent;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;

/**
 * Orders of a made-up shop over some days: visitors with cards, devices and addresses of their own,
 * some that share them, attempts that fail in a row, large amounts, and labels that come later.
 */
final class RandomPayments {
  /** Event time of the first orders, 2025-06-01. */
  static final long BEGIN = 1_748_736_000_000L;

  /** One of the visitors. */
  static final String GONE = "gone-visitor";

  static final long OUT_OF_ORDERNESS = 5_000;

  private static final long MINUTE = 60_000;
  private static final long HOUR = 60 * MINUTE;

  private final Random random;
  private final int visitors;
  private final List<ContractEvent> events = new ArrayList<>();
  private final List<FraudLabel> labels = new ArrayList<>();

  RandomPayments(long seed, int visitors, int days) {
    random = new Random(seed);
    this.visitors = visitors;
    for (int visitor = 0; visitor < visitors; visitor++) {
      for (int visit = 2 + random.nextInt(6); visit > 0; visit--) {
        visit(visitor, BEGIN + (long) (random.nextDouble() * days * 24 * HOUR));
      }
    }
    // Many accounts from one device, within minutes.
    for (int i = 0; i < 12; i++) {
      order("farm" + i, 900, 77, BEGIN + 30 * HOUR + i * 20_000L, 12.5, true);
    }
    events.sort(
        Comparator.comparingLong(ContractEvent::eventTime)
            .thenComparing(event -> new String(event.payload())));
  }

  private void visit(int visitor, long begin) {
    long time = begin / 1_000 * 1_000;
    boolean stolen = random.nextInt(6) == 0;
    int card = stolen ? 500 + random.nextInt(3) : visitor;
    int device = stolen ? 700 + random.nextInt(2) : visitor;
    String name = visitor == 7 ? GONE : "v" + visitor;
    for (int clicks = random.nextInt(4); clicks > 0; clicks--) {
      time += random.nextInt(30) * 500L;
      events.add(ContractEvent.of(click(name, device, time)));
    }
    if (stolen) {
      for (int attempt = 2 + random.nextInt(4); attempt > 0; attempt--) {
        time += 1_000L * random.nextInt(20);
        Order failed = placed(name, card, device, time, 5);
        events.add(ContractEvent.of(failed));
        events.add(
            ContractEvent.of(
                new Order(
                    id(),
                    failed.orderId(),
                    OrderStatus.PAYMENT_FAILED,
                    time + 500,
                    name,
                    null,
                    "EUR",
                    List.of(),
                    failed.details())));
      }
    }
    time += 1_000L * random.nextInt(60);
    double amount = stolen ? 600 + random.nextInt(900) : 10 + random.nextInt(90);
    order(name, card, device, time, amount, stolen && random.nextInt(4) > 0);
  }

  private void order(
      String visitor, int card, int device, long time, double amount, boolean fraud) {
    Order order = placed(visitor, card, device, time, amount);
    events.add(ContractEvent.of(order));
    if (fraud || random.nextInt(5) == 0) {
      long found = time + HOUR + random.nextInt(60) * MINUTE;
      labels.add(
          new FraudLabel(
              order.orderId(), fraud, found, FraudLabel.Source.values()[random.nextInt(2)]));
    }
  }

  /** An order long before the others, by which it shows whether rules are heard. */
  static Order probe(int number) {
    return order("probe" + number, BEGIN - 24 * HOUR, "probe", 1);
  }

  /** An order like no other. */
  static Order order(int number, long time) {
    return order("more" + number, time, null, 20);
  }

  private static Order order(String name, long time, String region, double amount) {
    Order.Details details =
        new Order.Details(
            amount,
            null,
            name,
            new Order.Payment("card", name, null, null),
            name,
            name,
            null,
            null,
            null,
            name,
            null,
            region,
            null);
    return new Order(
        "placed",
        name,
        OrderStatus.PLACED,
        time,
        name,
        null,
        "EUR",
        List.of(new Order.Line("i", 1, amount, null)),
        details);
  }

  private Order placed(String visitor, int card, int device, long time, double amount) {
    Order.Details details =
        new Order.Details(
            amount,
            null,
            "m" + random.nextInt(5),
            new Order.Payment("card", "c" + card, null, random.nextInt(8) == 0 ? "FR" : "NL"),
            "d" + device,
            "10.0.0." + device % 50,
            "NL",
            "NL",
            random.nextInt(8) == 0 ? "BE" : "NL",
            "e" + Math.abs(visitor.hashCode() % 1_000),
            time - random.nextInt(100) * HOUR,
            null,
            null);
    return new Order(
        id(),
        "o" + id(),
        OrderStatus.PLACED,
        time,
        visitor,
        null,
        "EUR",
        List.of(new Order.Line("i" + random.nextInt(20), 1, amount, null)),
        details);
  }

  private Click click(String visitor, int device, long time) {
    Click.Details details =
        new Click.Details(
            null,
            null,
            null,
            null,
            null,
            null,
            null,
            null,
            null,
            null,
            "d" + device,
            "10.0.0." + device % 50,
            null);
    return new Click(
        id(),
        ClickType.VIEW_ITEM,
        time,
        visitor,
        "i" + random.nextInt(20),
        List.of(),
        null,
        details);
  }

  /** Ids that do not sort as they were drawn, so that ties are settled by id alone. */
  private String id() {
    return Long.toHexString(random.nextLong());
  }

  int visitors() {
    return visitors;
  }

  /** When the last event happened. */
  long end() {
    return events.get(events.size() - 1).eventTime();
  }

  List<ContractEvent> inOrder() {
    return events;
  }

  /** All labels; they move no time, so that they may be sent at any time before they matter. */
  List<FraudLabel> labels() {
    return labels;
  }

  /** Out of order within what is allowed, a fifth of them twice. */
  List<ContractEvent> shuffledWithDuplicates() {
    List<Arrival> arrivals = new ArrayList<>();
    for (ContractEvent event : events) {
      arrivals.add(arrival(event));
      if (random.nextInt(5) == 0) {
        arrivals.add(arrival(event));
      }
    }
    arrivals.sort(Comparator.comparingLong(Arrival::at));
    return arrivals.stream().map(Arrival::event).toList();
  }

  private record Arrival(long at, ContractEvent event) {}

  private Arrival arrival(ContractEvent event) {
    return new Arrival(event.eventTime() + random.nextInt((int) OUT_OF_ORDERNESS - 500), event);
  }
}
