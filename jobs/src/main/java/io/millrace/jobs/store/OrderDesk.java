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
 * run shows all of it.
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

  private final Chance chance;
  private final StoreCatalogue catalogue;
  private final Stockroom stock;
  private final Agenda agenda;
  private final StoreJournal journal;
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
  }

  /** Sells what is in a visitor's cart as far as there is enough of it, and empties the cart. */
  void place(long now, StoreVisitor visitor, String session) {
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
      return;
    }
    StoreOrder order = new StoreOrder(journal.id("o", orders++), visitor, session, lines);
    journal.order(now, OrderStatus.PLACED, order, lines);
    for (StoreItem item : sold) {
      stock.afterSale(now, item);
    }
    later(now, PAYING_MS, at -> pay(at, order));
  }

  private void later(long now, double meanMs, Agenda.Task task) {
    agenda.at(now + 1_000 + (long) chance.waiting(meanMs), task);
  }

  private void pay(long now, StoreOrder order) {
    if (!chance.in(FAILS)) {
      paid(now, order);
      return;
    }
    journal.order(now, OrderStatus.PAYMENT_FAILED, order, List.of());
    Map<StoreItem, Integer> pieces = pieces(order.lines());
    pieces.forEach((item, unsold) -> stock.putBack(now, item, unsold));
    boolean triesAgain = chance.in(TRIES_AGAIN);
    later(
        now,
        PAYING_MS,
        at -> {
          if (triesAgain && stock.takeAll(pieces)) {
            paid(at, order);
            pieces.keySet().forEach(item -> stock.afterSale(at, item));
          } else {
            journal.order(at, OrderStatus.CANCELLED, order, List.of());
          }
        });
  }

  private void paid(long now, StoreOrder order) {
    journal.order(now, OrderStatus.PAID, order, List.of());
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
