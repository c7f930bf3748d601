package io.millrace.operators.feature;

import io.millrace.features.algebra.EntityFeatures;
import io.millrace.features.algebra.Row;
import io.millrace.operators.feature.WaitingEvents.Waiting;
import io.millrace.operators.state.WriteBackCache;
import io.millrace.operators.types.FlatTypeInfo;
import java.time.Duration;
import org.apache.flink.metrics.Counter;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.runtime.state.StateSnapshotContext;
import org.apache.flink.runtime.state.VoidNamespace;
import org.apache.flink.runtime.state.VoidNamespaceSerializer;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.InternalTimer;
import org.apache.flink.streaming.api.operators.InternalTimerService;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.api.operators.Triggerable;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;

/**
 * Answers every event of a key with the key's features as of it, when the watermark has passed the
 * event: by then all that counts has arrived, so the answer depends on no order of arrival. The
 * input is keyed by a text.
 *
 * <pre>{@code
 * payments
 *     .keyBy(Payment::customer)
 *     .transform("customer windows", ANSWER, SettledFeatures.of(new CustomerWindows(), PAYMENT))
 *     .uid("customer-windows")
 * }</pre>
 *
 * <p>An event waits in its key's state and counts from the moment it is answered: events that run
 * far ahead of the watermark push nothing out of the windows of those before them. The events of a
 * key are answered in the order (time, tie), each with its own time as timestamp. The same event
 * again is not answered again. One that the watermark has passed already is answered at once; those
 * that were answered before it keep their answers.
 *
 * <p>Beside the values of the keys, which are the state {@code <set>-features}, the layouts they
 * were ever written in are kept once a job ({@code <set>-layouts}): a set whose features changed
 * goes on from an older savepoint, a new feature starting empty and saying since when.
 *
 * <p>Metrics: {@code answered}, {@code duplicates}, and {@code behind_watermark} (answered at
 * once), beside those of {@link WriteBackCache}.
 *
 * @param <E> the events
 * @param <O> the answers
 */
public final class SettledFeatures<E, O> extends AbstractStreamOperator<O>
    implements OneInputStreamOperator<E, O>, Triggerable<String, VoidNamespace> {
  private static final int CACHED = 10_000;

  private final EntityEvents<E, O> entity;
  private final FlatTypeInfo<E> events;
  private final int maxRows;
  private final int cached;
  private final Duration retention;

  private transient KeptLayouts layouts;
  private transient WriteBackCache<SettledEntity<E>> entities;
  private transient InternalTimerService<VoidNamespace> timers;
  private transient Counter answered;
  private transient Counter duplicates;
  private transient Counter behind;

  private SettledFeatures(
      EntityEvents<E, O> entity,
      FlatTypeInfo<E> events,
      int maxRows,
      int cached,
      Duration retention) {
    this.entity = entity;
    this.events = events;
    this.maxRows = maxRows;
    this.cached = cached;
    this.retention = retention;
  }

  /**
   * With {@link EntityFeatures#MAX_ROWS} rows a key, kept for ever.
   *
   * @param events how an event lies in state while it waits
   */
  public static <E, O> SettledFeatures<E, O> of(EntityEvents<E, O> entity, FlatTypeInfo<E> events) {
    return of(entity, events, EntityFeatures.MAX_ROWS, CACHED, WriteBackCache.FOREVER);
  }

  /**
   * The same with bounds of one's own.
   *
   * @param maxRows rows retained of a key at most
   * @param cached keys that a subtask keeps decoded on the heap
   * @param retention wall-clock time without an event after which a key is forgotten, {@link
   *     WriteBackCache#FOREVER} for never
   */
  public static <E, O> SettledFeatures<E, O> of(
      EntityEvents<E, O> entity,
      FlatTypeInfo<E> events,
      int maxRows,
      int cached,
      Duration retention) {
    return new SettledFeatures<>(entity, events, maxRows, cached, retention);
  }

  @Override
  public void initializeState(StateInitializationContext context) throws Exception {
    super.initializeState(context);
    layouts = new KeptLayouts(entity.set(), this, context);
    entities =
        new WriteBackCache<>(
            layouts.get().set().name() + "-features",
            new SettledEntityCodec<>(layouts.get(), maxRows, events.serializer(), this::row),
            cached,
            retention,
            this,
            context);
  }

  @Override
  public void open() throws Exception {
    super.open();
    timers = getInternalTimerService("due", VoidNamespaceSerializer.INSTANCE, this);
    answered = getMetricGroup().counter("answered");
    duplicates = getMetricGroup().counter("duplicates");
    behind = getMetricGroup().counter("behind_watermark");
  }

  private Row row(E event) {
    return entity.row(event, layouts.get().set().schema());
  }

  @Override
  public void processElement(StreamRecord<E> element) throws Exception {
    Waiting<E> event = new Waiting<>(row(element.getValue()), element.getValue());
    WriteBackCache.Entry<SettledEntity<E>> entry = entities.get((String) getCurrentKey());
    if (event.row().time() <= timers.currentWatermark()) {
      behind.inc();
      answer(event, entry);
    } else if (entry.value().waiting().add(event)) {
      entry.markChanged();
      setTimer(entry.value().waiting());
    } else {
      duplicates.inc();
    }
  }

  @Override
  public void onEventTime(InternalTimer<String, VoidNamespace> timer) throws Exception {
    WriteBackCache.Entry<SettledEntity<E>> entry = entities.get(timer.getKey());
    for (Waiting<E> due : entry.value().waiting().takeUpTo(timers.currentWatermark())) {
      answer(due, entry);
    }
    setTimer(entry.value().waiting());
  }

  /** For the next that is due: where it has a timer already, that is the same one. */
  private void setTimer(WaitingEvents<E> waiting) {
    if (!waiting.isEmpty()) {
      timers.registerEventTimeTimer(VoidNamespace.INSTANCE, waiting.first().row().time());
    }
  }

  private void answer(Waiting<E> event, WriteBackCache.Entry<SettledEntity<E>> entry) {
    entry.markChanged();
    Row row = event.row();
    EntityFeatures features = entry.value().features();
    if (!features.add(row)) {
      duplicates.inc();
      return;
    }
    O answer = entity.answer(event.event(), features.values(row.time(), row.tie()));
    output.collect(new StreamRecord<>(answer, row.time()));
    answered.inc();
  }

  @Override
  public void onProcessingTime(InternalTimer<String, VoidNamespace> timer) {
    throw new IllegalStateException("events are answered in event time only");
  }

  @Override
  public void prepareSnapshotPreBarrier(long checkpointId) throws Exception {
    entities.flush();
  }

  @Override
  public void snapshotState(StateSnapshotContext context) throws Exception {
    super.snapshotState(context);
    layouts.snapshot();
  }

  @Override
  public void finish() throws Exception {
    entities.flush();
    super.finish();
  }
}
