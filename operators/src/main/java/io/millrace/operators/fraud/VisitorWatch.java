package io.millrace.operators.fraud;

import io.millrace.features.alert.Suspicion;
import io.millrace.features.event.Click;
import io.millrace.features.event.Erasure;
import io.millrace.features.event.ErasureReceipt;
import io.millrace.features.event.FraudRule.Entity;
import io.millrace.features.event.Order;
import io.millrace.features.event.VisitorEvent;
import io.millrace.features.session.VisitorIds;
import io.millrace.features.watch.EntityIds;
import io.millrace.features.watch.SignalPlan;
import io.millrace.operators.forget.Forget;
import io.millrace.operators.forget.ForgottenVisitors;
import io.millrace.operators.fraud.AwaitedEvents.Awaited;
import io.millrace.operators.fraud.Passage.Hit;
import io.millrace.operators.fraud.Passage.Phase;
import io.millrace.operators.kafka.Timed;
import io.millrace.operators.state.AwaitedKeys;
import io.millrace.operators.state.OwnKeys;
import io.millrace.operators.state.WriteBackCache;
import io.millrace.operators.types.EventTypes;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.apache.flink.metrics.Counter;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.runtime.state.StateSnapshotContext;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.TwoInputStreamOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.util.OutputTag;

/**
 * By visitor, where every event enters: leaves out what came before, watches the visitor as {@link
 * EntityWatch} does other entities, and sends a payment on its way, once when it arrives and once
 * when it is settled, as the watermark has passed it, having asked all who know something of it. It
 * knows where a visitor left traces, so that an erasure goes the way the visitor's events went.
 * Payments that arrive are its output; those that are settled, and what entities are asked, are
 * side outputs.
 *
 * <p>Metrics: {@code duplicates}, {@code forgotten_events}, and {@code orders_placed_anew}.
 */
