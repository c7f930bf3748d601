package io.millrace.features.rule;

import io.millrace.features.event.Click;
import io.millrace.features.event.ClickType;
import io.millrace.features.event.Order;
import io.millrace.features.event.OrderStatus;
import io.millrace.features.event.VisitorEvent;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Supplier;

/** Events of few entities and few values, and the same events as maps by the contract's names. */
final class RandomEvents {
  static final String[] COUNTRIES = {"DE", "FR", "Xx", ""};
  static final String[] CARDS = {"c1", "c2", "c3"};
  private static final OrderStatus[] STATUSES = OrderStatus.values();
  private static final ClickType[] TYPES = ClickType.values();

  private final Random random;

  RandomEvents(Random random) {
    this.random = random;
  }

  private <T> T maybe(Supplier<T> value) {
    return random.nextInt(3) == 0 ? null : value.get();
  }

  private String oneOf(String... of) {
    return of[random.nextInt(of.length)];
  }

  private String id(String prefix) {
    return prefix + random.nextInt(3);
  }

  VisitorEvent next(long time, String eventId) {
    return random.nextInt(3) == 0 ? click(time, eventId) : order(time, eventId);
  }

  Order order(long time, String eventId) {
    List<Order.Line> lines = new ArrayList<>();
    for (int rest = random.nextInt(3); rest > 0; rest--) {
      lines.add(new Order.Line(id("i"), 1 + random.nextInt(4), null, null));
    }
    return new Order(
        eventId,
        "o" + eventId,
        STATUSES[random.nextInt(3)],
        time,
        random.nextInt(4) == 0 ? "guest-" + eventId : id("v"),
        maybe(() -> id("s")),
        maybe(() -> oneOf("EUR", "USD")),
        lines,
        new Order.Details(
            maybe(() -> (double) random.nextInt(6)),
            maybe(() -> id("u")),
            maybe(() -> id("m")),
            new Order.Payment(
                maybe(() -> oneOf("card", "invoice")),
                maybe(() -> oneOf(CARDS)),
                maybe(() -> oneOf("4711", "4712", "5")),
                maybe(() -> oneOf(COUNTRIES))),
            maybe(() -> id("d")),
            maybe(() -> id("10.0.0.")),
            maybe(() -> oneOf(COUNTRIES)),
            maybe(() -> oneOf(COUNTRIES)),
            maybe(() -> oneOf(COUNTRIES)),
            maybe(() -> id("e")),
            maybe(() -> time - random.nextInt(5_000)),
            maybe(() -> oneOf(COUNTRIES)),
            maybe(() -> oneOf("web", "app"))));
  }

  private Click click(long time, String eventId) {
    ClickType type = TYPES[random.nextInt(4)];
    return new Click(
        eventId,
        type,
        time,
        id("v"),
        type.needsItem() ? id("i") : null,
        type.needsItems() ? List.of("i1", "i2") : List.of(),
        maybe(() -> id("s")),
        new Click.Details(
            maybe(() -> "shoes"),
            null,
            maybe(() -> 1 + random.nextInt(3)),
            maybe(() -> (double) random.nextInt(6)),
            null,
            maybe(() -> "EUR"),
            maybe(() -> random.nextInt(4)),
            null,
            maybe(() -> oneOf("web", "app")),
            null,
            maybe(() -> id("d")),
            null,
            maybe(() -> "curl")));
  }

  /** What the event carries, numbers as doubles; what it does not is left out. */
  static Map<String, Object> asMap(VisitorEvent event) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("event_id", event.eventId());
    map.put("event_time", (double) event.eventTime());
    map.put("visitor_id", event.visitorId());
    if (event instanceof Order order) {
      put(order, map);
    } else {
      put((Click) event, map);
    }
    map.values().removeIf(value -> value == null);
    return map;
  }

  private static void put(Order order, Map<String, Object> map) {
    Order.Details details = order.details();
    map.put("status", order.status().wireName());
    map.put("order_id", order.orderId());
    map.put("session_id", order.sessionId());
    map.put("currency", order.currency());
    map.put("guest", order.visitorId().startsWith("guest-"));
    if (!order.lines().isEmpty()) {
      map.put("lines", (double) order.lines().size());
      map.put("units", (double) order.lines().stream().mapToInt(Order.Line::quantity).sum());
    }
    map.put("total", details.total());
    map.put("user_id", details.userId());
    map.put("merchant_id", details.merchantId());
    map.put("device_id", details.deviceId());
    map.put("ip", details.ip());
    map.put("ip_country", details.ipCountry());
    map.put("billing_country", details.billingCountry());
    map.put("shipping_country", details.shippingCountry());
    map.put("email_hash", details.emailHash());
    map.put("region", details.region());
    map.put("channel", details.channel());
    if (details.accountCreatedAt() != null) {
      map.put("account_created_at", (double) details.accountCreatedAt());
      map.put("account_age_seconds", (order.eventTime() - details.accountCreatedAt()) / 1_000.0);
    }
    map.put("payment.method", details.payment().method());
    map.put("payment.card_id", details.payment().cardId());
    map.put("payment.bin", details.payment().bin());
    map.put("payment.country", details.payment().country());
  }

  private static void put(Click click, Map<String, Object> map) {
    Click.Details details = click.details();
    map.put("event_type", click.type().wireName());
    map.put("item_id", click.itemId());
    map.put("items", click.itemIds().isEmpty() ? null : (double) click.itemIds().size());
    map.put("session_id", click.sessionId());
    map.put("query", details.query());
    map.put("quantity", details.quantity() == null ? null : (double) details.quantity());
    map.put("price", details.price());
    map.put("currency", details.currency());
    map.put("index", details.index() == null ? null : (double) details.index());
    map.put("channel", details.channel());
    map.put("device_id", details.deviceId());
    map.put("user_agent", details.userAgent());
  }
}
