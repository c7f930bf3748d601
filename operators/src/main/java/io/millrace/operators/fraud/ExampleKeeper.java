package io.millrace.operators.fraud;

import io.millrace.features.event.FraudLabel;
import io.millrace.features.event.Order;
import io.millrace.features.fraud.FraudDeclaration;
import io.millrace.features.fraud.MaturingSettings;
import io.millrace.operators.fraud.Passage.Phase;
import io.millrace.operators.kafka.Fact;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.runtime.state.StateSnapshotContext;
import org.apache.flink.runtime.state.VoidNamespace;
import org.apache.flink.runtime.state.VoidNamespaceSerializer;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.InternalTimer;
import org.apache.flink.streaming.api.operators.Triggerable;
import org.apache.flink.streaming.api.operators.TwoInputStreamOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.util.OutputTag;

/**
 * By order: gathers what labels tell of a payment that is settled, which then goes on to be scored,
 * keeps what it looked like until its own label matures, and then makes a lesson of it. The active
 * weights are those of the declaration under which the payment was made; after a change of it the
 * learner leaves the older ones out.
 */
final class ExampleKeeper extends AbstractStreamOperator<DueLesson>
    implements TwoInputStreamOperator<Passage, Fact<FraudLabel>, DueLesson>,
        Triggerable<String, VoidNamespace> {
  /** Settled payments with everything that was told of them. */
  static final OutputTag<Passage> WHOLE = new OutputTag<>("whole payments", Passage.TYPE);

  private final PlanSupplier plan;
  private final MaturingSettings maturing;
  private final WatchSettings settings;

  private transient FraudDeclaration declaration;
  private transient Gathering gathering;
  private transient MaturingPayments payments;

  ExampleKeeper(PlanSupplier plan, MaturingSettings maturing, WatchSettings settings) {
    this.plan = plan;
    this.maturing = maturing;
    this.settings = settings;
  }

  @Override
  public void initializeState(StateInitializationContext context) throws Exception {
    super.initializeState(context);
    declaration = plan.get().declaration();
    gathering = new Gathering("whole-orders", declaration, this, context);
    payments = new MaturingPayments("fraud-examples", maturing, settings, this, context);
  }

  @Override
  public void open() throws Exception {
    super.open();
    payments.open(getInternalTimerService("lessons", VoidNamespaceSerializer.INSTANCE, this));
  }

  @Override
  public void processElement1(StreamRecord<Passage> element) throws Exception {
    Passage passage = element.getValue();
    if (passage.phase() == Phase.FORGET) {
      gathering.forget(passage);
      payments.forget(passage.order());
      return;
    }
    Passage whole = gathering.add(passage);
    if (whole != null) {
      Order order = whole.payment();
      int[] active = declaration.indices(whole.signals());
      payments.arrive(
          order.orderId(), order.eventTime(), DueLesson.fingerprint(declaration), active, null);
      output.collect(WHOLE, new StreamRecord<>(whole, order.eventTime()));
    }
  }

  @Override
  public void processElement2(StreamRecord<Fact<FraudLabel>> element) throws Exception {
    if (!element.getValue().isDeleted()) {
      payments.label(element.getValue().value());
    }
  }

  @Override
  public void onEventTime(InternalTimer<String, VoidNamespace> timer) throws Exception {
    payments.due(
        timer,
        (lesson, payment) ->
            output.collect(
                new StreamRecord<>(
                    new DueLesson(timer.getTimestamp(), payment.mark(), lesson),
                    timer.getTimestamp())));
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
  public void snapshotState(StateSnapshotContext context) throws Exception {
    super.snapshotState(context);
    gathering.snapshot();
  }

  @Override
  public void finish() throws Exception {
    payments.flush();
    super.finish();
  }
}
