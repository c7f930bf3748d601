package io.millrace.operators.types;

import io.millrace.features.event.Order;
import io.millrace.features.event.Order.Details;
import io.millrace.features.event.Order.Line;
import io.millrace.features.event.Order.Payment;
import io.millrace.features.event.OrderStatus;
import java.io.IOException;
import java.util.List;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * Bytes of an order, version 1: status, event time, event id, order id, visitor id, session and
 * currency where present, the lines, then the details, of which the texts, the amount and the time
 * each take a byte where there are none.
 */
final class OrderSerializer extends FlatSerializer<Order> {
  private static final int UNIT_PRICE = 1;
  private static final int PRICE_VERSION = 1 << 1;
  private static final int DETAIL_TEXTS = 14;

  private static final OrderStatus[] STATUSES = OrderStatus.values();

  @Override
  public void serialize(Order order, DataOutputView target) throws IOException {
    target.writeByte(order.status().ordinal());
    target.writeLong(order.eventTime());
    FlatData.writeText(order.eventId(), target);
    FlatData.writeText(order.orderId(), target);
    FlatData.writeText(order.visitorId(), target);
    OptionalFields.writeTexts(target, order.sessionId(), order.currency());
    FlatData.writeVarint(order.lines().size(), target);
    for (Line line : order.lines()) {
      write(line, target);
    }
    write(order.details(), target);
  }

  @Override
  public Order deserialize(DataInputView source) throws IOException {
    OrderStatus status = STATUSES[source.readByte()];
    long eventTime = source.readLong();
    String eventId = FlatData.readText(source);
    String orderId = FlatData.readText(source);
    String visitorId = FlatData.readText(source);
    String[] texts = OptionalFields.readTexts(2, source);
    Line[] lines = new Line[FlatData.readVarint(source)];
    for (int i = 0; i < lines.length; i++) {
      lines[i] = readLine(source);
    }
    return new Order(
        eventId,
        orderId,
        status,
        eventTime,
        visitorId,
        texts[0],
        texts[1],
        List.of(lines),
        readDetails(source));
  }

  @Override
  public TypeSerializerSnapshot<Order> snapshotConfiguration() {
    return new Snapshot();
  }

  private static void write(Line line, DataOutputView target) throws IOException {
    int present =
        (line.unitPrice() != null ? UNIT_PRICE : 0)
            | (line.priceVersion() != null ? PRICE_VERSION : 0);
    target.writeByte(present);
    FlatData.writeText(line.itemId(), target);
    FlatData.writeVarint(line.quantity(), target);
    if ((present & UNIT_PRICE) != 0) {
      target.writeDouble(line.unitPrice());
    }
    if ((present & PRICE_VERSION) != 0) {
      FlatData.writeText(line.priceVersion(), target);
    }
  }

  private static Line readLine(DataInputView source) throws IOException {
    int present = source.readByte();
    return new Line(
        FlatData.readText(source),
        FlatData.readVarint(source),
        (present & UNIT_PRICE) != 0 ? source.readDouble() : null,
        (present & PRICE_VERSION) != 0 ? FlatData.readText(source) : null);
  }

  private static void write(Details details, DataOutputView target) throws IOException {
    Payment payment = details.payment();
    OptionalFields.writeTexts(
        target,
        details.userId(),
        details.merchantId(),
        payment.method(),
        payment.cardId(),
        payment.bin(),
        payment.country(),
        details.deviceId(),
        details.ip(),
        details.ipCountry(),
        details.billingCountry(),
        details.shippingCountry(),
        details.emailHash(),
        details.region(),
        details.channel());
    OptionalFields.writeDoubles(target, details.total());
    OptionalFields.writeLongs(target, details.accountCreatedAt());
  }

  private static Details readDetails(DataInputView source) throws IOException {
    String[] texts = OptionalFields.readTexts(DETAIL_TEXTS, source);
    Double total = OptionalFields.readDoubles(1, source)[0];
    Long accountCreatedAt = OptionalFields.readLongs(1, source)[0];
    Payment payment = new Payment(texts[2], texts[3], texts[4], texts[5]);
    Details details =
        new Details(
            total,
            texts[0],
            texts[1],
            payment.equals(Payment.NONE) ? Payment.NONE : payment,
            texts[6],
            texts[7],
            texts[8],
            texts[9],
            texts[10],
            texts[11],
            accountCreatedAt,
            texts[12],
            texts[13]);
    return details.equals(Details.NONE) ? Details.NONE : details;
  }

  /** Version 1 is the only one so far. */
  public static final class Snapshot extends FlatSnapshot<Order> {
    /** For Flink, which makes it by name. */
    public Snapshot() {
      super(1, version -> new OrderSerializer());
    }
  }
}
