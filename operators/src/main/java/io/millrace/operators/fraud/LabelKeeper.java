package io.millrace.operators.fraud;

import io.millrace.features.event.FraudLabel;
import io.millrace.features.event.Order;
import io.millrace.features.fraud.Lesson;
import io.millrace.features.fraud.MaturingSettings;
import io.millrace.features.watch.KindLabels;
import io.millrace.operators.kafka.Fact;
import java.io.IOException;
import java.util.List;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.runtime.state.VoidNamespace;
import org.apache.flink.runtime.state.VoidNamespaceSerializer;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.InternalTimer;
import org.apache.flink.streaming.api.operators.Triggerable;
import org.apache.flink.streaming.api.operators.TwoInputStreamOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;

/**
 * By order: keeps which entities a payment named until its label matures, and then tells them what
 * it was. It stands between the entities that labels do not move, whose signals say whether a fraud
 * is explained, and those that they do.
 */
final class LabelKeeper extends AbstractStreamOperator<Passage>
    implements TwoInputStreamOperator<Passage, Fact<FraudLabel>, Passage>,
        Triggerable<String, VoidNamespace> {
  /** Bits of what is explained in each of the numbers that a payment keeps. */
  private static final int BITS = 31;

  private final PlanSupplier plan;
  private final MaturingSettings maturing;
  private final WatchSettings settings;

  private transient List<KindLabels> labels;
  private transient MaturingPayments payments;

  LabelKeeper(PlanSupplier plan, MaturingSettings maturing, WatchSettings settings) {
    this.plan = plan;
    this.maturing = maturing;
    this.settings = settings;
  }

  @Override
  public void initializeState(StateInitializationContext context) throws Exception {
    super.initializeState(context);
    labels = plan.get().labels();
    if (labels.size() > BITS) {
      throw new IllegalArgumentException(
          labels.size() + " entities with labels; declare " + BITS + " at most");
    }
    payments = new MaturingPayments("labelled-orders", maturing, settings, this, context);
  }

  @Override
  public void open() throws Exception {
    super.open();
    payments.open(getInternalTimerService("labels", VoidNamespaceSerializer.INSTANCE, this));
  }

  @Override
  public void processElement1(StreamRecord<Passage> element) throws Exception {
    Passage passage = element.getValue();
    switch (passage.phase()) {
      case SETTLE -> keep(passage);
      case FORGET -> {
        if (passage.order() != null) {
          payments.forget(passage.order());
        }
      }
      case ARRIVE, LEARN -> {
        // They pass.
      }
    }
    output.collect(element);
  }

  private void keep(Passage passage) throws IOException {
    Order order = (Order) passage.event();
    int explained = 0;
    for (int i = 0; i < labels.size(); i++) {
      explained |= labels.get(i).explains(passage.signals()) ? 1 << i : 0;
    }
    payments.arrive(
        order.orderId(),
        order.eventTime(),
        Passage.tie(order),
        new int[] {explained},
        Trail.of(order));
  }

  @Override
  public void processElement2(StreamRecord<Fact<FraudLabel>> element) throws Exception {
    if (!element.getValue().isDeleted()) {
      payments.label(element.getValue().value());
    }
  }

  @Override
  public void onEventTime(InternalTimer<String, VoidNamespace> timer) throws Exception {
    payments.due(timer, (lesson, payment) -> tell(lesson, payment, timer));
  }

  private void tell(
      Lesson lesson, KeptPayment payment, InternalTimer<String, VoidNamespace> timer) {
    Outcome outcome =
        new Outcome(
            lesson.time(), payment.mark(), lesson.fraud(), lesson.correction(), lesson.active()[0]);
    output.collect(
        new StreamRecord<>(
            Passage.learn(timer.getKey(), payment.trail(), outcome), timer.getTimestamp()));
  }

  @Override
  public void onProcessingTime(InternalTimer<String, VoidNamespace> timer) {
    throw new IllegalStateException("labels mature in event time only");
  }

  @Override
  public void prepareSnapshotPreBarrier(long checkpointId) throws Exception {
    payments.flush();
  }

  @Override
  public void finish() throws Exception {
    payments.flush();
    super.finish();
  }
}
