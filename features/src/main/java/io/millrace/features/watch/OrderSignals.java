package io.millrace.features.watch;

import io.millrace.features.event.Order;
import io.millrace.features.order.OrderEntry;
import io.millrace.features.order.OrderTotal;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;

/**
 * The signals that a placed order carries itself; absent (NaN) where it does not say. {@code
 * amount} is in the currency; {@code signup_age} the seconds since the account was made; {@code
 * countries} how many different ones address, invoice, delivery and bank name; {@code lines} and
 * {@code units} how many it has.
 */
final class OrderSignals {
  private static final Map<String, ToDoubleFunction<Order>> ALL = new LinkedHashMap<>();

  static {
    ALL.put("amount", OrderSignals::amount);
    ALL.put("signup_age", OrderSignals::signUpAge);
    ALL.put("countries", OrderSignals::countries);
    ALL.put("lines", order -> order.lines().size());
    ALL.put("units", order -> order.lines().stream().mapToLong(Order.Line::quantity).sum());
  }

  private OrderSignals() {}

  static Set<String> names() {
    return ALL.keySet();
  }

  static ToDoubleFunction<Order> of(String name) {
    return ALL.get(name);
  }

  private static double amount(Order order) {
    long amount = OrderTotal.of(order);
    return amount == OrderTotal.UNKNOWN ? Double.NaN : amount / (double) OrderEntry.UNIT;
  }

  private static double signUpAge(Order order) {
    Long created = order.details().accountCreatedAt();
    return created == null ? Double.NaN : (order.eventTime() - created) / 1_000.0;
  }

  private static double countries(Order order) {
    Order.Details details = order.details();
    long different =
        Stream.of(
                details.ipCountry(),
                details.billingCountry(),
                details.shippingCountry(),
                details.payment().country())
            .filter(Objects::nonNull)
            .distinct()
            .count();
    return different == 0 ? Double.NaN : different;
  }
}
