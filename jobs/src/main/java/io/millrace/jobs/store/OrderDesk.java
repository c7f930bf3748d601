package io.millrace.jobs.store;

import io.millrace.features.event.Order;
import io.millrace.features.event.OrderStatus;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Takes orders and sees to them: most are paid, shipped and delivered, some are not paid, cancelled
 * or sent back, as a whole or in part. What is not paid goes back to the shelf, and a second try to
 * pay takes it again if it is still there. Days of a real store are minutes here, so that a short
 * run shows all of it. A few orders are gifts to somebody abroad, a few are paid with a card that
 * is new. What thieves order is held back, and never shipped.
 */
final class OrderDesk {
  private static final double PAYING_MS = 20_000;
  private static final double SHIPPING_MS = 4 * 60_000;
  private static final double DELIVERING_MS = 8 * 60_000;
  private static final double RETURNING_MS = 10 * 60_000;
  private static final double FAILS = 0.06;
  private static final double TRIES_AGAIN = 0.6;
  private static final double CANCELS = 0.04;
  private static final double SENDS_BACK = 0.07;
  private static final double GIFT_ABROAD = 0.04;
  private static final double NEW_CARD = 0.04;
  private static final double TRIES_ANOTHER_CARD = 0.3;

  private final Chance chance;
  private final StoreCatalogue catalogue;
  private final Stockroom stock;
  private final Agenda agenda;
  private final StoreJournal journal;
  private final OrderFindings findings;
  private long orders;

  OrderDesk(
      Chance chance,
      StoreCatalogue catalogue,
      Stockroom stock,
      Agenda agenda,
      StoreJournal journal) {
    this.chance = chance;
    this.catalogue = catalogue;
    this.stock = stock;
    this.agenda = agenda;
    this.journal = journal;
    this.findings = new OrderFindings(chance, agenda, journal);
  }

  /** Sells what is in a visitor's cart and sees to the order. */
  void place(long now, StoreVisitor visitor, String session) {
    String home = visitor.account().country();
    if (chance.in(NEW_CARD)) {
      visitor.payWith(StoreAccounts.card(chance, visitor.account().card().country()));
    }
    String to = chance.in(GIFT_ABROAD) ? StoreAccounts.anyCountry(chance) : home;
    StoreOrder order = take(now, visitor, session, to);
    if (order != null) {
      later(now, PAYING_MS, at -> pay(at, order));
    }
  }

  /**
   * Takes an order for what is in a visitor's cart as far as there is enough of it, and empties the
   * cart.
   *
   * @param country where it is to be sent
   * @return null if there is nothing left of any of it
   */
  StoreOrder take(long now, StoreVisitor visitor, String session, String country) {
    List<Order.Line> lines = new ArrayList<>();
    List<StoreItem> sold = new ArrayList<>();
    for (Map.Entry<StoreItem, Integer> wanted : visitor.cart().entrySet()) {
      StoreItem item = wanted.getKey();
      int taken = stock.take(item, wanted.getValue());
      if (taken > 0) {
        lines.add(new Order.Line(item.id(), taken, item.price(), null));
        sold.add(item);
      }
    }
    visitor.cart().clear();
    if (lines.isEmpty()) {
      return null;
    }
    StoreOrder order =
        new StoreOrder(
            journal.id("o", orders++),
            visitor,
            session,
            lines,
            visitor.account().details(total(lines), country));
    journal.order(now, OrderStatus.PLACED, order, lines);
    for (StoreItem item : sold) {
      stock.afterSale(now, item);
    }
    return order;
  }

  private static double total(List<Order.Line> lines) {
    double sum = lines.stream().mapToDouble(line -> line.quantity() * line.unitPrice()).sum();
    return Math.round(100 * sum) / 100.0;
  }

  private void later(long now, double meanMs, Agenda.Task task) {
    agenda.at(now + 1_000 + (long) chance.waiting(meanMs), task);
  }

