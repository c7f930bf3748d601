package io.millrace.operators.fraud;

import io.millrace.features.event.Order;
import io.millrace.features.event.VisitorEvent;
import io.millrace.features.fraud.LabelledRisk;
import io.millrace.features.watch.KindLabels;
import io.millrace.features.watch.SignalPlan;
import io.millrace.operators.fraud.AwaitedEvents.Awaited;
import io.millrace.operators.state.WriteBackCache;
import java.io.IOException;
import java.time.Duration;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.runtime.state.VoidNamespace;
import org.apache.flink.runtime.state.VoidNamespaceSerializer;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.InternalTimer;
import org.apache.flink.streaming.api.operators.InternalTimerService;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.api.operators.Triggerable;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;

/**
 * By entity of one kind: adds to what passes what matured labels say of the entity. A payment that
 * arrives is answered from what is known; one that is settled, when the watermark has passed it, by
 * when all labels have come that were mature.
 */
final class LabelWatch extends AbstractStreamOperator<Passage>
    implements OneInputStreamOperator<Passage, Passage>, Triggerable<String, VoidNamespace> {
  /** So much longer than any correction is heard labels stay as they were put, one by one. */
  private static final Duration MARGIN = Duration.ofDays(1);

  private final int which;
  private final PlanSupplier plan;
  private final WatchSettings settings;
  private final Duration corrections;

  private transient KindLabels labels;
  private transient WriteBackCache<LabelledEntity> entities;
  private transient InternalTimerService<VoidNamespace> timers;

  /**
   * @param which of the plan's labels
   * @param corrections for how long a label that contradicts is heard
   */
  LabelWatch(int which, PlanSupplier plan, WatchSettings settings, Duration corrections) {
    this.which = which;
    this.corrections = corrections;
    this.plan = plan;
    this.settings = settings;
  }

  @Override
  public void initializeState(StateInitializationContext context) throws Exception {
    super.initializeState(context);
    SignalPlan signals = plan.get();
    labels = signals.labels().get(which);
    entities =
        new WriteBackCache<>(
            "labelled-" + labels.name().replace('_', '-'),
            new LabelledEntity.Codec(signals, which),
            settings.cached(),
            settings.retention(),
            this,
            context);
  }

  @Override
  public void open() throws Exception {
    super.open();
    timers = getInternalTimerService("settle", VoidNamespaceSerializer.INSTANCE, this);
  }

  @Override
  public void processElement(StreamRecord<Passage> element) throws Exception {
    Passage passage = element.getValue();
    String id = passage.entity(labels.kind());
    Passage on = id == null ? passage : pass(passage, id);
    if (on != null) {
      output.collect(element.replace(on));
    }
  }

  /** What goes on at once, null for nothing. */
  private Passage pass(Passage passage, String id) throws IOException {
    return switch (passage.phase()) {
      case ARRIVE -> passage.isPayment() ? answered(passage, entities.get(id).value()) : passage;
      case SETTLE -> {
        await(passage, entities.get(id));
        yield null;
      }
      case LEARN -> {
        learn(passage.outcome(), entities.get(id));
        yield passage;
      }
      case FORGET -> {
        forget(passage, entities.get(id));
        yield passage;
      }
    };
  }

  private Passage answered(Passage passage, LabelledEntity entity) {
    double[] signals = passage.signals().clone();
    labels.fill(signals, entity.risk(), passage.event().eventTime());
    return passage.withSignals(signals);
  }

  private void await(Passage passage, WriteBackCache.Entry<LabelledEntity> entry) {
    VisitorEvent event = passage.event();
    entry.value().awaited().add(event);
    entry.value().awaited().settle(event, passage.signals());
    entry.markChanged();
    timers.registerEventTimeTimer(VoidNamespace.INSTANCE, event.eventTime());
  }

  private void learn(Outcome outcome, WriteBackCache.Entry<LabelledEntity> entry) {
    if (outcome.correction()) {
      entry.value().risk().correct(outcome.time(), outcome.tie(), outcome.fraud());
    } else {
      boolean explained = (outcome.explained() & 1L << which) != 0;
      entry.value().risk().put(outcome.time(), outcome.tie(), outcome.fraud(), explained);
      forgetOld(entry.value().risk());
    }
    entry.markChanged();
  }

  /**
   * By the watermark, for payments before it are settled. Labels may come from tasks that are far
   * ahead of those that payments still come from.
   */
  private void forgetOld(LabelledRisk risk) {
    if (timers.currentWatermark() != Long.MIN_VALUE) {
      risk.forget(timers.currentWatermark() - MARGIN.toMillis() - corrections.toMillis());
    }
  }

  private void forget(Passage passage, WriteBackCache.Entry<LabelledEntity> entry) {
    boolean forgot =
        entry
            .value()
            .awaited()
            .forget(
                event ->
                    event.visitorId().equals(passage.visitor())
                        && event.eventTime() <= passage.upTo());
    if (forgot) {
      entry.markChanged();
    }
  }

  @Override
  public void onEventTime(InternalTimer<String, VoidNamespace> timer) throws Exception {
    WriteBackCache.Entry<LabelledEntity> entry = entities.get(timer.getKey());
    for (Awaited each : entry.value().awaited().takeUpTo(timer.getTimestamp())) {
      Order payment = (Order) each.event();
      double[] signals = each.signals().clone();
      labels.fill(signals, entry.value().risk(), payment.eventTime());
      output.collect(new StreamRecord<>(Passage.settle(payment, signals), payment.eventTime()));
      entry.markChanged();
    }
  }

  @Override
  public void onProcessingTime(InternalTimer<String, VoidNamespace> timer) {
    throw new IllegalStateException("payments are settled in event time only");
  }

  @Override
  public void prepareSnapshotPreBarrier(long checkpointId) throws Exception {
    entities.flush();
  }

  @Override
  public void finish() throws Exception {
    entities.flush();
    super.finish();
  }
}
