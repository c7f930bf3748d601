package io.millrace.features.order;

import io.millrace.features.event.Order;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * What one visitor paid and was given back: the payments of their newest orders, each a function of
 * the set of its order's events, the same whatever the order in which they come and however often.
 * Not safe for use by several threads.
 */
public final class VisitorPurchases {
  private static final String WHAT = "a visitor's purchases";

  private final OrderList orders;

  /** None yet. */
  public VisitorPurchases() {
    this(new OrderList());
  }

  private VisitorPurchases(OrderList orders) {
    this.orders = orders;
  }

  /** Hears what an event changes. */
  public interface Changes {
    /** A payment that is new, or has another amount than was said before. */
    void holds(Payment payment);

    /** A payment that was said before and moves nothing any more. */
    void isVoid(Payment payment);
  }

  /**
   * Takes one event.
   *
   * @param currency in which amounts count; those of others are not known
   * @return false if the event changes nothing
   */
  public boolean take(Order order, String currency, Changes changes) {
    OrderRecord record = orders.of(order.orderId());
    List<Payment> before = record.payments();
    if (!record.take(order, currency.equals(order.currency()))) {
      return false;
    }
    List<Payment> after = record.payments();
    Map<String, Payment> byEvent =
        after.stream().collect(Collectors.toMap(VisitorPurchases::key, Function.identity()));
    tell(before, payment -> !byEvent.containsKey(key(payment)), changes::isVoid);
    tell(after, payment -> !before.contains(payment), changes::holds);
    orders.keep(record);
    return true;
  }

  private static String key(Payment payment) {
    return payment.time() + "@" + payment.eventId();
  }

  private static void tell(
      List<Payment> payments, Predicate<Payment> which, Consumer<Payment> hearer) {
    payments.stream().filter(which).forEach(hearer);
  }

  /** Forgets the events up to a time. */
  public void forget(long upTo) {
    orders
        .all()
        .removeIf(
            record -> {
              record.forget(upTo);
              return record.isEmpty();
            });
  }

  /** Whether nothing is remembered. */
  public boolean isEmpty() {
    return orders.all().isEmpty();
  }

  /** The state value. */
  public byte[] toBytes() {
    return orders.toBytes();
  }

  /** Reads a state value. */
  public static VisitorPurchases ofBytes(byte[] bytes) {
    return new VisitorPurchases(OrderList.ofBytes(bytes, WHAT));
  }
}
