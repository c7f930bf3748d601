package io.millrace.features.order;

import io.millrace.features.bytes.ByteReader;
import io.millrace.features.bytes.ByteWriter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** The newest orders of one visitor. */
final class OrderList {
  /** Orders that are kept; of a visitor with more, the newest. */
  static final int MAX_ORDERS = 200;

  private static final int LAYOUT = 1;
  private static final Comparator<OrderRecord> AGE =
      Comparator.comparingLong(OrderRecord::time).thenComparing(record -> record.orderId);

  private final List<OrderRecord> orders = new ArrayList<>(1);

  /** The order of that id, a new one if there is none; it stays if it is given to {@link #keep}. */
  OrderRecord of(String orderId) {
    for (OrderRecord record : orders) {
      if (record.orderId.equals(orderId)) {
        return record;
      }
    }
    return new OrderRecord(orderId);
  }

  /** Keeps an order; the oldest goes where there are too many. */
  void keep(OrderRecord record) {
    if (!orders.contains(record)) {
      orders.add(record);
    }
    if (orders.size() > MAX_ORDERS) {
      orders.remove(orders.stream().min(AGE).orElseThrow());
    }
  }

  /** All of them, to be looked at and taken out. */
  List<OrderRecord> all() {
    return orders;
  }

  byte[] toBytes() {
    ByteWriter out = new ByteWriter(128);
    out.writeByte(LAYOUT);
    out.writeVarLong(orders.size());
    orders.forEach(record -> record.write(out));
    return out.toBytes();
  }

  /**
   * @param what they are, for whoever reads the error
   */
  static OrderList ofBytes(byte[] bytes, String what) {
    ByteReader in = new ByteReader(bytes);
    in.readVersion(what, LAYOUT);
    OrderList list = new OrderList();
    for (int rest = in.readVarInt(); rest > 0; rest--) {
      list.orders.add(OrderRecord.read(in));
    }
    return list;
  }
}
