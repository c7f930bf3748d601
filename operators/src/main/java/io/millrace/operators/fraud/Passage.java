package io.millrace.operators.fraud;

import io.millrace.features.event.FraudRule;
import io.millrace.features.event.FraudRule.Entity;
import io.millrace.features.event.Order;
import io.millrace.features.event.OrderStatus;
import io.millrace.features.event.VisitorEvent;
import io.millrace.features.session.Hashes;
import io.millrace.features.watch.EntityIds;
import io.millrace.operators.types.FlatTypeInfo;
import java.util.ArrayList;
import java.util.List;

/**
 * Something on its way from one kind of entity to the next.
 *
 * @param phase what it is about
 * @param id the event, or of {@link Phase#LEARN} and {@link Phase#FORGET} the order, null where
 *     there is none
 * @param event what happened; of {@link Phase#ARRIVE} and {@link Phase#SETTLE}, else null
 * @param trail the entities it goes to; of the other two, else null
 * @param origin when the event entered the engine
 * @param signals of a payment as far as they are known, else null
 * @param hits rules that the event matches as it arrives
 * @param outcome of {@link Phase#LEARN}, else null
 * @param visitor of {@link Phase#FORGET} who is to be forgotten, else null
 * @param upTo event time up to which, milliseconds since the epoch
 */
record Passage(
    Phase phase,
    String id,
    VisitorEvent event,
    Trail trail,
    long origin,
    double[] signals,
    List<Hit> hits,
    Outcome outcome,
    String visitor,
    long upTo) {
  static final FlatTypeInfo<Passage> TYPE =
      new FlatTypeInfo<>(Passage.class, new PassageSerializer());

  /** The order of the constants is part of the serialized form. */
  enum Phase {
    /** An event has come; an order is answered. */
    ARRIVE,
    /** The watermark has passed a payment. */
    SETTLE,
    /** What a payment was is known. */
    LEARN,
    /** A visitor is to be forgotten. */
    FORGET
  }

  /**
   * A rule that an event matches.
   *
   * @param rule as an answer names it, {@code r7@3}
   */
  record Hit(String rule, FraudRule.Severity severity, FraudRule.Action action) {}

  static Passage arrive(VisitorEvent event, long origin, double[] signals) {
    return new Passage(
        Phase.ARRIVE, event.eventId(), event, null, origin, signals, List.of(), null, null, 0);
  }

  static Passage settle(Order payment, double[] signals) {
    return new Passage(
        Phase.SETTLE, payment.eventId(), payment, null, 0, signals, List.of(), null, null, 0);
  }

  static Passage learn(String orderId, Trail trail, Outcome outcome) {
    return new Passage(Phase.LEARN, orderId, null, trail, 0, null, List.of(), outcome, null, 0);
  }

  static Passage forget(String orderId, Trail trail, String visitor, long upTo) {
    return new Passage(Phase.FORGET, orderId, null, trail, 0, null, List.of(), null, visitor, upTo);
  }

  Passage withSignals(double[] more) {
    return new Passage(phase, id, event, trail, origin, more, hits, outcome, visitor, upTo);
  }

  Passage withHits(List<Hit> more) {
    List<Hit> all = new ArrayList<>(hits);
    all.addAll(more);
    return new Passage(phase, id, event, trail, origin, signals, all, outcome, visitor, upTo);
  }

  /** The entity of a kind that it goes to, null for none. */
  String entity(Entity kind) {
    return event != null ? EntityIds.of(kind, event) : trail.id(kind);
  }

  /** Where it goes: to the entity, or anywhere if it is about none of the kind. */
  String key(Entity kind) {
    String entity = entity(kind);
    return entity != null ? entity : id != null ? id : visitor;
  }

  /** The order it is about, null for none. */
  String order() {
    return event instanceof Order order ? order.orderId() : event != null ? null : id;
  }

  /** Whether it goes by the order. */
  String orderKey() {
    String order = order();
    return order != null ? order : id != null ? id : visitor;
  }

  /** Whether it is a payment: an order that is placed. */
  boolean isPayment() {
    return isPayment(event);
  }

  static boolean isPayment(VisitorEvent event) {
    return event instanceof Order order && order.status() == OrderStatus.PLACED;
  }

  /** What orders an event among those of its millisecond. */
  static long tie(VisitorEvent event) {
    return event instanceof Order order
        ? Hashes.of(order.orderId() + '\n' + order.eventId())
        : Hashes.of(event.eventId());
  }
}