final class VisitorWatch extends AbstractStreamOperator<Passage>
    implements TwoInputStreamOperator<Timed<VisitorEvent>, VisitorNews, Passage> {
  static final OutputTag<ErasureReceipt> RECEIPTS =
      new OutputTag<>("fraud-receipts", EventTypes.ERASURE_RECEIPT);

  static final OutputTag<Passage> SETTLED = new OutputTag<>("settled payments", Passage.TYPE);
  static final OutputTag<ToEntity> TO_ENTITIES = new OutputTag<>("to entities", ToEntity.TYPE);
  static final OutputTag<ToLabels> TO_LABELS = new OutputTag<>("to labels", ToLabels.TYPE);

  private final String job;
  private final List<Entity> kinds;
  private final PlanSupplier plan;
  private final WatchSettings settings;
  private final Duration trailsFor;

  private transient SignalPlan signals;
  private transient HeardRules rules;
  private transient KindWatch watch;
  private transient WriteBackCache<Trails> trails;
  private transient ForgottenVisitors forgotten;
  private transient AwaitedKeys awaited;
  private transient Counter duplicates;
  private transient Counter forgottenEvents;
  private transient Counter placedAnew;

  /**
   * @param job its name on receipts
   * @param kinds of other entities that are watched
   * @param trailsFor event time for which anything is kept that an event left
   */
  VisitorWatch(
      String job,
      List<Entity> kinds,
      PlanSupplier plan,
      WatchSettings settings,
      Duration trailsFor) {
    this.job = job;
    this.kinds = kinds;
    this.plan = plan;
    this.settings = settings;
    this.trailsFor = trailsFor;
  }

  @Override
  public void initializeState(StateInitializationContext context) throws Exception {
    super.initializeState(context);
    signals = plan.get();
    rules = new HeardRules(this, context);
    watch = new KindWatch(Entity.VISITOR, signals, settings, rules, this, context);
    trails =
        new WriteBackCache<>(
            "fraud-trails",
            new TrailsCodec(),
            settings.cached(),
            longer(settings.retention(), trailsFor),
            this,
            context);
    awaited = new AwaitedKeys("awaited-visitors", this, context);
    forgotten = new ForgottenVisitors(settings.retention(), this, context);
  }

  private static Duration longer(Duration one, Duration other) {
    return one.compareTo(other) >= 0 ? one : other;
  }

  @Override
  public void open() throws Exception {
    super.open();
    duplicates = getMetricGroup().counter("duplicates");
    forgottenEvents = getMetricGroup().counter("forgotten_events");
    placedAnew = getMetricGroup().counter("orders_placed_anew");
  }

  @Override
  public void processElement1(StreamRecord<Timed<VisitorEvent>> element) throws Exception {
    VisitorEvent event = element.getValue().event();
    String visitor = event.visitorId();
    if (forgotten.erased().erases(VisitorIds.of(visitor), event.eventTime())) {
      forgottenEvents.inc();
      return;
    }
    if (event instanceof Click && !rules.anyLooksAtClicks()) {
      return;
    }
    WriteBackCache.Entry<Trails> left = trails.get(visitor);
    if (!left.value().add(event, event.eventTime() - trailsFor.toMillis())) {
      duplicates.inc();
      return;
    }
    left.markChanged();
    WriteBackCache.Entry<WatchedEntity> entry = watch.get(visitor);
    watch.add(event, entry);
    awaited.add(event.eventTime(), visitor);
    long asked = ask(Phase.ARRIVE, event);
    if (Passage.isPayment(event)) {
      Order payment = (Order) event;
      asked |= ToLabels.ask(Phase.ARRIVE, signals.labels(), payment, this::askLabels);
      double[] known = watch.fill(signals.observe(payment), payment, entry.value());
      List<Hit> hits = watch.hits(payment, entry.value());
      send(Passage.arrive(payment, element.getValue().origin(), known, hits, asked));
    }
  }

  /** Asks whom an event names, if anything is to be known of them; returns who will tell. */
  private long ask(Phase phase, VisitorEvent event) {
    long asked = 0;
    for (Entity kind : kinds) {
      String id = concerns(phase, kind, event) ? EntityIds.of(kind, event) : null;
      if (id != null) {
        asked |= 1L << Passage.part(kind);
        output.collect(
            TO_ENTITIES,
            new StreamRecord<>(ToEntity.about(phase, kind, id, event), event.eventTime()));
      }
    }
    return asked;
  }

  /** Rules settle events by themselves. */
  private boolean concerns(Phase phase, Entity kind, VisitorEvent event) {
    return event instanceof Order && !signals.signals(kind).isEmpty()
        || phase == Phase.ARRIVE && rules.lookAt(kind, event);
  }

  private void askLabels(ToLabels question) {
    output.collect(TO_LABELS, new StreamRecord<>(question, question.time()));
  }

  private void send(Passage passage) {
    output.collect(new StreamRecord<>(passage, passage.payment().eventTime()));
  }

  @Override
  public void processWatermark(Watermark mark) throws Exception {
    awaited.pass(mark.getTimestamp(), visitor -> settle(visitor, mark.getTimestamp()));
    super.processWatermark(mark);
  }

  private void settle(String visitor, long watermark) throws IOException {
    WriteBackCache.Entry<WatchedEntity> entry = watch.get(visitor);
    WriteBackCache.Entry<Trails> left = trails.get(visitor);
    watch.settle(
        watermark,
        EntityIds.named(Entity.VISITOR, visitor),
        entry,
        this::suspect,
        each -> settle(each, entry.value(), left));
  }

  private void suspect(Suspicion suspicion) {
    output.collect(Suspicions.TAG, new StreamRecord<>(suspicion, suspicion.time()));
  }

  private void settle(Awaited awaited, WatchedEntity entity, WriteBackCache.Entry<Trails> left) {
    if (!Passage.isPayment(awaited.event())) {
      return;
    }
    Order payment = (Order) awaited.event();
    left.markChanged();
    if (!left.value().settle(payment)) {
      placedAnew.inc();
      return;
    }
    double[] known = watch.fill(signals.observe(payment), payment, entity);
    Passage settled = Passage.settle(payment, known, ask(Phase.SETTLE, payment));
    output.collect(SETTLED, new StreamRecord<>(settled, payment.eventTime()));
  }

  @Override
  public void processElement2(StreamRecord<VisitorNews> element) throws Exception {
    VisitorNews news = element.getValue();
    if (news.rule() != null) {
      rules.hear(news.rule());
    } else {
      forget(news.erasure());
    }
  }

  private void forget(Erasure erasure) throws IOException {
    String visitor = erasure.visitorId();
    long upTo = erasure.requestedAt();
    boolean news = forgotten.hear(new Forget(visitor, Forget.Kind.ERASE, upTo));
    if (!news || !OwnKeys.contain(this, visitor)) {
      return;
    }
    setCurrentKey(visitor);
    WriteBackCache.Entry<WatchedEntity> entry = watch.get(visitor);
    watch.forgetWhole(upTo, entry);
    awaited.forget(visitor);
    for (Awaited later : entry.value().awaited().all()) {
      awaited.add(later.event().eventTime(), visitor);
    }
    WriteBackCache.Entry<Trails> left = trails.get(visitor);
    for (Trails.Left each : left.value().takeUpTo(upTo)) {
      forget(each, visitor, upTo);
    }
    left.markChanged();
    output.collect(RECEIPTS, new StreamRecord<>(new ErasureReceipt(visitor, job, upTo, clock())));
  }

  private void forget(Trails.Left left, String visitor, long upTo) {
    for (Entity kind : kinds) {
      String id = left.trail().id(kind);
      if (id != null) {
        output.collect(TO_ENTITIES, new StreamRecord<>(ToEntity.forget(kind, id, visitor, upTo)));
      }
    }
    if (left.order() != null) {
      // Behind the order's payments on both of their ways.
      Passage forget = Passage.forget(left.order(), left.trail(), upTo);
      output.collect(new StreamRecord<>(forget));
      output.collect(SETTLED, new StreamRecord<>(forget));
    }
  }

  private long clock() {
    return getProcessingTimeService().getCurrentProcessingTime();
  }

  @Override
  public void prepareSnapshotPreBarrier(long checkpointId) throws Exception {
    watch.flush();
    trails.flush();
  }

  @Override
  public void snapshotState(StateSnapshotContext context) throws Exception {
    super.snapshotState(context);
    rules.snapshot();
    watch.snapshot();
    awaited.snapshot();
    forgotten.snapshot();
  }

  @Override
  public void finish() throws Exception {
    watch.flush();
    trails.flush();
    super.finish();
  }
}
