package io.millrace.features.order;

import io.millrace.features.catalogue.ItemFact;
import io.millrace.features.event.Order;
import io.millrace.features.neighbour.SessionItems;
import io.millrace.features.order.OrderRecord.Effect;
import io.millrace.features.order.OrderRecord.Slot;
import io.millrace.features.session.Lessons;
import io.millrace.features.session.VisitorIds;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The newest orders of one visitor, each a function of the set of its events: the same whatever the
 * order in which they come, and however often. A cancellation may come before its order. Not safe
 * for use by several threads.
 */
public final class VisitorOrders {
  private static final String WHAT = "a visitor's orders";

  private final OrderList orders;

  /** None yet. */
  public VisitorOrders() {
    this(new OrderList());
  }

  private VisitorOrders(OrderList orders) {
    this.orders = orders;
  }

  /** Takes what an event changes. */
  public interface Effects {
    /**
     * Of an item, so many more orders hold it and so many more pieces went.
     *
     * @param item {@link ItemFact#ALL_ORDERS} counts the orders themselves
     * @param orders 1, 0 or -1
     * @param pieces negative if they came back
     * @param time event time at which, milliseconds since the epoch
     */
    void changed(String item, int orders, int pieces, long time);
  }

  /**
   * Takes one event.
   *
   * @param lessons told what the order holds now, as if it were a session
   * @return false if the event changes nothing
   */
  public boolean take(Order order, Lessons lessons, Effects effects) {
    OrderRecord record = orders.of(order.orderId());
    SortedMap<Slot, Effect> before = record.effects();
    if (!record.take(order, false)) {
      return false;
    }
    tell(record, order.visitorId(), before, record.effects(), lessons, effects);
    orders.keep(record);
    return true;
  }

  private static void tell(
      OrderRecord record,
      String visitor,
      SortedMap<Slot, Effect> before,
      SortedMap<Slot, Effect> after,
      Lessons lessons,
      Effects effects) {
    Set<Slot> slots = new TreeSet<>(before.keySet());
    slots.addAll(after.keySet());
    for (Slot slot : slots) {
      Effect was = before.getOrDefault(slot, Effect.NONE);
      Effect is = after.getOrDefault(slot, Effect.NONE);
      if (!is.equals(was)) {
        effects.changed(
            slot.item(), is.orders() - was.orders(), is.pieces() - was.pieces(), slot.time());
      }
    }
    SortedMap<String, Long> held = held(after);
    SortedMap<String, Long> heldBefore = held(before);
    if (held.equals(heldBefore)) {
      return;
    }
    long id = VisitorIds.ofOrder(visitor, record.orderId);
    String[] items = held.keySet().stream().limit(SessionItems.MAX_ITEMS).toArray(String[]::new);
    for (String item : items) {
      lessons.teach(item, new SessionItems(id, record.placedAt(), items));
    }
    Set<String> told = Set.of(items);
    heldBefore.keySet().stream()
        .limit(SessionItems.MAX_ITEMS)
        .filter(item -> !told.contains(item))
        .forEach(item -> lessons.retract(item, id));
  }

  private static SortedMap<String, Long> held(SortedMap<Slot, Effect> effects) {
    SortedMap<String, Long> held = new TreeMap<>();
    effects.forEach(
        (slot, effect) -> {
          if (effect.orders() > 0 && !slot.item().equals(ItemFact.ALL_ORDERS)) {
            held.put(slot.item(), slot.time());
          }
        });
    return held;
  }

  /** Forgets the events up to a time, and takes back all they came to. */
  public void forget(String visitor, long upTo, Lessons lessons, Effects effects) {
    orders
        .all()
        .removeIf(
            record -> {
              SortedMap<Slot, Effect> before = record.effects();
              if (record.forget(upTo)) {
                tell(record, visitor, before, record.effects(), lessons, effects);
              }
              return record.isEmpty();
            });
  }

  /** The items that the visitor has bought and kept, in order of their ids. */
  public Set<String> bought() {
    Set<String> bought = new TreeSet<>();
    orders.all().forEach(record -> bought.addAll(held(record.effects()).keySet()));
    return bought;
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
  public static VisitorOrders ofBytes(byte[] bytes) {
    return new VisitorOrders(OrderList.ofBytes(bytes, WHAT));
  }
}
