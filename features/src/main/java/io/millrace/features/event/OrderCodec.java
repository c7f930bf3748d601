package io.millrace.features.event;

import com.fasterxml.jackson.core.JsonParser;
import io.millrace.features.event.InvalidEventException.Reason;
import java.io.IOException;
import java.io.Serializable;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;

/**
 * The JSON form of {@link Order}: strict on what the contract requires and on the type and range of
 * every field it knows, indifferent to fields it does not know. Instances are cheap and safe for
 * use by many threads; they serialize if their clock does.
 */
public final class OrderCodec implements Serializable {
  /** Most lines that one event may have. */
  public static final int MAX_LINES = 1_000;

  /** Most pieces in one line. */
  public static final int MAX_QUANTITY = 1_000_000;

  private final FieldReader reader;

  /** A codec that takes event times up to an hour ahead of {@code clock}. */
  public OrderCodec(Clock clock) {
    this.reader = new FieldReader(clock);
  }

  /**
   * Reads one event.
   *
   * @param payload UTF-8 JSON, may be null (an empty message)
   * @throws InvalidEventException if it is not a valid order; names the field and the remedy
   */
  public Order decode(byte[] payload) throws InvalidEventException {
    Fields fields = new Fields();
    EventReader.readObject(payload, fields::read);
    return fields.toOrder();
  }

  /** Writes one event; absent fields are left out. */
  public static byte[] encode(Order order) {
    return EventWriter.toBytes(
        out -> {
          out.text("event_id", order.eventId());
          out.text("order_id", order.orderId());
          out.text("status", order.status().wireName());
          out.number("event_time", order.eventTime());
          out.text("visitor_id", order.visitorId());
          out.text("session_id", order.sessionId());
          out.text("currency", order.currency());
          out.objects(
              "lines",
              order.lines().stream().<EventWriter.Fields>map(l -> to -> encode(l, to)).toList());
          if (order.details() != Order.Details.NONE) {
            encode(order.details(), out);
          }
        });
  }

  private static void encode(Order.Line line, EventWriter out) throws IOException {
    out.text("item_id", line.itemId());
    out.number("quantity", line.quantity());
    out.number("unit_price", line.unitPrice());
    out.text("price_version", line.priceVersion());
  }

  private static void encode(Order.Details details, EventWriter out) throws IOException {
    out.number("total", details.total());
    out.text("user_id", details.userId());
    out.text("merchant_id", details.merchantId());
    if (details.payment() != Order.Payment.NONE) {
      out.object("payment", to -> encode(details.payment(), to));
    }
    out.text("device_id", details.deviceId());
    out.text("ip", details.ip());
    out.text("ip_country", details.ipCountry());
    out.text("billing_country", details.billingCountry());
    out.text("shipping_country", details.shippingCountry());
    out.text("email_hash", details.emailHash());
    out.number("account_created_at", details.accountCreatedAt());
    out.text("region", details.region());
    out.text("channel", details.channel());
  }

  private static void encode(Order.Payment payment, EventWriter out) throws IOException {
    out.text("method", payment.method());
    out.text("card_id", payment.cardId());
    out.text("bin", payment.bin());
    out.text("country", payment.country());
  }

  /** The fields of one event while it is read. */
  private final class Fields {
    private String eventId;
    private String orderId;
    private OrderStatus status;
    private Long eventTime;
    private String visitorId;
    private String sessionId;
    private String currency;
    private List<Order.Line> lines;
    private Double total;
    private String userId;
    private String merchantId;
    private Order.Payment payment = Order.Payment.NONE;
    private String deviceId;
    private String ip;
    private String ipCountry;
    private String billingCountry;
    private String shippingCountry;
    private String emailHash;
    private Long accountCreatedAt;
    private String region;
    private String channel;
    private boolean detailed;

    private void read(String field, JsonParser json) throws IOException, InvalidEventException {
      switch (field) {
        case "event_id" -> eventId = reader.id(field, json);
        case "order_id" -> orderId = reader.id(field, json);
        case "status" -> status = reader.name(field, json, OrderStatus.NAMES);
        case "event_time" -> eventTime = reader.time(field, json);
        case "visitor_id" -> visitorId = reader.id(field, json);
        case "session_id" -> sessionId = reader.id(field, json);
        case "currency" -> currency = reader.currency(field, json);
        case "lines" -> lines = lines(field, json);
        default -> readDetail(field, json);
      }
    }

