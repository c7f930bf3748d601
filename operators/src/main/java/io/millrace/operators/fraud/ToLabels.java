package io.millrace.operators.fraud;

import io.millrace.features.event.Order;
import io.millrace.features.watch.EntityIds;
import io.millrace.features.watch.KindLabels;
import io.millrace.operators.fraud.Passage.Phase;
import io.millrace.operators.types.FlatTypeInfo;
import java.util.List;
import java.util.function.Consumer;

/**
 * What goes to the labels of an entity that a payment names.
 *
 * @param phase what it is about
 * @param way in which labels are looked at, as it is declared
 * @param id of the entity
 * @param order the payment's
 * @param eventId the payment; null of {@link Phase#LEARN} and {@link Phase#FORGET}
 * @param time of the payment, milliseconds since the epoch; of {@link Phase#FORGET} up to which
 * @param tie orders the payments of one millisecond
 * @param outcome of {@link Phase#LEARN} what the payment was, else null
 */
record ToLabels(
    Phase phase,
    String way,
    String id,
    String order,
    String eventId,
    long time,
    long tie,
    Outcome outcome) {
  static final FlatTypeInfo<ToLabels> TYPE =
      new FlatTypeInfo<>(ToLabels.class, new ToLabelsSerializer());

  /**
   * What a payment was.
   *
   * @param correction whether it was learned as the contrary before
   * @param explained whether a fraud would be no wonder
   */
  record Outcome(boolean fraud, boolean correction, boolean explained) {}

  /**
   * Asks the labels of the entities that a payment names.
   *
   * @param ways of the plan in which labels are looked at
   * @return a bit for each part that will tell
   */
  static long ask(Phase phase, List<KindLabels> ways, Order payment, Consumer<ToLabels> out) {
    long asked = 0;
    AwaitedPayment about = AwaitedPayment.of(payment);
    for (int i = 0; i < ways.size(); i++) {
      String id = EntityIds.of(ways.get(i).kind(), payment);
      if (id != null) {
        asked |= 1L << Passage.partOfLabels(i);
        out.accept(
            new ToLabels(
                phase,
                ways.get(i).name(),
                id,
                about.order(),
                about.eventId(),
                about.time(),
                about.tie(),
                null));
      }
    }
    return asked;
  }

  static ToLabels learn(String way, String id, String order, long time, long tie, Outcome outcome) {
    return new ToLabels(Phase.LEARN, way, id, order, null, time, tie, outcome);
  }

  static ToLabels forget(String way, String id, String order, long upTo) {
    return new ToLabels(Phase.FORGET, way, id, order, null, upTo, 0, null);
  }

  /** By which it goes. */
  String key() {
    return way + ':' + id;
  }

  /** The way that a {@link #key} is of. */
  static String wayOf(String key) {
    return key.substring(0, key.indexOf(':'));
  }

  /** Whether this, of {@link Phase#FORGET}, is about a payment. */
  boolean isAbout(AwaitedPayment payment) {
    return payment.order().equals(order) && payment.time() <= time;
  }

  AwaitedPayment payment() {
    return new AwaitedPayment(time, tie, order, eventId);
  }
}
