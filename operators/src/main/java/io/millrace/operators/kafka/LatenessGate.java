package io.millrace.operators.kafka;

import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.java.tuple.Tuple2;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.runtime.state.FunctionInitializationContext;
import org.apache.flink.runtime.state.FunctionSnapshotContext;
import org.apache.flink.streaming.api.checkpoint.CheckpointedFunction;
import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.util.Collector;

/**
 * Lets events through that came in time, counts and drops late ones, and puts dead letters aside.
 *
 * <p>An event is late if it is more than the out-of-orderness behind the newest event of its own
 * partition. That depends on nothing but the log: watermarks run ahead in a silence and differ with
 * parallelism and restarts, so they have no say here. Every subtask keeps the newest time of all
 * partitions it has heard of; on restore the greatest holds, however partitions are dealt out.
 *
 * <p>Metrics: {@code events} (valid ones, late ones included), {@code late}, and {@code
 * dead_letters} by {@code reason}.
 */
final class LatenessGate<E> extends ProcessFunction<Arrival<E>, Timed<E>>
    implements CheckpointedFunction {
  private static final ListStateDescriptor<Tuple2<Integer, Long>> NEWEST =
      new ListStateDescriptor<>("newest-by-partition", Types.TUPLE(Types.INT, Types.LONG));
  private static final long NO_EVENT = Long.MIN_VALUE;

  private final long outOfOrderness;
  private final Clock clock;
  private final DeadLetterOutlet deadLetters = new DeadLetterOutlet();

  /** Newest event time by partition number. */
  private transient long[] newest;

  private transient ListState<Tuple2<Integer, Long>> state;
  private transient Counter events;
  private transient Counter late;

  LatenessGate(EventTimeSettings settings, Clock clock) {
    this.outOfOrderness = settings.outOfOrderness().toMillis();
    this.clock = clock;
  }

  @Override
  public void initializeState(FunctionInitializationContext context) throws Exception {
    newest = new long[0];
    state = context.getOperatorStateStore().getUnionListState(NEWEST);
    for (Tuple2<Integer, Long> entry : state.get()) {
      advance(entry.f0, entry.f1);
    }
  }

  @Override
  public void snapshotState(FunctionSnapshotContext context) throws Exception {
    List<Tuple2<Integer, Long>> entries = new ArrayList<>();
    for (int partition = 0; partition < newest.length; partition++) {
      if (newest[partition] != NO_EVENT) {
        entries.add(Tuple2.of(partition, newest[partition]));
      }
    }
    state.update(entries);
  }

  @Override
  public void open(OpenContext context) {
    MetricGroup metrics = getRuntimeContext().getMetricGroup();
    events = metrics.counter("events");
    late = metrics.counter("late");
    deadLetters.open(metrics);
  }

  @Override
  public void processElement(Arrival<E> arrival, Context context, Collector<Timed<E>> out) {
    if (!arrival.isEvent()) {
      deadLetters.put(arrival.deadLetter(), context);
      return;
    }
    events.inc();
    if (isLate(arrival)) {
      late.inc();
    } else {
      out.collect(new Timed<>(arrival.event(), arrival.origin()));
    }
  }

  private boolean isLate(Arrival<E> arrival) {
    int partition = arrival.partition();
    long before = partition < newest.length ? newest[partition] : NO_EVENT;
    if (arrival.eventTime() > before) {
      advance(partition, arrival.provenTime(clock.millis()));
      return false;
    }
    return arrival.eventTime() < before - outOfOrderness;
  }

  private void advance(int partition, long time) {
    if (partition >= newest.length) {
      int known = newest.length;
      newest = Arrays.copyOf(newest, partition + 1);
      Arrays.fill(newest, known, newest.length, NO_EVENT);
    }
    newest[partition] = Math.max(newest[partition], time);
  }
}
