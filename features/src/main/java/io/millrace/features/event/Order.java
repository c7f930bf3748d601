package io.millrace.features.event;

import java.util.List;
import java.util.Objects;

/**
 * One event in the life of an order. Made by {@link OrderCodec}, which validates; every optional
 * field is null where the event did not carry it.
 *
 * @param eventId deduplicates within the order, 1 to 128 bytes
 * @param orderId the order, 1 to 128 bytes
 * @param status what has become of it
 * @param eventTime milliseconds since the epoch
 * @param visitorId pseudonym of the visitor, {@code guest-<order_id>} for a guest
 * @param sessionId the session it belongs to, where the sender names sessions
 * @param currency of all amounts, ISO 4217 letters; always there on a placed order
 * @param lines what was bought, at least one on a placed order; what is taken back on a cancelled
 *     or refunded one, where none means the whole order; else empty. An item may have several lines
 * @param details what only some jobs look at
 */
public record Order(
    String eventId,
    String orderId,
    OrderStatus status,
    long eventTime,
    String visitorId,
    String sessionId,
    String currency,
    List<Line> lines,
    Details details)
    implements VisitorEvent {

  public Order {
    lines = List.copyOf(lines);
    Objects.requireNonNull(details, "details");
  }

  /**
   * Some pieces of one item.
   *
   * @param itemId the item
   * @param quantity pieces, 1 to 1,000,000
   * @param unitPrice price of one piece, in the currency of the order
   * @param priceVersion version of that price
   */
  public record Line(String itemId, int quantity, Double unitPrice, String priceVersion) {}

  /**
   * How an order is paid.
   *
   * @param method such as {@code card} or {@code invoice}
   * @param cardId pseudonym of the card
   * @param bin first digits of the card number, which name the bank
   * @param country country of the bank
   */
  public record Payment(String method, String cardId, String bin, String country) {

    /** Nothing is known of it. */
    public static final Payment NONE = new Payment(null, null, null, null);
  }

  /**
   * The optional fields of an order beside session, currency and lines.
   *
   * @param total to be paid, in the currency of the order
   * @param userId account pseudonym
   * @param merchantId who sells, on a marketplace
   * @param payment how it is paid, never null
   * @param deviceId pseudonym of the device
   * @param ip address, or its pseudonym
   * @param ipCountry country of the address
   * @param billingCountry country of the invoice
   * @param shippingCountry country of the delivery
   * @param emailHash pseudonym of the e-mail address
   * @param accountCreatedAt milliseconds since the epoch
   * @param region region of the visitor
   * @param channel sales channel
   */
  public record Details(
      Double total,
      String userId,
      String merchantId,
      Payment payment,
      String deviceId,
      String ip,
      String ipCountry,
      String billingCountry,
      String shippingCountry,
      String emailHash,
      Long accountCreatedAt,
      String region,
      String channel) {

    /** No optional field at all. */
    public static final Details NONE =
        new Details(
            null, null, null, Payment.NONE, null, null, null, null, null, null, null, null, null);

    public Details {
      Objects.requireNonNull(payment, "payment");
    }
  }

  /** A placed order, with no optional field. */
  public static Order placed(
      String eventId,
      String orderId,
      long eventTime,
      String visitorId,
      String currency,
      List<Line> lines) {
    return new Order(
        eventId,
        orderId,
        OrderStatus.PLACED,
        eventTime,
        visitorId,
        null,
        currency,
        lines,
        Details.NONE);
  }

  /** What has become of an order as a whole, with no optional field. */
  public static Order became(
      String eventId, String orderId, OrderStatus status, long eventTime, String visitorId) {
    return new Order(
        eventId, orderId, status, eventTime, visitorId, null, null, List.of(), Details.NONE);
  }
}
