package io.millrace.operators.fraud;

import io.millrace.features.event.Order;
import io.millrace.features.event.VisitorEvent;
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
 * when the visitor is to be forgotten; and an order that is placed anew is known by its own.
 */
final class Trails {
  /** Orders, and different trails of clicks, that are kept. */
  private static final int MAX_ORDERS = 512;

  private static final int MAX_CLICKS = 32;

  private final Deque<Left> orders = new ArrayDeque<>();
  private final Deque<Left> clicks = new ArrayDeque<>();

  /** One of them. */
  static final class Left {
    private final String order;
    private final Trail trail;
    private long time;
    private boolean settled;

    private Left(String order, Trail trail, long time, boolean settled) {
      this.order = order;
      this.trail = trail;
      this.time = time;
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
    return orders.isEmpty() && clicks.isEmpty();
  }

  /**
   * Follows an event.
   *
   * @param from event time before which trails are let go
   */
  void add(VisitorEvent event, long from) {
    orders.removeIf(left -> left.time < from);
    clicks.removeIf(left -> left.time < from);
    String order = event instanceof Order of ? of.orderId() : null;
    Deque<Left> kept = order == null ? clicks : orders;
    Trail trail = Trail.of(event);
    for (Iterator<Left> newest = kept.descendingIterator(); newest.hasNext(); ) {
      Left left = newest.next();
      if ((order == null || left.order.equals(order)) && left.trail.equals(trail)) {
        left.time = Math.max(left.time, event.eventTime());
        return;
      }
    }
    kept.addLast(new Left(order, trail, event.eventTime(), false));
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

  /** Takes out those whose last event is not after a time. */
  List<Left> takeUpTo(long time) {
    List<Left> taken = new ArrayList<>();
    for (Deque<Left> kept : List.of(orders, clicks)) {
      kept.stream().filter(left -> left.time <= time).forEach(taken::add);
      kept.removeIf(left -> left.time <= time);
    }
    return taken;
  }

  void write(DataOutputView out) throws IOException {
    for (Deque<Left> kept : List.of(orders, clicks)) {
      FlatData.writeVarint(kept.size(), out);
      for (Left left : kept) {
        FlatData.writeText(left.order == null ? "" : left.order, out);
        left.trail.write(out);
        out.writeLong(left.time);
        out.writeBoolean(left.settled);
      }
    }
  }

  static Trails read(DataInputView in) throws IOException {
    Trails read = new Trails();
    for (Deque<Left> kept : List.of(read.orders, read.clicks)) {
      for (int rest = FlatData.readVarint(in); rest > 0; rest--) {
        String order = FlatData.readText(in);
        kept.addLast(
            new Left(
                order.isEmpty() ? null : order, Trail.read(in), in.readLong(), in.readBoolean()));
      }
    }
    return read;
  }
}
