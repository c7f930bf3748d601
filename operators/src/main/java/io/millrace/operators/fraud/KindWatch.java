package io.millrace.operators.fraud;

import io.millrace.features.alert.Suspicion;
import io.millrace.features.alert.Suspicion.Participant;
import io.millrace.features.event.FraudRule;
import io.millrace.features.event.FraudRule.Entity;
import io.millrace.features.event.Order;
import io.millrace.features.event.VisitorEvent;
import io.millrace.features.fraud.SpendingRisk;
import io.millrace.features.order.OrderTotal;
import io.millrace.features.rule.EventValues;
import io.millrace.features.rule.RuleMemory;
import io.millrace.features.watch.EntityIds;
import io.millrace.features.watch.KindSignals;
import io.millrace.features.watch.SignalPlan;
import io.millrace.operators.feature.KeptLayouts;
import io.millrace.operators.fraud.AwaitedEvents.Awaited;
import io.millrace.operators.fraud.Passage.Hit;
import io.millrace.operators.state.WriteBackCache;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import java.util.function.Predicate;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;

/**
 * What an operator that watches one kind of entity knows and does: signals of payments from how an
 * entity spends and what features say, and what rules match. The operator's current key must be the
 * entity asked for.
 */
final class KindWatch {
  private final Entity kind;
  private final KindSignals signals;
  private final WatchSettings settings;
  private final KeptLayouts layouts;
  private final HeardRules rules;
  private final WriteBackCache<WatchedEntity> entities;
  private final EventValues values = new EventValues();

  /** Opens it in an operator's {@code initializeState}. */
  KindWatch(
      Entity kind,
      SignalPlan plan,
      WatchSettings settings,
      AbstractStreamOperator<?> operator,
      StateInitializationContext context)
      throws Exception {
    this.kind = kind;
    this.settings = settings;
    signals = plan.signals(kind);
    layouts =
        signals.features() == null ? null : new KeptLayouts(signals.features(), operator, context);
    rules = new HeardRules(kind, operator, context);
    entities =
        new WriteBackCache<>(
            "watched-" + kind.wireName(),
            new WatchedEntityCodec(
                kind,
                plan,
                layouts == null ? null : layouts.get(),
                settings.maxRows(),
                rules.book()),
            settings.cached(),
            settings.retention(),
            operator,
            context);
  }

  HeardRules rules() {
    return rules;
  }

  /** Whether payments have signals here, so that they wait for what is before them. */
  boolean hasSignals() {
    return !signals.isEmpty();
  }

  /** Whether anything is to be known of an event. */
  boolean concerns(VisitorEvent event) {
    return hasSignals() && event instanceof Order || rules.lookAt(event);
  }

  WriteBackCache.Entry<WatchedEntity> get(String id) throws IOException {
    return entities.get(id);
  }

  /**
   * An event has come, and waits to be settled.
   *
   * @return false if it waits already: then nothing changes
   */
  boolean add(VisitorEvent event, WriteBackCache.Entry<WatchedEntity> entry) {
    WatchedEntity entity = entry.value();
    if (!entity.awaited().add(event)) {
      return false;
    }
    entry.markChanged();
    if (event instanceof Order order) {
      remember(order, entity);
    }
    return true;
  }

  private void remember(Order order, WatchedEntity entity) {
    long tie = Passage.tie(order);
    long amount = amount(order);
    for (SpendingRisk spending : entity.spending()) {
      if (amount != OrderTotal.UNKNOWN) {
        spending.add(order.eventTime(), tie, amount);
      }
    }
    if (entity.features() != null) {
      entity.features().add(signals.row(order, tie));
    }
  }

  /** Of a payment in the currency, in units of an order entry; else unknown. */
  private long amount(Order order) {
    return Passage.isPayment(order) && settings.currency().equals(order.currency())
        ? OrderTotal.of(order)
        : OrderTotal.UNKNOWN;
  }

