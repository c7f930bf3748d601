package io.millrace.features.order;

import io.millrace.features.event.Order;
import io.millrace.features.event.OrderStatus;
import java.util.List;

/**
 * What came of a visitor's newest orders: an entry for each of their events and for each item
 * placed, a function of the set of an order's events, the same whatever the order in which they
 * come and however often. Not safe for use by several threads.
 */
public final class VisitorPurchases {
  private static final String WHAT = "a visitor's purchases";

  private final OrderList orders;

  /** None yet. */
  public VisitorPurchases() {
    this(new OrderList());
  }

  private VisitorPurchases(OrderList orders) {
    this.orders = orders;
  }

  /** Hears what an event changes. */
  public interface Changes {
    /** An entry that was not told before. */
    void add(OrderEntry entry);

    /** An entry that was told before has come to something else. */
    void change(OrderEntry entry);
  }

  /**
   * Takes one event.
   *
   * @param currency in which amounts count; those of others are not known
   */
  public void take(Order order, String currency, Changes changes) {
    OrderRecord record = orders.of(order.orderId());
    List<OrderEntry> before = record.entries();
    if (record.take(order, currency.equals(order.currency()))) {
      tell(before, record.entries(), Long.MIN_VALUE, changes);
      orders.keep(record);
    } else if (order.status() == OrderStatus.PLACED && !isIn(before, order)) {
      OrderEntry.overtaken(order).forEach(changes::add);
    }
  }

  private static boolean isIn(List<OrderEntry> entries, Order placed) {
    return entries.stream()
        .anyMatch(
            entry ->
                entry.placing()
                    && entry.time() == placed.eventTime()
                    && entry.eventId().equals(placed.eventId()));
  }

  private static void tell(
      List<OrderEntry> before, List<OrderEntry> after, long since, Changes changes) {
    for (OrderEntry entry : before) {
      if (entry.time() > since && after.stream().noneMatch(entry::isOfSame)) {
        changes.change(entry.voided());
      }
    }
    for (OrderEntry entry : after) {
      if (before.stream().noneMatch(entry::isOfSame)) {
        changes.add(entry);
      } else if (!before.contains(entry)) {
        changes.change(entry);
      }
    }
  }

  /**
   * Forgets the events up to a time.
   *
   * @param changes hears what becomes of later entries
   */
  public void forget(long upTo, Changes changes) {
    orders
        .all()
        .removeIf(
            record -> {
              List<OrderEntry> before = record.entries();
              if (record.forget(upTo)) {
                tell(before, record.entries(), upTo, changes);
              }
              return record.isEmpty();
            });
  }

  /** Whether nothing is remembered. */
  public boolean isEmpty() {
    return orders.all().isEmpty();
  }

  /** The state value. */
  public byte[] toBytes() {
    return orders.toBytes();
  }

  /** Reads a state value. */
  public static VisitorPurchases ofBytes(byte[] bytes) {
    return new VisitorPurchases(OrderList.ofBytes(bytes, WHAT));
  }
}
