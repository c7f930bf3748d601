package io.millrace.operators.fraud;

import io.millrace.features.event.Order;
import io.millrace.features.event.VisitorEvent;
import io.millrace.features.session.Hashes;
import io.millrace.operators.types.FlatData;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * Where a visitor left traces: the orders, and what the clicks named. By these they are found again
 * when the visitor is to be forgotten; an order that is placed anew is known by its own, and an
 * event that comes again by its place.
 */
final class Trails {
  /** Orders, and different trails of clicks, that are kept. */
  private static final int MAX_ORDERS = 512;

  private static final int MAX_CLICKS = 32;

  /** Events that are known when they come again. */
  private static final int MAX_EVENTS = 256;

  private final Deque<Left> orders = new ArrayDeque<>();
  private final Deque<Left> clicks = new ArrayDeque<>();

  /** Places of the newest events, by which one that comes again is known, oldest first. */
  private final Deque<Long> events = new ArrayDeque<>();

  /** One of them. */
  static final class Left {
    private final String order;
    private final Trail trail;
    private long first;
    private long last;
    private boolean settled;

    private Left(String order, Trail trail, long first, long last, boolean settled) {
      this.order = order;
      this.trail = trail;
      this.first = first;
      this.last = last;
      this.settled = settled;
    }

    /** Null of clicks. */
    String order() {
      return order;
    }

    Trail trail() {
      return trail;
    }
  }

  boolean isEmpty() {
    return orders.isEmpty() && clicks.isEmpty() && events.isEmpty();
  }

  /**
   * Follows an event.
   *
   * @param from event time before which trails are let go
   * @return false if it came before: then nothing changes
   */
  boolean add(VisitorEvent event, long from) {
    long place = Hashes.mix(Passage.tie(event) ^ event.eventTime());
    if (events.contains(place)) {
      return false;
    }
    events.addLast(place);
    if (events.size() > MAX_EVENTS) {
      events.removeFirst();
    }
    follow(event, from);
    return true;
  }

  private void follow(VisitorEvent event, long from) {
    orders.removeIf(left -> left.last < from);
    clicks.removeIf(left -> left.last < from);
    String order = event instanceof Order of ? of.orderId() : null;
    Deque<Left> kept = order == null ? clicks : orders;
    Trail trail = Trail.of(event);
    for (Iterator<Left> newest = kept.descendingIterator(); newest.hasNext(); ) {
      Left left = newest.next();
      if ((order == null || left.order.equals(order)) && left.trail.equals(trail)) {
        left.first = Math.min(left.first, event.eventTime());
        left.last = Math.max(left.last, event.eventTime());
        return;
      }
    }
    kept.addLast(new Left(order, trail, event.eventTime(), event.eventTime(), false));
    if (kept.size() > (order == null ? MAX_CLICKS : MAX_ORDERS)) {
      kept.removeFirst();
    }
  }

  /** Whether a payment of the order is settled for the first time. */
  boolean settle(Order payment) {
    Left found = null;
    for (Left left : orders) {
      if (left.order.equals(payment.orderId())) {
        if (left.settled) {
          return false;
        }
        found = left;
      }
    }
    if (found != null) {
      found.settled = true;
    }
    return true;
  }

  /** Those that have an event up to a time; who has later ones too stays with these alone. */
  List<Left> takeUpTo(long time) {
    List<Left> taken = new ArrayList<>();
    for (Deque<Left> kept : List.of(orders, clicks)) {
      for (Left left : kept) {
        if (left.first <= time) {
          taken.add(left);
          left.first = left.last;
        }
      }
      kept.removeIf(left -> left.last <= time);
    }
    if (orders.isEmpty() && clicks.isEmpty()) {
      // Who is forgotten has no more to be known by; what comes again is refused as theirs.
      events.clear();
    }
    return taken;
  }

  void write(DataOutputView out) throws IOException {
    for (Deque<Left> kept : List.of(orders, clicks)) {
      FlatData.writeVarint(kept.size(), out);
      for (Left left : kept) {
        FlatData.writeText(left.order == null ? "" : left.order, out);
        left.trail.write(out);
        out.writeLong(left.first);
        out.writeLong(left.last);
        out.writeBoolean(left.settled);
      }
    }
    FlatData.writeVarint(events.size(), out);
    for (long place : events) {
      out.writeLong(place);
    }
  }

  static Trails read(DataInputView in) throws IOException {
    Trails read = new Trails();
    for (Deque<Left> kept : List.of(read.orders, read.clicks)) {
      for (int rest = FlatData.readVarint(in); rest > 0; rest--) {
        String order = FlatData.readText(in);
        kept.addLast(
            new Left(
                order.isEmpty() ? null : order,
                Trail.read(in),
                in.readLong(),
                in.readLong(),
                in.readBoolean()));
      }
    }
    for (int rest = FlatData.readVarint(in); rest > 0; rest--) {
      read.events.addLast(in.readLong());
    }
    return read;
  }
}
