package io.millrace.operators.state;

import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.java.functions.KeySelector;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.state.KeyGroupRangeAssignment;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.AbstractStreamOperatorTestHarness;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.apache.flink.util.OutputTag;

/** One subtask of an operator keyed by a text, in Flink's operator harness. */
public final class KeyedHarness<I, O> implements AutoCloseable {
  /** Key groups. */
  public static final int MAX_PARALLELISM = 16;

  private final KeyedOneInputStreamOperatorTestHarness<String, I, O> harness;
  private long checkpoints;

  /**
   * Opens the subtask.
   *
   * @param output serializer of what comes out
   * @param state of all subtasks before, null to begin
   * @param parallelismBefore how many they were
   */
  public KeyedHarness(
      OneInputStreamOperator<I, O> operator,
      KeySelector<I, String> key,
      TypeSerializer<O> output,
      OperatorSubtaskState state,
      int parallelismBefore,
      int parallelism,
      int subtask)
      throws Exception {
    harness =
        new KeyedOneInputStreamOperatorTestHarness<>(
            operator, key, Types.STRING, MAX_PARALLELISM, parallelism, subtask);
    harness.setup(output);
    if (state != null) {
      harness.initializeState(
          AbstractStreamOperatorTestHarness.repartitionOperatorState(
              state, MAX_PARALLELISM, parallelismBefore, parallelism, subtask));
    }
    harness.open();
  }

  /** Which of so many subtasks a key belongs to. */
  public static int subtaskOf(String key, int parallelism) {
    return KeyGroupRangeAssignment.assignKeyToParallelOperator(key, MAX_PARALLELISM, parallelism);
  }

  /** One record. */
  public void process(I value) throws Exception {
    harness.processElement(new StreamRecord<>(value));
  }

  /** Moves event time. */
  public void watermark(long time) throws Exception {
    harness.processWatermark(time);
  }

  /** Moves the wall clock. */
  public void clock(long time) throws Exception {
    harness.setProcessingTime(time);
  }

  /** What came out since the last call, without watermarks. */
  @SuppressWarnings("unchecked") // the operator puts out nothing else
  public List<O> take() {
    List<O> taken = new ArrayList<>();
    for (Object element = harness.getOutput().poll();
        element != null;
        element = harness.getOutput().poll()) {
      if (element instanceof StreamRecord<?> record) {
        taken.add((O) record.getValue());
      }
    }
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

  /** A checkpoint as the task makes it. */
  public OperatorSubtaskState snapshot() throws Exception {
    checkpoints++;
    harness.getOperator().prepareSnapshotPreBarrier(checkpoints);
    return harness.snapshot(checkpoints, checkpoints);
  }

  /** Keys with state. */
  public int stateEntries() {
    return harness.numKeyedStateEntries();
  }

  /** Event-time timers that are set. */
  public int timers() {
    return harness.numEventTimeTimers();
  }

  /** The state of all subtasks together. */
  public static OperatorSubtaskState together(OperatorSubtaskState... states) throws Exception {
    return AbstractStreamOperatorTestHarness.repackageState(states);
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
