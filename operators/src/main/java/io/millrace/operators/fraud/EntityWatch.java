package io.millrace.operators.fraud;

import io.millrace.features.alert.Suspicion;
import io.millrace.features.event.FraudRule.Entity;
import io.millrace.features.event.Order;
import io.millrace.features.event.VisitorEvent;
import io.millrace.features.watch.SignalPlan;
import io.millrace.operators.fraud.AwaitedEvents.Awaited;
import io.millrace.operators.state.WriteBackCache;
import java.io.IOException;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.runtime.state.StateSnapshotContext;
import org.apache.flink.runtime.state.VoidNamespace;
import org.apache.flink.runtime.state.VoidNamespaceSerializer;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.InternalTimer;
import org.apache.flink.streaming.api.operators.InternalTimerService;
import org.apache.flink.streaming.api.operators.Triggerable;
import org.apache.flink.streaming.api.operators.TwoInputStreamOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;

/**
 * By entity of one kind: adds to what passes the signals of the entity and the rules that match. An
 * event that arrives is answered from what is known and waits; when the watermark has passed it,
 * rules take it for good, and a payment's signals are told from all that is before it. Rules come
 * by the second input, broadcast.
 */
final class EntityWatch extends AbstractStreamOperator<Passage>
    implements TwoInputStreamOperator<Passage, AdmittedRule, Passage>,
        Triggerable<String, VoidNamespace> {
  private final Entity kind;
  private final PlanSupplier plan;
  private final WatchSettings settings;

  private transient KindWatch watch;
  private transient InternalTimerService<VoidNamespace> timers;

  EntityWatch(Entity kind, PlanSupplier plan, WatchSettings settings) {
    this.kind = kind;
    this.plan = plan;
    this.settings = settings;
  }

  @Override
  public void initializeState(StateInitializationContext context) throws Exception {
    super.initializeState(context);
    SignalPlan signals = plan.get();
    watch = new KindWatch(kind, signals, settings, this, context);
  }

  @Override
  public void open() throws Exception {
    super.open();
    timers = getInternalTimerService("settle", VoidNamespaceSerializer.INSTANCE, this);
  }

  @Override
  public void processElement1(StreamRecord<Passage> element) throws Exception {
    Passage passage = element.getValue();
    String id = passage.entity(kind);
    Passage on = id == null ? passage : pass(passage, id);
    if (on != null) {
      output.collect(element.replace(on));
    }
  }

  /** What goes on at once, null for nothing. */
  private Passage pass(Passage passage, String id) throws IOException {
    return switch (passage.phase()) {
      case ARRIVE -> watch.concerns(passage.event()) ? arrive(passage, id) : passage;
      case SETTLE -> settle(passage, id);
      case FORGET -> {
        watch.forget(passage.visitor(), passage.upTo(), watch.get(id));
        yield passage;
      }
      case LEARN -> passage;
    };
  }

  private Passage arrive(Passage passage, String id) throws IOException {
    VisitorEvent event = passage.event();
    WriteBackCache.Entry<WatchedEntity> entry = watch.get(id);
    if (watch.add(event, entry)) {
      timers.registerEventTimeTimer(VoidNamespace.INSTANCE, event.eventTime());
    }
    return passage.isPayment()
        ? passage
            .withSignals(watch.signals((Order) event, passage.signals(), entry.value()))
            .withHits(watch.hits(event, entry.value()))
        : passage;
  }

  private Passage settle(Passage passage, String id) throws IOException {
    if (!watch.hasSignals()) {
      return passage;
    }
    WriteBackCache.Entry<WatchedEntity> entry = watch.get(id);
    if (!entry.value().awaited().settle(passage.event(), passage.signals())) {
      // Time was moved on by the clock before it came; it was settled here ahead of what is before.
      Order payment = (Order) passage.event();
      return passage.withSignals(watch.signals(payment, passage.signals(), entry.value()));
    }
    entry.markChanged();
    return null;
  }

  @Override
  public void processElement2(StreamRecord<AdmittedRule> element) throws Exception {
    watch.rules().hear(element.getValue());
  }

  @Override
  public void onEventTime(InternalTimer<String, VoidNamespace> timer) throws Exception {
    WriteBackCache.Entry<WatchedEntity> entry = watch.get(timer.getKey());
    watch.settle(
        timer.getTimestamp(), entry, this::suspect, settled -> passOn(settled, entry.value()));
  }

  private void suspect(Suspicion suspicion) {
    output.collect(Suspicions.TAG, new StreamRecord<>(suspicion, suspicion.time()));
  }

  /** A payment placed anew is none: what is before it has not told its signals. */
  private void passOn(Awaited settled, WatchedEntity entity) {
    if (settled.signals() != null) {
      Order payment = (Order) settled.event();
      double[] signals = watch.signals(payment, settled.signals(), entity);
      output.collect(new StreamRecord<>(Passage.settle(payment, signals), payment.eventTime()));
    }
  }

  @Override
  public void onProcessingTime(InternalTimer<String, VoidNamespace> timer) {
    throw new IllegalStateException("events are settled in event time only");
  }

  @Override
  public void prepareSnapshotPreBarrier(long checkpointId) throws Exception {
    watch.flush();
  }

  @Override
  public void snapshotState(StateSnapshotContext context) throws Exception {
    super.snapshotState(context);
    watch.snapshot();
  }

  @Override
  public void finish() throws Exception {
    watch.flush();
    super.finish();
  }
}
