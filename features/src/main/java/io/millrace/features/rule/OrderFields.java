package io.millrace.features.rule;

import static io.millrace.features.rule.EventField.flag;
import static io.millrace.features.rule.EventField.number;
import static io.millrace.features.rule.EventField.oneOf;
import static io.millrace.features.rule.EventField.orAbsent;
import static io.millrace.features.rule.EventField.text;

import io.millrace.features.event.FraudRule.Source;
import io.millrace.features.event.Order;
import io.millrace.features.event.OrderStatus;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * What expressions may ask of an order: its fields by the names of the contract, and four that are
 * made of them. {@code lines} is how many lines it names and {@code units} how many pieces they are
 * together, both absent where it names none; {@code account_age_seconds} is the time from {@code
 * account_created_at} to the event; {@code guest} says that the visitor has no account.
 */
final class OrderFields {
  static final EventFields<Order> CATALOGUE =
      new EventFields<>(
          Source.ORDERS,
          List.of(
              oneOf(
                  "status",
                  Stream.of(OrderStatus.values()).map(OrderStatus::wireName).toList(),
                  order -> order.status().wireName()),
              text("event_id", Order::eventId),
              text("order_id", Order::orderId),
              number("event_time", Order::eventTime),
              text("visitor_id", Order::visitorId),
              text("session_id", Order::sessionId),
              text("currency", Order::currency),
              number("lines", order -> order.lines().isEmpty() ? Double.NaN : order.lines().size()),
              number("units", OrderFields::units),
              flag("guest", order -> order.visitorId().startsWith("guest-")),
              number("total", order -> orAbsent(order.details().total())),
              detail("user_id", Order.Details::userId),
              detail("merchant_id", Order.Details::merchantId),
              detail("device_id", Order.Details::deviceId),
              detail("ip", Order.Details::ip),
              detail("ip_country", Order.Details::ipCountry),
              detail("billing_country", Order.Details::billingCountry),
              detail("shipping_country", Order.Details::shippingCountry),
              detail("email_hash", Order.Details::emailHash),
              detail("region", Order.Details::region),
              detail("channel", Order.Details::channel),
              number("account_created_at", order -> orAbsent(order.details().accountCreatedAt())),
              number("account_age_seconds", OrderFields::accountAge),
              payment("payment.method", Order.Payment::method),
              payment("payment.card_id", Order.Payment::cardId),
              payment("payment.bin", Order.Payment::bin),
              payment("payment.country", Order.Payment::country)));

  private OrderFields() {}

  private static EventField<Order> detail(String name, Function<Order.Details, String> of) {
    return text(name, order -> of.apply(order.details()));
  }

  private static EventField<Order> payment(String name, Function<Order.Payment, String> of) {
    return text(name, order -> of.apply(order.details().payment()));
  }

  private static double units(Order order) {
    long units = 0;
    for (Order.Line line : order.lines()) {
      units += line.quantity();
    }
    return order.lines().isEmpty() ? Double.NaN : units;
  }

  private static double accountAge(Order order) {
    Long created = order.details().accountCreatedAt();
    return created == null ? Double.NaN : (order.eventTime() - created) / 1_000.0;
  }
}