  private void pay(long now, StoreOrder order) {
    if (!chance.in(FAILS)) {
      paid(now, order);
      return;
    }
    fail(now, order);
    Map<StoreItem, Integer> pieces = pieces(order.lines());
    boolean triesAgain = chance.in(TRIES_AGAIN);
    later(
        now,
        PAYING_MS,
        at -> {
          if (triesAgain && stock.takeAll(pieces)) {
            paid(at, chance.in(TRIES_ANOTHER_CARD) ? withAnotherCard(order) : order);
            pieces.keySet().forEach(item -> stock.afterSale(at, item));
          } else {
            journal.order(at, OrderStatus.CANCELLED, order, List.of());
          }
        });
  }

  private void fail(long now, StoreOrder order) {
    journal.order(now, OrderStatus.PAYMENT_FAILED, order, List.of());
    pieces(order.lines()).forEach((item, unsold) -> stock.putBack(now, item, unsold));
  }

  private StoreOrder withAnotherCard(StoreOrder order) {
    StoreVisitor visitor = order.visitor();
    visitor.payWith(StoreAccounts.card(chance, visitor.account().card().country()));
    Order.Details details = order.details();
    return new StoreOrder(
        order.id(),
        visitor,
        order.session(),
        order.lines(),
        visitor.account().details(details.total(), details.shippingCountry()));
  }

  /** The bank refuses the card, and whoever ordered does not try again. */
  void refuse(long now, StoreOrder order) {
    fail(now, order);
    later(now, PAYING_MS, at -> journal.order(at, OrderStatus.CANCELLED, order, List.of()));
  }

  /** A stolen card pays; the order is held until it is charged back, and then cancelled. */
  void holdStolen(long now, StoreOrder order) {
    journal.order(now, OrderStatus.PAID, order, List.of());
    findings.chargeBack(
        now,
        order,
        at -> {
          journal.order(at, OrderStatus.CANCELLED, order, List.of());
          pieces(order.lines()).forEach((item, unsold) -> stock.putBack(at, item, unsold));
        });
  }

  private void paid(long now, StoreOrder order) {
    journal.order(now, OrderStatus.PAID, order, List.of());
    findings.review(now, order);
    if (!chance.in(CANCELS)) {
      later(now, SHIPPING_MS, at -> ship(at, order, order.lines()));
      return;
    }
    List<Order.Line> back = some(order.lines());
    List<Order.Line> rest = new ArrayList<>(order.lines());
    rest.removeAll(back);
    later(
        now,
        PAYING_MS,
        at -> {
          journal.order(at, OrderStatus.CANCELLED, order, rest.isEmpty() ? List.of() : back);
          pieces(back).forEach((item, unsold) -> stock.putBack(at, item, unsold));
          if (!rest.isEmpty()) {
            later(at, SHIPPING_MS, then -> ship(then, order, rest));
          }
        });
  }

  private void ship(long now, StoreOrder order, List<Order.Line> lines) {
    journal.order(now, OrderStatus.SHIPPED, order, List.of());
    later(now, DELIVERING_MS, at -> deliver(at, order, lines));
  }

  private void deliver(long now, StoreOrder order, List<Order.Line> lines) {
    journal.order(now, OrderStatus.DELIVERED, order, List.of());
    if (chance.in(SENDS_BACK)) {
      List<Order.Line> back = some(lines);
      later(now, RETURNING_MS, at -> refund(at, order, back));
    }
  }

  private void refund(long now, StoreOrder order, List<Order.Line> back) {
    journal.order(now, OrderStatus.REFUNDED, order, back);
    pieces(back).forEach((item, returned) -> stock.takeIn(now, item, returned));
  }

  /** All lines or only one of them. */
  private List<Order.Line> some(List<Order.Line> lines) {
    return chance.in(0.5) ? lines : List.of(lines.get(chance.below(lines.size())));
  }

  private Map<StoreItem, Integer> pieces(List<Order.Line> lines) {
    Map<StoreItem, Integer> pieces = new LinkedHashMap<>();
    lines.forEach(line -> pieces.put(catalogue.item(line.itemId()), line.quantity()));
    return pieces;
  }
}