    private void readDetail(String field, JsonParser json)
        throws IOException, InvalidEventException {
      switch (field) {
        case "total" -> total = reader.amount(field, json);
        case "user_id" -> userId = reader.id(field, json);
        case "merchant_id" -> merchantId = reader.id(field, json);
        case "payment" -> payment = payment(field, json);
        case "device_id" -> deviceId = reader.id(field, json);
        case "ip" -> ip = reader.id(field, json);
        case "ip_country" -> ipCountry = reader.text(field, json);
        case "billing_country" -> billingCountry = reader.text(field, json);
        case "shipping_country" -> shippingCountry = reader.text(field, json);
        case "email_hash" -> emailHash = reader.id(field, json);
        case "account_created_at" -> accountCreatedAt = reader.pastTime(field, json);
        case "region" -> region = reader.text(field, json);
        case "channel" -> channel = reader.text(field, json);
        default -> {
          json.skipChildren();
          return;
        }
      }
      detailed = true;
    }

    private List<Order.Line> lines(String field, JsonParser json)
        throws IOException, InvalidEventException {
      List<Order.Line> read = new ArrayList<>();
      EventReader.readArray(
          field,
          json,
          MAX_LINES,
          "lines",
          element -> {
            LineFields line = new LineFields();
            EventReader.readObject(field, element, line::read);
            read.add(line.toLine());
          });
      return read;
    }

    private Order.Payment payment(String field, JsonParser json)
        throws IOException, InvalidEventException {
      PaymentFields read = new PaymentFields();
      EventReader.readObject(field, json, read::read);
      return read.toPayment();
    }

    private Order toOrder() throws InvalidEventException {
      EventReader.require("event_id", eventId);
      EventReader.require("order_id", orderId);
      EventReader.require("status", status);
      EventReader.require("event_time", eventTime);
      EventReader.require("visitor_id", visitorId);
      if (status == OrderStatus.PLACED) {
        EventReader.require("currency", currency);
        requireLines();
      }
      return new Order(
          eventId,
          orderId,
          status,
          eventTime,
          visitorId,
          sessionId,
          currency,
          status.hasLines() && lines != null ? lines : List.of(),
          detailed ? details() : Order.Details.NONE);
    }

    private void requireLines() throws InvalidEventException {
      EventReader.require("lines", lines);
      if (lines.isEmpty()) {
        throw new InvalidEventException(
            Reason.OUT_OF_RANGE, "lines", "lines is empty; name what was bought");
      }
    }

    private Order.Details details() {
      return new Order.Details(
          total,
          userId,
          merchantId,
          payment,
          deviceId,
          ip,
          ipCountry,
          billingCountry,
          shippingCountry,
          emailHash,
          accountCreatedAt,
          region,
          channel);
    }
  }

  /** The fields of one line while it is read; named as the contract writes them. */
  private final class LineFields {
    private String itemId;
    private Long quantity;
    private Double unitPrice;
    private String priceVersion;

    private void read(String field, JsonParser json) throws IOException, InvalidEventException {
      switch (field) {
        case "item_id" -> itemId = reader.id("lines[].item_id", json);
        case "quantity" -> quantity = reader.whole("lines[].quantity", json, 1, MAX_QUANTITY);
        case "unit_price" -> unitPrice = reader.amount("lines[].unit_price", json);
        case "price_version" -> priceVersion = reader.id("lines[].price_version", json);
        default -> json.skipChildren();
      }
    }

    private Order.Line toLine() throws InvalidEventException {
      EventReader.require("lines[].item_id", itemId);
      EventReader.require("lines[].quantity", quantity);
      return new Order.Line(itemId, quantity.intValue(), unitPrice, priceVersion);
    }
  }

  /** The fields of a payment while it is read. */
  private final class PaymentFields {
    private String method;
    private String cardId;
    private String bin;
    private String country;

    private void read(String field, JsonParser json) throws IOException, InvalidEventException {
      switch (field) {
        case "method" -> method = reader.text("payment.method", json);
        case "card_id" -> cardId = reader.id("payment.card_id", json);
        case "bin" -> bin = reader.id("payment.bin", json);
        case "country" -> country = reader.text("payment.country", json);
        default -> json.skipChildren();
      }
    }

    private Order.Payment toPayment() {
      Order.Payment read = new Order.Payment(method, cardId, bin, country);
      return read.equals(Order.Payment.NONE) ? Order.Payment.NONE : read;
    }
  }
}
