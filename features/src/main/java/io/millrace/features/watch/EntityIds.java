package io.millrace.features.watch;

import io.millrace.features.event.Click;
import io.millrace.features.event.FraudRule.Entity;
import io.millrace.features.event.Order;
import io.millrace.features.event.VisitorEvent;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Collectors;

/** Which entities an event names. */
public final class EntityIds {
  private static final Map<String, Entity> KINDS =
      Arrays.stream(Entity.values()).collect(Collectors.toMap(Entity::wireName, kind -> kind));

  private EntityIds() {}

  /** The id of the entity of a kind that an event is about, null where it names none. */
  public static String of(Entity kind, VisitorEvent event) {
    return event instanceof Order order ? of(kind, order) : of(kind, (Click) event);
  }

  private static String of(Entity kind, Order order) {
    Order.Details details = order.details();
    return switch (kind) {
      case VISITOR -> order.visitorId();
      case CARD -> details.payment().cardId();
      case DEVICE -> details.deviceId();
      case IP -> details.ip();
      case EMAIL -> details.emailHash();
      case MERCHANT -> details.merchantId();
    };
  }

  private static String of(Entity kind, Click click) {
    return switch (kind) {
      case VISITOR -> click.visitorId();
      case DEVICE -> click.details().deviceId();
      case IP -> click.details().ip();
      case CARD, EMAIL, MERCHANT -> null;
    };
  }

  /** How a declaration names the field by which an order names an entity: {@code card_id}. */
  public static String key(Entity kind) {
    return switch (kind) {
      case VISITOR -> "visitor_id";
      case CARD -> "card_id";
      case DEVICE -> "device_id";
      case IP -> "ip";
      case EMAIL -> "email_hash";
      case MERCHANT -> "merchant_id";
    };
  }

  /** An entity as alerts name it: {@code card:4711}. */
  public static String named(Entity kind, String id) {
    return kind.wireName() + ':' + id;
  }

  /** The kind of an entity as {@link #named} names it. */
  public static Entity kindOf(String named) {
    return KINDS.get(named.substring(0, named.indexOf(':')));
  }
}
