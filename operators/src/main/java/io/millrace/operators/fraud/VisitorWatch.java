package io.millrace.operators.fraud;

import io.millrace.features.alert.Suspicion;
import io.millrace.features.event.Click;
import io.millrace.features.event.Erasure;
import io.millrace.features.event.ErasureReceipt;
import io.millrace.features.event.FraudRule.Entity;
import io.millrace.features.event.Order;
import io.millrace.features.event.VisitorEvent;
import io.millrace.features.session.VisitorIds;
import io.millrace.features.watch.SignalPlan;
import io.millrace.operators.forget.Forget;
import io.millrace.operators.forget.ForgottenVisitors;
import io.millrace.operators.fraud.AwaitedEvents.Awaited;
import io.millrace.operators.kafka.Timed;
import io.millrace.operators.state.OwnKeys;
import io.millrace.operators.state.WriteBackCache;
import io.millrace.operators.types.EventTypes;
import java.io.IOException;
import java.time.Duration;
import org.apache.flink.metrics.Counter;
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
import org.apache.flink.util.OutputTag;

/**
 * By visitor, where every event enters: leaves out what came before, watches the visitor as {@link
 * EntityWatch} does other entities, and settles a payment when the watermark has passed it. It
 * knows where a visitor left traces, so that an erasure goes the way the visitor's events went.
 *
 * <p>Metrics: {@code duplicates}, {@code forgotten_events}, and {@code orders_placed_anew}.
 */
final class VisitorWatch extends AbstractStreamOperator<Passage>
    implements TwoInputStreamOperator<Timed<VisitorEvent>, VisitorNews, Passage>,
        Triggerable<String, VoidNamespace> {
  static final OutputTag<ErasureReceipt> RECEIPTS =
      new OutputTag<>("fraud-receipts", EventTypes.ERASURE_RECEIPT);

  private final String job;
  private final PlanSupplier plan;
  private final WatchSettings settings;
  private final Duration trailsFor;

  private transient SignalPlan signals;
  private transient KindWatch watch;
  private transient WriteBackCache<Trails> trails;
  private transient ForgottenVisitors forgotten;
  private transient InternalTimerService<VoidNamespace> timers;
  private transient Counter duplicates;
  private transient Counter forgottenEvents;
  private transient Counter placedAnew;

  /**
   * @param job its name on receipts
   * @param trailsFor event time for which anything is kept that an event left
   */
  VisitorWatch(String job, PlanSupplier plan, WatchSettings settings, Duration trailsFor) {
    this.job = job;
    this.plan = plan;
    this.settings = settings;
    this.trailsFor = trailsFor;
  }

  @Override
  public void initializeState(StateInitializationContext context) throws Exception {
    super.initializeState(context);
    signals = plan.get();
    watch = new KindWatch(Entity.VISITOR, signals, settings, this, context);
    trails =
        new WriteBackCache<>(
            "fraud-trails",
            new TrailsCodec(),
            settings.cached(),
            longer(settings.retention(), trailsFor),
            this,
            context);
    forgotten = new ForgottenVisitors(settings.retention(), this, context);
  }

  private static Duration longer(Duration one, Duration other) {
    return one.compareTo(other) >= 0 ? one : other;
  }

  @Override
  public void open() throws Exception {
    super.open();
    timers = getInternalTimerService("settle", VoidNamespaceSerializer.INSTANCE, this);
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
    if (event instanceof Click && !watch.rules().anyLooksAtClicks()) {
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
    timers.registerEventTimeTimer(VoidNamespace.INSTANCE, event.eventTime());
    output.collect(
        new StreamRecord<>(arrived(element.getValue(), entry.value()), event.eventTime()));
  }

  private Passage arrived(Timed<VisitorEvent> timed, WatchedEntity entity) {
    VisitorEvent event = timed.event();
    if (!Passage.isPayment(event)) {
      return Passage.arrive(event, timed.origin(), null);
    }
    Order payment = (Order) event;
    double[] known = watch.signals(payment, signals.observe(payment), entity);
    return Passage.arrive(event, timed.origin(), known).withHits(watch.hits(event, entity));
  }

  @Override
  public void onEventTime(InternalTimer<String, VoidNamespace> timer) throws Exception {
    WriteBackCache.Entry<WatchedEntity> entry = watch.get(timer.getKey());
    WriteBackCache.Entry<Trails> left = trails.get(timer.getKey());
    watch.settle(
        timer.getTimestamp(), entry, this::suspect, each -> settle(each, entry.value(), left));
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
    double[] known = watch.signals(payment, signals.observe(payment), entity);
    output.collect(new StreamRecord<>(Passage.settle(payment, known), payment.eventTime()));
  }

  @Override
  public void processElement2(StreamRecord<VisitorNews> element) throws Exception {
    VisitorNews news = element.getValue();
    if (news.rule() != null) {
      watch.rules().hear(news.rule());
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
    watch.forgetWhole(
        upTo, entry, time -> timers.deleteEventTimeTimer(VoidNamespace.INSTANCE, time));
    WriteBackCache.Entry<Trails> left = trails.get(visitor);
    for (Trails.Left each : left.value().takeUpTo(upTo)) {
      output.collect(new StreamRecord<>(Passage.forget(each.order(), each.trail(), visitor, upTo)));
    }
    left.markChanged();
    output.collect(RECEIPTS, new StreamRecord<>(new ErasureReceipt(visitor, job, upTo, clock())));
  }

  private long clock() {
    return getProcessingTimeService().getCurrentProcessingTime();
  }

  @Override
  public void onProcessingTime(InternalTimer<String, VoidNamespace> timer) {
    throw new IllegalStateException("events are settled in event time only");
  }

  @Override
  public void prepareSnapshotPreBarrier(long checkpointId) throws Exception {
    watch.flush();
    trails.flush();
  }

  @Override
  public void snapshotState(StateSnapshotContext context) throws Exception {
    super.snapshotState(context);
    watch.snapshot();
    forgotten.snapshot();
  }

  @Override
  public void finish() throws Exception {
    watch.flush();
    trails.flush();
    super.finish();
  }
}
