package io.millrace.features.order;

import io.millrace.features.bytes.ByteReader;
import io.millrace.features.bytes.ByteWriter;
import io.millrace.features.catalogue.ItemFact;
import io.millrace.features.event.Order;
import io.millrace.features.event.OrderStatus;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * One order: how it was placed, and what took something of it back. Of several events that place
 * it, the newest by (event time, event id) holds.
 */
final class OrderRecord {
  /** Events beside the placing that are kept; the newest. */
  static final int MAX_CHANGES = 32;

  private static final int PLACED = 1;
  private static final int PRICED = 2;
  private static final int WHOLE = 1;
  private static final OrderStatus[] STATUSES = OrderStatus.values();
  private static final Comparator<Change> ORDER =
      Comparator.comparingLong(Change::time).thenComparing(Change::eventId);

  final String orderId;
  private long placedAt;
  private String placedBy;
  private SortedMap<String, Integer> placed = new TreeMap<>();

  /** What each item was sold for, see {@link LineAmounts}; empty where that is not known. */
  private SortedMap<String, Long> amounts = new TreeMap<>();

  /** In {@link #ORDER}. */
  private final List<Change> changes = new ArrayList<>(1);

  /**
   * An event that changes what of the order stands.
   *
   * @param lines pieces by item; null for the whole order
   */
  private record Change(
      long time, String eventId, OrderStatus status, SortedMap<String, Integer> lines) {}

  /** What an order comes to at one moment of one item. */
  record Slot(String item, long time) implements Comparable<Slot> {
    private static final Comparator<Slot> ORDER =
        Comparator.comparing(Slot::item).thenComparingLong(Slot::time);

    @Override
    public int compareTo(Slot other) {
      return ORDER.compare(this, other);
    }
  }

  /**
   * @param orders 1 if the order holds the item, by the time it was placed
   * @param pieces sold at that time, negative if they came back
   */
  record Effect(int orders, int pieces) {
    static final Effect NONE = new Effect(0, 0);
  }

  OrderRecord(String orderId) {
    this.orderId = orderId;
  }

  /** Event time at which it was placed, or of its newest change while it is not. */
  long time() {
    return placedBy != null || changes.isEmpty()
        ? placedAt
        : changes.get(changes.size() - 1).time();
  }

  long placedAt() {
    return placedAt;
  }

  /**
   * Takes an event of the order.
   *
   * @param priced whether amounts are kept beside the pieces
   * @return false if it changes nothing: it was taken before, an event overtakes it, or it only
   *     tells how the order fares
   */
  boolean take(Order order, boolean priced) {
    return switch (order.status()) {
      case PLACED -> place(order, priced);
      case CANCELLED, REFUNDED, PAID, PAYMENT_FAILED -> change(order);
      case SHIPPED, DELIVERED -> false;
    };
  }

  private boolean place(Order order, boolean priced) {
    boolean newer =
        placedBy == null
            || order.eventTime() > placedAt
            || order.eventTime() == placedAt && order.eventId().compareTo(placedBy) > 0;
    if (newer) {
      placedAt = order.eventTime();
      placedBy = order.eventId();
      placed = pieces(order);
      amounts = priced ? LineAmounts.of(order) : new TreeMap<>();
    }
    return newer;
  }

  private boolean change(Order order) {
    boolean payment = order.status() == OrderStatus.PAID || isFailure(order.status());
    Change change =
        new Change(
            order.eventTime(),
            order.eventId(),
            order.status(),
            payment || order.lines().isEmpty() ? null : pieces(order));
    int place = changes.size();
    while (place > 0 && ORDER.compare(change, changes.get(place - 1)) < 0) {
      place--;
    }
    if (place > 0 && ORDER.compare(change, changes.get(place - 1)) == 0) {
      return false;
    }
    changes.add(place, change);
    if (changes.size() > MAX_CHANGES) {
      changes.remove(0);
    }
    return true;
  }

  /**
   * Forgets the events up to a time.
   *
   * @return whether there were any
   */
  boolean forget(long upTo) {
    boolean forgot = changes.removeIf(change -> change.time <= upTo);
    if (placedBy != null && placedAt <= upTo) {
      placedAt = 0;
      placedBy = null;
      placed = new TreeMap<>();
      amounts = new TreeMap<>();
      forgot = true;
    }
    return forgot;
  }

  /** Whether no event is remembered. */
  boolean isEmpty() {
    return placedBy == null && changes.isEmpty();
  }

  private static boolean isFailure(OrderStatus status) {
    return status == OrderStatus.PAYMENT_FAILED;
  }

  private static SortedMap<String, Integer> pieces(Order order) {
    SortedMap<String, Integer> pieces = new TreeMap<>();
    order.lines().forEach(line -> pieces.merge(line.itemId(), line.quantity(), Integer::sum));
    return pieces;
  }

  /**
   * All that the order comes to. Cancelled pieces come back into the stock, refunded ones do not;
   * neither counts as bought. An order whose newest payment failed stands no more.
   */
  SortedMap<Slot, Effect> effects() {
    SortedMap<Slot, Effect> effects = new TreeMap<>();
    placed.forEach((item, pieces) -> add(effects, item, placedAt, 0, pieces));
    Map<String, Integer> rest =
        takeBack(
            (change, item, left, back) -> {
              boolean returned = change.status != OrderStatus.REFUNDED;
              add(effects, item, change.time, 0, returned ? -back : 0);
            });
    boolean stands = false;
    for (Map.Entry<String, Integer> line : rest.entrySet()) {
      if (line.getValue() > 0) {
        add(effects, line.getKey(), placedAt, 1, 0);
        stands = true;
      }
    }
    if (stands) {
      add(effects, ItemFact.ALL_ORDERS, placedAt, 1, 0);
    }
    return effects;
  }

