package io.millrace.operators.state;

import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.java.functions.KeySelector;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.api.operators.TwoInputStreamOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.runtime.watermarkstatus.WatermarkStatus;
import org.apache.flink.streaming.util.AbstractStreamOperatorTestHarness;
import org.apache.flink.streaming.util.KeyedTwoInputStreamOperatorTestHarness;
import org.apache.flink.util.OutputTag;

/**
 * One subtask of an operator of two inputs in Flink's operator harness: the first keyed by a text,
 * the second by a text too, or told to all and without event time.
 */
public final class TwoInputHarness<A, B, O> implements AutoCloseable {
  private final KeyedTwoInputStreamOperatorTestHarness<String, A, B, O> harness;
  private long checkpoints;

  /**
   * Opens the subtask.
   *
   * @param second key of the second input, null if all subtasks are told it
   * @param output serializer of what comes out
   * @param state of all subtasks before, null to begin
   * @param parallelismBefore how many they were
   */
  public TwoInputHarness(
      TwoInputStreamOperator<A, B, O> operator,
      KeySelector<A, String> first,
      KeySelector<B, String> second,
      TypeSerializer<O> output,
      OperatorSubtaskState state,
      int parallelismBefore,
      int parallelism,
      int subtask)
      throws Exception {
    harness =
        new KeyedTwoInputStreamOperatorTestHarness<>(
            operator,
            first,
            second,
            Types.STRING,
            KeyedHarness.MAX_PARALLELISM,
            parallelism,
            subtask);
    harness.setup(output);
    if (state != null) {
      harness.initializeState(
          AbstractStreamOperatorTestHarness.repartitionOperatorState(
              state, KeyedHarness.MAX_PARALLELISM, parallelismBefore, parallelism, subtask));
    }
    harness.open();
    if (second == null) {
      harness.processWatermarkStatus2(WatermarkStatus.IDLE);
    }
  }

  /** A record of the first input. */
  public void first(A value) throws Exception {
    harness.processElement1(new StreamRecord<>(value));
  }

  /** A record of the second input. */
  public void second(B value) throws Exception {
    harness.processElement2(new StreamRecord<>(value));
  }

  /** Moves event time on the first input. */
  public void watermark(long time) throws Exception {
    harness.processWatermark1(new Watermark(time));
  }

  /** Moves the wall clock. */
  public void clock(long time) throws Exception {
    harness.setProcessingTime(time);
  }

  /** Moves the clock by which state is thrown away. */
  public void stateClock(long time) throws Exception {
    harness.setStateTtlProcessingTime(time);
  }

  /** What came out since the last call. */
  public List<O> take() {
    List<O> taken = new ArrayList<>(harness.extractOutputValues());
    harness.getOutput().clear();
    return taken;
  }

  /** What came out aside since the last call. */
  public <X> List<X> takeSide(OutputTag<X> tag) {
    List<X> taken = new ArrayList<>();
    Queue<StreamRecord<X>> queue = harness.getSideOutput(tag);
    while (queue != null && !queue.isEmpty()) {
      taken.add(queue.poll().getValue());
    }
    return taken;
  }

  /** Keys with state. */
  public int stateEntries() {
    return harness.numKeyedStateEntries();
  }

  /** Timers of event time. */
  public int timers() {
    return harness.numEventTimeTimers();
  }

  /** A checkpoint as the task makes it. */
  public OperatorSubtaskState snapshot() throws Exception {
    checkpoints++;
    harness.getOperator().prepareSnapshotPreBarrier(checkpoints);
    return harness.snapshot(checkpoints, checkpoints);
  }

  @Override
  public void close() {
    try {
      harness.close();
    } catch (Exception e) {
      throw new AssertionError("the operator does not close", e);
    }
  }
}
