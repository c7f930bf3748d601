package io.millrace.operators.profile;

import io.millrace.features.algebra.Layouts;
import io.millrace.features.event.Click;
import io.millrace.features.event.Order;
import io.millrace.features.event.VisitorEvent;
import io.millrace.features.order.VisitorPurchases;
import io.millrace.features.profile.OrderRows;
import io.millrace.features.profile.VisitorProfile;
import io.millrace.features.profile.VisitorRows;
import io.millrace.operators.state.WriteBackCache;
import java.io.IOException;
import org.apache.flink.metrics.Counter;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;

/**
 * Profiles and purchases in keyed state; the operator's current key must be the visitor asked for.
 * Purchases never outlive the profile.
 */
final class KnownVisitors {
  /** Name of the state of profiles. */
  static final String PROFILES = "profiles";

  private final WriteBackCache<VisitorProfile> profiles;
  private final WriteBackCache<VisitorPurchases> purchases;
  private final VisitorRows rows;
  private final String currency;
  private final Counter otherCurrency;
  private final Counter changesTooLate;

  KnownVisitors(
      Layouts layouts,
      KeepSettings settings,
      AbstractStreamOperator<?> operator,
      StateInitializationContext context) {
    profiles =
        new WriteBackCache<>(
            PROFILES,
            new VisitorProfileCodec(layouts, settings.profile().retainedEvents()),
            settings.cachedVisitors(),
            WriteBackCache.FOREVER,
            operator,
            context);
    purchases =
        new WriteBackCache<>(
            "purchases",
            new VisitorPurchasesCodec(),
            settings.cachedVisitors() / 10 + 1,
            WriteBackCache.FOREVER,
            operator,
            context);
    rows = new VisitorRows(layouts.set().schema(), settings.profile().zone());
    currency = settings.profile().currency();
    otherCurrency = operator.getMetricGroup().counter("orders_in_other_currency");
    changesTooLate = operator.getMetricGroup().counter("order_changes_too_late");
  }

  WriteBackCache.Entry<VisitorProfile> get(String visitor) throws IOException {
    return profiles.get(visitor);
  }

  /** See {@link WriteBackCache#peek}. */
  WriteBackCache.Entry<VisitorProfile> peek(String visitor) throws IOException {
    return profiles.peek(visitor);
  }

  /** See {@link WriteBackCache#writeThrough}. */
  void writeThrough(WriteBackCache.Entry<VisitorProfile> entry) throws IOException {
    profiles.writeThrough(entry);
  }

  /** Whether an event says something new of its visitor. */
  boolean take(VisitorEvent event, VisitorProfile profile) throws IOException {
    return event instanceof Click click
        ? profile.add(rows.of(click))
        : take((Order) event, profile);
  }

  private boolean take(Order order, VisitorProfile profile) throws IOException {
    if (order.currency() != null && !order.currency().equals(currency)) {
      otherCurrency.inc();
    }
    WriteBackCache.Entry<VisitorPurchases> entry = purchases.get(order.visitorId());
    OrderRows changes = new OrderRows(rows, profile, order.sessionId());
    entry.value().take(order, currency, changes);
    entry.markChanged();
    changesTooLate.inc(changes.tooLate());
    return changes.changed();
  }

  /** Forgets all that a visitor did up to a time. */
  void forgetUpTo(long time, WriteBackCache.Entry<VisitorProfile> entry) throws IOException {
    VisitorProfile profile = entry.value();
    WriteBackCache.Entry<VisitorPurchases> bought = purchases.get(entry.key());
    bought.value().forget(time, new OrderRows(rows, profile, null));
    bought.markChanged();
    profile.forgetUpTo(time);
    entry.markChanged();
  }

  void flush() throws IOException {
    profiles.flush();
    purchases.flush();
  }
}
