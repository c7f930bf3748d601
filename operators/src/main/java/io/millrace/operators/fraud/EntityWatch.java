package io.millrace.operators.fraud;

import io.millrace.features.alert.Suspicion;
import io.millrace.features.event.FraudRule.Entity;
import io.millrace.features.event.Order;
import io.millrace.features.fraud.FraudDeclaration;
import io.millrace.features.watch.EntityIds;
import io.millrace.features.watch.SignalPlan;
import io.millrace.operators.fraud.AwaitedEvents.Awaited;
import io.millrace.operators.fraud.Passage.Hit;
import io.millrace.operators.fraud.Passage.Phase;
import io.millrace.operators.state.AwaitedKeys;
import io.millrace.operators.state.WriteBackCache;
import java.io.IOException;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.runtime.state.StateSnapshotContext;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.TwoInputStreamOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.util.OutputTag;

/**
 * By entity of any kind but visitors: tells the signals of the entity, and the rules that match, to
 * payments that ask. An event that arrives is told what is known and waits; when the watermark has
 * passed it, rules take it for good, and if it is a payment that is settled, its signals are told
 * from all that is before it, as a side output. Rules come by the second input, broadcast.
 */
final class EntityWatch extends AbstractStreamOperator<Passage>
    implements TwoInputStreamOperator<ToEntity, AdmittedRule, Passage> {
  static final OutputTag<Passage> SETTLED = new OutputTag<>("settled by entities", Passage.TYPE);

  private final List<Entity> kinds;
  private final PlanSupplier plan;
  private final WatchSettings settings;

  private transient FraudDeclaration declaration;
  private transient HeardRules rules;
  private transient Map<Entity, KindWatch> watches;
  private transient AwaitedKeys awaited;

  EntityWatch(List<Entity> kinds, PlanSupplier plan, WatchSettings settings) {
    this.kinds = kinds;
    this.plan = plan;
    this.settings = settings;
  }

  @Override
  public void initializeState(StateInitializationContext context) throws Exception {
    super.initializeState(context);
    SignalPlan signals = plan.get();
    declaration = signals.declaration();
    awaited = new AwaitedKeys("awaited-entities", this, context);
    rules = new HeardRules(this, context);
    watches = new EnumMap<>(Entity.class);
    for (Entity kind : kinds) {
      watches.put(kind, new KindWatch(kind, signals, settings, rules, this, context));
    }
  }

  @Override
  public void processElement1(StreamRecord<ToEntity> element) throws Exception {
    ToEntity to = element.getValue();
    KindWatch watch = watches.get(to.kind());
    WriteBackCache.Entry<WatchedEntity> entry = watch.get(to.key());
    switch (to.phase()) {
      case ARRIVE -> arrive(to, watch, entry);
      case SETTLE -> settle(to, watch, entry);
      case FORGET ->
          // Who was asked tells nothing then, so that nobody waits for it.
          watch.forget(to.visitor(), to.upTo(), entry, each -> tellIfAsked(to.kind(), each, null));
      case LEARN -> throw new IllegalStateException("labels are not learned of here");
    }
  }

  private double[] observation() {
    return declaration.observation();
  }

  private void arrive(ToEntity to, KindWatch watch, WriteBackCache.Entry<WatchedEntity> entry) {
    if (watch.add(to.event(), entry)) {
      awaited.add(to.event().eventTime(), entry.key());
    }
    if (Passage.isPayment(to.event())) {
      Order payment = (Order) to.event();
      output.collect(
          new StreamRecord<>(
              told(
                  Phase.ARRIVE,
                  to.kind(),
                  payment,
                  watch.fill(observation(), payment, entry.value()),
                  watch.hits(payment, entry.value())),
              payment.eventTime()));
    }
  }

  private void settle(ToEntity to, KindWatch watch, WriteBackCache.Entry<WatchedEntity> entry) {
    if (entry.value().awaited().ask(to.event())) {
      entry.markChanged();
    } else {
      // Time was moved on by the clock before it came; it was settled here ahead of what is before.
      Order payment = (Order) to.event();
      tell(to.kind(), payment, watch.fill(observation(), payment, entry.value()));
    }
  }

  private static Passage told(
      Phase phase, Entity kind, Order payment, double[] signals, List<Hit> hits) {
    return Passage.told(
        phase, payment.orderId(), payment.eventId(), Passage.part(kind), signals, hits);
  }

  private void tell(Entity kind, Order payment, double[] signals) {
    output.collect(
        SETTLED,
        new StreamRecord<>(
            told(Phase.SETTLE, kind, payment, signals, List.of()), payment.eventTime()));
  }

  /** Nothing, of an entity that is null. */
  private void tellIfAsked(Entity kind, Awaited each, WatchedEntity entity) {
    if (each.isAsked()) {
      Order payment = (Order) each.event();
      KindWatch watch = watches.get(kind);
      tell(kind, payment, entity == null ? null : watch.fill(observation(), payment, entity));
    }
  }

  @Override
  public void processElement2(StreamRecord<AdmittedRule> element) throws Exception {
    rules.hear(element.getValue());
  }

  @Override
  public void processWatermark(Watermark mark) throws Exception {
    awaited.pass(mark.getTimestamp(), named -> settle(named, mark.getTimestamp()));
    super.processWatermark(mark);
  }

  private void settle(String named, long watermark) throws IOException {
    Entity kind = EntityIds.kindOf(named);
    KindWatch watch = watches.get(kind);
    WriteBackCache.Entry<WatchedEntity> entry = watch.get(named);
    watch.settle(
        watermark, named, entry, this::suspect, each -> tellIfAsked(kind, each, entry.value()));
  }

  private void suspect(Suspicion suspicion) {
    output.collect(Suspicions.TAG, new StreamRecord<>(suspicion, suspicion.time()));
  }

  @Override
  public void prepareSnapshotPreBarrier(long checkpointId) throws Exception {
    flush();
  }

  private void flush() throws IOException {
    for (KindWatch watch : watches.values()) {
      watch.flush();
    }
  }

  @Override
  public void snapshotState(StateSnapshotContext context) throws Exception {
    super.snapshotState(context);
    awaited.snapshot();
    rules.snapshot();
    for (KindWatch watch : watches.values()) {
      watch.snapshot();
    }
  }

  @Override
  public void finish() throws Exception {
    flush();
    super.finish();
  }
}