  /** The signals of a payment with those of the entity, from what is known now. */
  double[] signals(Order payment, double[] before, WatchedEntity entity) {
    if (signals.isEmpty()) {
      return before;
    }
    double[] all = before.clone();
    signals.fill(
        all, payment, Passage.tie(payment), amount(payment), entity.spending(), entity.features());
    return all;
  }

  /** The rules that a payment matches, from what is known now. */
  List<Hit> hits(VisitorEvent event, WatchedEntity entity) {
    if (!rules.lookAt(event)) {
      return List.of();
    }
    List<Hit> hits = new ArrayList<>();
    List<VisitorEvent> before = entity.awaited().before(event, RuleMemory.MAX_AHEAD);
    for (FraudRule rule : entity.rules().ask(rules.book(), before, event, values)) {
      if (rule.state() == FraudRule.State.ACTIVE) {
        hits.add(new Hit(rule.ruleId() + '@' + rule.version(), rule.severity(), rule.action()));
      }
    }
    return hits;
  }

  /**
   * Settles the events that the watermark has passed.
   *
   * @param suspicions takes what rules match
   * @param settled takes each event once its signals can be told
   */
  void settle(
      long watermark,
      WriteBackCache.Entry<WatchedEntity> entry,
      Consumer<Suspicion> suspicions,
      Consumer<Awaited> settled) {
    WatchedEntity entity = entry.value();
    List<Awaited> due = entity.awaited().takeUpTo(watermark);
    if (due.isEmpty()) {
      return;
    }
    entry.markChanged();
    for (Awaited each : due) {
      if (rules.lookAt(each.event())) {
        match(each, entry, suspicions);
      }
      settled.accept(each);
    }
    entity.spending().forEach(spending -> spending.settle(watermark));
  }

  private void match(
      Awaited awaited, WriteBackCache.Entry<WatchedEntity> entry, Consumer<Suspicion> suspicions) {
    VisitorEvent event = awaited.event();
    values.turnTo(event);
    Participant who =
        new Participant(
            event.eventId(),
            event.visitorId(),
            event instanceof Order order ? order.orderId() : null,
            event.eventTime());
    entry
        .value()
        .rules()
        .settle(
            rules.book(),
            values,
            who,
            awaited.tie(),
            EntityIds.named(kind, entry.key()),
            suspicions);
  }

  /** Lets go of what an entity that stays remembers of a visitor by name. */
  void forget(String visitor, long upTo, WriteBackCache.Entry<WatchedEntity> entry) {
    Predicate<VisitorEvent> theirs =
        event -> event.visitorId().equals(visitor) && event.eventTime() <= upTo;
    boolean forgot = entry.value().awaited().forget(theirs);
    forgot |=
        entry.value().rules().forget(who -> who.visitorId().equals(visitor) && who.time() <= upTo);
    if (forgot) {
      entry.markChanged();
    }
  }

  /**
   * Forgets an entity but for the events after a time that still wait, as if only these had ever
   * come. What is settled goes, whatever its time: it cannot be told apart.
   *
   * @param upTo event time, milliseconds since the epoch
   * @param unawaited takes the time of each event that waits no longer
   */
  void forgetWhole(long upTo, WriteBackCache.Entry<WatchedEntity> entry, LongConsumer unawaited) {
    entry
        .value()
        .forget(
            event -> {
              if (event.eventTime() <= upTo) {
                unawaited.accept(event.eventTime());
              }
              return event.eventTime() <= upTo;
            });
    for (Awaited later : entry.value().awaited().all()) {
      if (later.event() instanceof Order order) {
        remember(order, entry.value());
      }
    }
    entry.markChanged();
  }

  void flush() throws IOException {
    entities.flush();
  }

  /** To be called where the operator snapshots its state. */
  void snapshot() throws Exception {
    rules.snapshot();
    if (layouts != null) {
      layouts.snapshot();
    }
  }
}
