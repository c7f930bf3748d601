package io.millrace.features.watch;

import static io.millrace.features.algebra.Feature.count;
import static io.millrace.features.algebra.Feature.distinct;
import static io.millrace.features.algebra.Feature.max;
import static io.millrace.features.algebra.Feature.sum;

import io.millrace.features.algebra.Feature;
import io.millrace.features.algebra.FeatureSet;
import io.millrace.features.algebra.Field;
import io.millrace.features.algebra.Filter;
import io.millrace.features.algebra.Row;
import io.millrace.features.algebra.Schema;
import io.millrace.features.event.FraudRule.Entity;
import io.millrace.features.event.Order;
import io.millrace.features.event.OrderStatus;
import io.millrace.features.order.OrderEntry;
import io.millrace.features.order.OrderTotal;
import io.millrace.features.session.Hashes;
import java.time.Duration;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;

/**
 * What can be asked of the orders of an entity, beside how it spends and what labels say. Each name
 * begins with the kind of entity: {@code device_customers}.
 */
final class EntityFeatureSets {
  private static final String STATUS = "status";
  private static final String AMOUNT = "amount";
  private static final String VISITOR = "visitor";
  private static final String CARD = "card";
  private static final String DEVICE = "device";

  private static final Filter PLACED = Filter.is(STATUS, OrderStatus.PLACED.wireName());
  private static final Filter FAILED = Filter.is(STATUS, OrderStatus.PAYMENT_FAILED.wireName());

  private EntityFeatureSets() {}

  /** All that can be asked. */
  static List<Feature> all(Entity kind) {
    String of = kind.wireName() + '_';
    Duration hour = Duration.ofHours(1);
    Duration day = Duration.ofDays(1);
    Duration month = Duration.ofDays(30);
    return List.of(
        count(of + "orders_1h").where(PLACED).over(hour),
        count(of + "orders_1d").where(PLACED).over(day),
        count(of + "orders_30d").where(PLACED).over(month),
        count(of + "failed_1h").where(FAILED).over(hour),
        count(of + "failed_1d").where(FAILED).over(day),
        sum(of + "amount_1d", AMOUNT).where(PLACED).over(day),
        max(of + "amount_30d", AMOUNT).where(PLACED).over(month),
        distinct(of + "customers", VISITOR).where(PLACED).over(month),
        distinct(of + "cards", CARD).where(PLACED).over(month),
        distinct(of + "devices", DEVICE).where(PLACED).over(month));
  }

  /** The features of these names; null where there are none. */
  static FeatureSet of(Entity kind, Collection<String> names) {
    List<Feature> asked =
        all(kind).stream().filter(feature -> names.contains(feature.name())).toList();
    return asked.isEmpty() ? null : FeatureSet.of(kind.wireName(), schema(kind), asked);
  }

  private static Schema schema(Entity kind) {
    return Schema.of(
        kind.wireName(),
        Field.text(STATUS),
        Field.number(AMOUNT, 4),
        Field.text(VISITOR),
        Field.text(CARD),
        Field.text(DEVICE));
  }

  /**
   * An event of an order, as the features of an entity see it. Who and what takes part is told
   * apart and not named: a visitor who is to be forgotten is not found in it.
   */
  static Row row(Order order, long tie, Entity kind, Schema schema) {
    Row.Builder row = schema.row(order.eventTime(), tie);
    long salt = Hashes.of(EntityIds.of(kind, order));
    row.text(STATUS, order.status().wireName());
    long amount = order.status() == OrderStatus.PLACED ? OrderTotal.of(order) : OrderTotal.UNKNOWN;
    if (amount != OrderTotal.UNKNOWN) {
      row.number(AMOUNT, (double) amount / OrderEntry.UNIT);
    }
    name(row, VISITOR, order.visitorId(), salt);
    name(row, CARD, order.details().payment().cardId(), salt);
    name(row, DEVICE, order.details().deviceId(), salt);
    return row.build();
  }

  private static void name(Row.Builder row, String field, String id, long salt) {
    if (id != null) {
      row.text(field, HexFormat.of().toHexDigits(Hashes.mix(Hashes.of(id) ^ salt)));
    }
  }
}
