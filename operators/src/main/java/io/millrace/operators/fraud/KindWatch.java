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
import java.util.function.Predicate;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;

/**
 * What an operator that watches a kind of entity knows and does: signals of payments from how an
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

  /**
   * Opens it in an operator's {@code initializeState}.
   *
   * @param rules that the operator has heard
   */
  KindWatch(
      Entity kind,
      SignalPlan plan,
      WatchSettings settings,
      HeardRules rules,
      AbstractStreamOperator<?> operator,
      StateInitializationContext context)
      throws Exception {
    this.kind = kind;
    this.settings = settings;
    this.rules = rules;
    signals = plan.signals(kind);
    layouts =
        signals.features() == null ? null : new KeptLayouts(signals.features(), operator, context);
    entities =
        new WriteBackCache<>(
            "watched",
            "watched-" + kind.wireName(),
            new WatchedEntityCodec(
                kind,
                plan,
                layouts == null ? null : layouts.get(),
                settings.maxRows(),
                rules.book(kind)),
            settings.cached(),
            settings.retention(),
            operator,
            context);
  }

  /**
   * What is kept of an entity.
   *
   * @param key the operator's current one
   */
  WriteBackCache.Entry<WatchedEntity> get(String key) throws IOException {
    return entities.get(key);
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

  /**
   * Fills in the signals of a payment that are the entity's, from what is known now.
   *
   * @return the same
   */
  double[] fill(double[] observation, Order payment, WatchedEntity entity) {
    signals.fill(
        observation,
        payment,
        Passage.tie(payment),
        amount(payment),
        entity.spending(),
        entity.features());
    return observation;
  }

  /** The rules that a payment matches, from what is known now. */
  List<Hit> hits(VisitorEvent event, WatchedEntity entity) {
    if (!rules.lookAt(kind, event)) {
      return List.of();
    }
    List<Hit> hits = new ArrayList<>();
    List<VisitorEvent> before = entity.awaited().before(event, RuleMemory.MAX_AHEAD);
    for (FraudRule rule : entity.rules().ask(rules.book(kind), before, event, values)) {
      if (rule.state() == FraudRule.State.ACTIVE) {
        hits.add(new Hit(rule.ruleId() + '@' + rule.version(), rule.severity(), rule.action()));
      }
    }
    return hits;
  }

  /**
   * Settles the events that the watermark has passed.
   *
   * @param watermark event time, milliseconds since the epoch
   * @param named the entity, as alerts name it
   * @param suspicions takes what rules match
   * @param settled takes each event once its signals can be told
   */
  void settle(
      long watermark,
      String named,
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
      if (rules.lookAt(kind, each.event())) {
        match(each, named, entity, suspicions);
      }
      settled.accept(each);
    }
    long settledTo = due.get(due.size() - 1).event().eventTime();
    entity.spending().forEach(spending -> spending.settle(settledTo));
  }

  private void match(
      Awaited awaited, String named, WatchedEntity entity, Consumer<Suspicion> suspicions) {
    VisitorEvent event = awaited.event();
    values.turnTo(event);
    Participant who =
        new Participant(
            event.eventId(),
            event.visitorId(),
            event instanceof Order order ? order.orderId() : null,
            event.eventTime());
    entity.rules().settle(rules.book(kind), values, who, awaited.tie(), named, suspicions);
  }

  /**
   * Lets go of what an entity that stays remembers of a visitor by name.
   *
   * @param unawaited takes each event that waits no longer
   */
  void forget(
      String visitor,
      long upTo,
      WriteBackCache.Entry<WatchedEntity> entry,
      Consumer<Awaited> unawaited) {
    Predicate<VisitorEvent> theirs =
        event -> event.visitorId().equals(visitor) && event.eventTime() <= upTo;
    List<Awaited> forgotten = entry.value().awaited().forget(theirs);
    boolean forgot =
        entry.value().rules().forget(who -> who.visitorId().equals(visitor) && who.time() <= upTo);
    if (forgot || !forgotten.isEmpty()) {
      entry.markChanged();
    }
    forgotten.forEach(unawaited);
  }

  /**
   * Forgets an entity but for the events after a time that still wait, as if only these had ever
   * come. What is settled goes, whatever its time: it cannot be told apart.
   *
   * @param upTo event time, milliseconds since the epoch
   */
  void forgetWhole(long upTo, WriteBackCache.Entry<WatchedEntity> entry) {
    WatchedEntity entity = entry.value();
    entity.awaited().forget(event -> event.eventTime() <= upTo);
    entity.forget();
    for (Awaited later : entity.awaited().all()) {
      if (later.event() instanceof Order order) {
        remember(order, entity);
      }
    }
    entry.markChanged();
  }

  void flush() throws IOException {
    entities.flush();
  }

  /** To be called where the operator snapshots its state. */
  void snapshot() throws Exception {
    if (layouts != null) {
      layouts.snapshot();
    }
  }
}
