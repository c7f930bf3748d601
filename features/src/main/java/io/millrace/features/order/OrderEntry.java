package io.millrace.features.order;

import io.millrace.features.event.Order;
import java.util.ArrayList;
import java.util.List;

/**
 * What one event of an order comes to.
 *
 * @param orderId the order
 * @param eventId the event
 * @param time event time, milliseconds since the epoch
 * @param placing whether the event places the order
 * @param item an item of a placed order, null for the event itself
 * @param kind what it is
 * @param amount in units of 1 / {@link #UNIT} of the currency, negative where it was given back;
 *     null if it is not known or nothing was moved
 */
public record OrderEntry(
    String orderId,
    String eventId,
    long time,
    boolean placing,
    String item,
    Kind kind,
    Long amount) {
  /** What 1 of the currency is in {@link #amount}: four decimals. */
  public static final int UNIT = 10_000;

  /** Items of one order that have an entry; of a larger one, the first by their ids. */
  public static final int MAX_ITEMS = 20;

  /** What an entry is. */
  public enum Kind {
    /** The order was placed. */
    PLACED,
    /** An item of it. */
    ITEM,
    /** Something of it was taken back. */
    TAKEN_BACK,
    /** Nothing: the event moves nothing, or another one overtakes it. */
    NOTHING
  }

  static OrderEntry placed(String orderId, String eventId, long time, Long amount) {
    return new OrderEntry(orderId, eventId, time, true, null, Kind.PLACED, amount);
  }

  static OrderEntry item(String orderId, String eventId, long time, String item) {
    return new OrderEntry(orderId, eventId, time, true, item, Kind.ITEM, null);
  }

  static OrderEntry takenBack(String orderId, String eventId, long time, Long amount) {
    return new OrderEntry(orderId, eventId, time, false, null, Kind.TAKEN_BACK, amount);
  }

  static OrderEntry change(String orderId, String eventId, long time) {
    return new OrderEntry(orderId, eventId, time, false, null, Kind.NOTHING, null);
  }

  /** What an event that places an order comes to where another one overtakes it. */
  static List<OrderEntry> overtaken(Order placed) {
    List<OrderEntry> entries = new ArrayList<>();
    entries.add(placed(placed.orderId(), placed.eventId(), placed.eventTime(), null).voided());
    placed.lines().stream()
        .map(Order.Line::itemId)
        .distinct()
        .sorted()
        .limit(MAX_ITEMS)
        .map(item -> item(placed.orderId(), placed.eventId(), placed.eventTime(), item).voided())
        .forEach(entries::add);
    return entries;
  }

  /** The same, come to nothing. */
  public OrderEntry voided() {
    return new OrderEntry(orderId, eventId, time, placing, item, Kind.NOTHING, null);
  }

  /** Whether the other one is of the same event and item, whatever it comes to. */
  boolean isOfSame(OrderEntry other) {
    return voided().equals(other.voided());
  }
}
