package io.millrace.operators.fraud;

import io.millrace.features.event.FraudRule;
import io.millrace.features.event.FraudRule.Entity;
import io.millrace.features.event.Order;
import io.millrace.features.event.OrderStatus;
import io.millrace.features.event.VisitorEvent;
import io.millrace.features.session.Hashes;
import io.millrace.operators.types.FlatTypeInfo;
import java.util.List;

/**
 * Something about an order, on its way by the order: a payment, what an entity that was asked tells
 * of one, or that it is to be forgotten.
 *
 * @param phase what it is about
 * @param order the order
 * @param eventId the payment; null of {@link Phase#FORGET}
 * @param payment the payment itself; null where an entity tells, and of {@link Phase#FORGET}
 * @param origin when the payment entered the engine, 0 once it is settled
 * @param part who tells this, −1 where it is the payment itself
 * @param asked of a payment, a bit for each part that will tell of it
 * @param signals as far as whoever sends this knows them, NaN where not; null of {@link
 *     Phase#FORGET}
 * @param hits rules that the payment matches as it arrives
 * @param trail of {@link Phase#FORGET} the entities that were named, else null
 * @param upTo event time up to which, milliseconds since the epoch
 */
record Passage(
    Phase phase,
    String order,
    String eventId,
    Order payment,
    long origin,
    int part,
    long asked,
    double[] signals,
    List<Hit> hits,
    Trail trail,
    long upTo) {
  static final FlatTypeInfo<Passage> TYPE =
      new FlatTypeInfo<>(Passage.class, new PassageSerializer());

  private static final int PAYMENT = -1;

  private static final int KINDS = Entity.values().length;

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

  static Passage arrive(Order payment, long origin, double[] signals, List<Hit> hits, long asked) {
    return of(Phase.ARRIVE, payment, origin, asked, signals, hits);
  }

  static Passage settle(Order payment, double[] signals, long asked) {
    return of(Phase.SETTLE, payment, 0, asked, signals, List.of());
  }

  private static Passage of(
      Phase phase, Order payment, long origin, long asked, double[] signals, List<Hit> hits) {
    return new Passage(
        phase,
        payment.orderId(),
        payment.eventId(),
        payment,
        origin,
        PAYMENT,
        asked,
        signals,
        hits,
        null,
        0);
  }

  /** What one who was asked tells of a payment; null for signals if they have forgotten it. */
  static Passage told(
      Phase phase, String order, String eventId, int part, double[] signals, List<Hit> hits) {
    return new Passage(phase, order, eventId, null, 0, part, 0, signals, hits, null, 0);
  }

  static Passage forget(String order, Trail trail, long upTo) {
    return new Passage(
        Phase.FORGET, order, null, null, 0, PAYMENT, 0, null, List.of(), trail, upTo);
  }

  /** This payment with everything that was told of it. */
  Passage whole(double[] all, List<Hit> allHits) {
    return of(phase, payment, origin, 0, all, allHits);
  }

  /** This payment, of which others were asked now. */
  Passage asking(long others) {
    return of(phase, payment, origin, others, signals, hits);
  }

  /** Whether this is what one who was asked tells. */
  boolean isTold() {
    return part != PAYMENT;
  }

  /** The part that an entity of a kind tells. */
  static int part(Entity kind) {
    return kind.ordinal();
  }

  /** The part that labels tell, by which of the plan's they are. */
  static int partOfLabels(int which) {
    return KINDS + which;
  }

  /** An order that is placed. */
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