  /** Hears what an event takes back. */
  private interface TakenBack {
    /**
     * Of an item.
     *
     * @param left pieces that stood before
     * @param back pieces taken back, 1 or more
     */
    void hear(Change change, String item, int left, int back);
  }

  /**
   * Goes through all that takes something back.
   *
   * @return the pieces that stand in the end
   */
  private Map<String, Integer> takeBack(TakenBack hearer) {
    Map<String, Integer> rest = new TreeMap<>(placed);
    Change payment = null;
    for (Change change : changes) {
      if (change.status == OrderStatus.PAID || isFailure(change.status)) {
        payment = change;
      } else {
        takeBack(change, rest, hearer);
      }
    }
    if (payment != null && isFailure(payment.status)) {
      takeBack(payment, rest, hearer);
    }
    return rest;
  }

  private static void takeBack(Change change, Map<String, Integer> rest, TakenBack hearer) {
    for (Map.Entry<String, Integer> line : rest.entrySet()) {
      int left = line.getValue();
      int wanted = change.lines == null ? left : change.lines.getOrDefault(line.getKey(), 0);
      int back = Math.min(left, wanted);
      if (back > 0) {
        line.setValue(left - back);
        hearer.hear(change, line.getKey(), left, back);
      }
    }
  }

  /**
   * What each event of the order comes to: for the one that placed it, itself and its items; for
   * every other, what it took back, or nothing. While the order is not placed, all come to nothing.
   */
  List<OrderEntry> entries() {
    boolean known = !amounts.isEmpty();
    Map<String, Long> left = new HashMap<>(amounts);
    SortedMap<Change, Long> given = new TreeMap<>(ORDER);
    takeBack(
        (change, item, pieces, back) -> {
          long rest = left.getOrDefault(item, 0L);
          long amount = Math.round((double) rest * back / pieces);
          left.put(item, rest - amount);
          given.merge(change, amount, Long::sum);
        });
    List<OrderEntry> entries = new ArrayList<>();
    if (placedBy != null) {
      long paid = amounts.values().stream().mapToLong(Long::longValue).sum();
      entries.add(OrderEntry.placed(orderId, placedBy, placedAt, known ? paid : null));
      placed.keySet().stream()
          .limit(OrderEntry.MAX_ITEMS)
          .forEach(item -> entries.add(OrderEntry.item(orderId, placedBy, placedAt, item)));
    }
    for (Change change : changes) {
      Long amount = given.get(change);
      entries.add(
          amount == null
              ? OrderEntry.change(orderId, change.eventId, change.time)
              : OrderEntry.takenBack(orderId, change.eventId, change.time, known ? -amount : null));
    }
    return entries;
  }

  private static void add(
      SortedMap<Slot, Effect> effects, String item, long time, int orders, int pieces) {
    effects.merge(
        new Slot(item, time),
        new Effect(orders, pieces),
        (one, other) -> new Effect(one.orders + other.orders, one.pieces + other.pieces));
  }

  void write(ByteWriter out) {
    out.writeText(orderId);
    out.writeByte((placedBy == null ? 0 : PLACED) | (amounts.isEmpty() ? 0 : PRICED));
    if (placedBy != null) {
      out.writeVarLong(placedAt);
      out.writeText(placedBy);
      write(placed, out);
      // By the same items.
      amounts.values().forEach(out::writeVarLong);
    }
    out.writeVarLong(changes.size());
    for (Change change : changes) {
      out.writeVarLong(change.time);
      out.writeText(change.eventId);
      out.writeByte(change.status.ordinal() << 1 | (change.lines == null ? WHOLE : 0));
      if (change.lines != null) {
        write(change.lines, out);
      }
    }
  }

  private static void write(SortedMap<String, Integer> pieces, ByteWriter out) {
    out.writeVarLong(pieces.size());
    pieces.forEach(
        (item, count) -> {
          out.writeText(item);
          out.writeVarLong(count);
        });
  }

  static OrderRecord read(ByteReader in) {
    OrderRecord record = new OrderRecord(in.readText());
    int known = in.readByte();
    if ((known & PLACED) != 0) {
      record.placedAt = in.readVarLong();
      record.placedBy = in.readText();
      record.placed = readPieces(in);
    }
    if ((known & PRICED) != 0) {
      record.placed.keySet().forEach(item -> record.amounts.put(item, in.readVarLong()));
    }
    for (int rest = in.readVarInt(); rest > 0; rest--) {
      long time = in.readVarLong();
      String eventId = in.readText();
      int kind = in.readByte();
      record.changes.add(
          new Change(
              time, eventId, STATUSES[kind >> 1], (kind & WHOLE) != 0 ? null : readPieces(in)));
    }
    return record;
  }

  private static SortedMap<String, Integer> readPieces(ByteReader in) {
    SortedMap<String, Integer> pieces = new TreeMap<>();
    for (int rest = in.readVarInt(); rest > 0; rest--) {
      pieces.put(in.readText(), in.readVarInt());
    }
    return pieces;
  }
}
