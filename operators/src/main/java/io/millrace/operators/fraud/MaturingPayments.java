package io.millrace.operators.fraud;

import io.millrace.features.event.FraudLabel;
import io.millrace.features.fraud.Lesson;
import io.millrace.features.fraud.MaturingPayment;
import io.millrace.features.fraud.MaturingSettings;
import io.millrace.operators.state.WriteBackCache;
import java.io.IOException;
import java.util.function.BiConsumer;
import org.apache.flink.metrics.Counter;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.runtime.state.VoidNamespace;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.InternalTimer;
import org.apache.flink.streaming.api.operators.InternalTimerService;

/**
 * By order: payments and their labels, by the rules of {@link io.millrace.features.fraud.Maturing}.
 * The operator's current key must be the order.
 *
 * <p>Metrics: {@code labels_without_order}, of orders that did not come while the label was kept.
 */
final class MaturingPayments {
  private final MaturingSettings settings;
  private final WriteBackCache<KeptPayment> payments;
  private final Counter withoutOrder;
  private InternalTimerService<VoidNamespace> timers;

  /**
   * Opens them in an operator's {@code initializeState}.
   *
   * @param name of the state
   */
  MaturingPayments(
      String name,
      MaturingSettings settings,
      WatchSettings watch,
      AbstractStreamOperator<?> operator,
      StateInitializationContext context) {
    this.settings = settings;
    payments =
        new WriteBackCache<>(
            name,
            new KeptPayment.Codec(),
            watch.cached(),
            WriteBackCache.FOREVER,
            operator,
            context);
    withoutOrder = operator.getMetricGroup().counter("labels_without_order");
  }

  /** To be called in the operator's {@code open}, with timers that lead to {@link #due}. */
  void open(InternalTimerService<VoidNamespace> lessons) {
    timers = lessons;
  }

  /**
   * A payment is settled; a second time changes nothing.
   *
   * @param mark is given back with its lessons
   * @param trail of the entities that are told, null for none
   */
  void arrive(String order, long time, long mark, int[] active, Trail trail) throws IOException {
    WriteBackCache.Entry<KeptPayment> entry = payments.get(order);
    long before = due(entry.value());
    MaturingPayment payment = entry.value().of(order);
    if (!payment.isKnown()) {
      payment.arrive(time, active);
      entry.value().tell(trail, mark);
      entry.markChanged();
      schedule(before, entry.value());
    }
  }

  void label(FraudLabel label) throws IOException {
    WriteBackCache.Entry<KeptPayment> entry = payments.get(label.orderId());
    long before = due(entry.value());
    entry.value().of(label.orderId()).label(label.labelTime(), label.fraud());
    entry.markChanged();
    schedule(before, entry.value());
  }

  private long due(KeptPayment payment) {
    return payment.maturing() == null ? Long.MAX_VALUE : payment.maturing().due(settings);
  }

  /** An order has one timer, or none. */
  private void schedule(long before, KeptPayment payment) {
    long due = due(payment);
    if (due == before) {
      return;
    }
    if (before != Long.MAX_VALUE) {
      timers.deleteEventTimeTimer(VoidNamespace.INSTANCE, before);
    }
    if (due != Long.MAX_VALUE) {
      timers.registerEventTimeTimer(VoidNamespace.INSTANCE, due);
    }
  }

  /** A timer is due. */
  void due(InternalTimer<String, VoidNamespace> timer, BiConsumer<Lesson, KeptPayment> out)
      throws IOException {
    WriteBackCache.Entry<KeptPayment> entry = payments.get(timer.getKey());
    MaturingPayment payment = entry.value().maturing();
    if (payment == null) {
      return;
    }
    entry.markChanged();
    for (Lesson lesson : payment.advance(timer.getTimestamp(), settings)) {
      out.accept(lesson, entry.value());
    }
    if (payment.isOver(timer.getTimestamp(), settings)) {
      if (!payment.isKnown()) {
        withoutOrder.inc();
      }
      entry.value().forget();
    }
    schedule(timer.getTimestamp(), entry.value());
  }

  /** Nothing is learned of an order any more. */
  void forget(String order) throws IOException {
    WriteBackCache.Entry<KeptPayment> entry = payments.get(order);
    long before = due(entry.value());
    entry.value().forget();
    entry.markChanged();
    schedule(before, entry.value());
  }

  void flush() throws IOException {
    payments.flush();
  }
}
