package io.millrace.operators.kafka;

import io.millrace.features.event.Click;
import io.millrace.features.event.DeadLetter;
import io.millrace.operators.types.EventTypes;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.flink.api.common.JobID;
import org.apache.flink.metrics.Counter;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.clusterframework.types.ResourceID;
import org.apache.flink.runtime.executiongraph.ExecutionGraphTestUtils;
import org.apache.flink.runtime.metrics.groups.TaskManagerMetricGroup;
import org.apache.flink.runtime.metrics.groups.TaskMetricGroup;
import org.apache.flink.runtime.metrics.util.TestingMetricRegistry;
import org.apache.flink.runtime.operators.testutils.MockEnvironment;
import org.apache.flink.runtime.operators.testutils.MockEnvironmentBuilder;
import org.apache.flink.streaming.api.operators.ProcessOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.AbstractStreamOperatorTestHarness;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
import org.apache.flink.util.OutputTag;

/** One subtask of the gate in Flink's operator harness. */
final class GateHarness implements AutoCloseable {
  static final int MAX_PARALLELISM = 16;
  private static final OutputTag<DeadLetter> DEAD_LETTERS =
      new OutputTag<>("dead-letters", EventTypes.DEAD_LETTER);

  private final OneInputStreamOperatorTestHarness<Arrival<Click>, Timed<Click>> harness;
  private final Map<String, Counter> counters = new TreeMap<>();

  /**
   * @param state of all subtasks before, null to begin
   * @param parallelismBefore how many they were
   */
  GateHarness(
      ManualTime time,
      OperatorSubtaskState state,
      int parallelismBefore,
      int parallelism,
      int subtask)
      throws Exception {
    MockEnvironment environment =
        new MockEnvironmentBuilder()
            .setMaxParallelism(MAX_PARALLELISM)
            .setParallelism(parallelism)
            .setSubtaskIndex(subtask)
            .setMetricGroup(metrics())
            .build();
    harness =
        new OneInputStreamOperatorTestHarness<>(
            new ProcessOperator<>(
                new LatenessGate<>(EventTimeSettings.DEFAULT, time, DEAD_LETTERS)),
            Arrival.typeInfo(EventTypes.CLICK).serializer(),
            environment);
    harness.setup(Timed.typeInfo(EventTypes.CLICK).serializer());
    if (state != null) {
      harness.initializeState(
          AbstractStreamOperatorTestHarness.repartitionOperatorState(
              state, MAX_PARALLELISM, parallelismBefore, parallelism, subtask));
    }
    harness.open();
  }

  /** The only subtask, from the beginning. */
  static GateHarness alone(ManualTime time) throws Exception {
    return new GateHarness(time, null, 1, 1, 0);
  }

  private TaskMetricGroup metrics() {
    TestingMetricRegistry registry =
        TestingMetricRegistry.builder()
            .setRegisterConsumer(
                (metric, name, group) -> {
                  if (metric instanceof Counter counter && !name.startsWith("num")) {
                    String reason = group.getAllVariables().get("<reason>");
                    counters.put(reason == null ? name : name + "/" + reason, counter);
                  }
                })
            .build();
    return TaskManagerMetricGroup.createTaskManagerMetricGroup(
            registry, "localhost", ResourceID.generate())
        .addJob(new JobID(), "job")
        .addTask(ExecutionGraphTestUtils.createExecutionAttemptId(), "task");
  }

  void process(Arrival<Click> arrival) throws Exception {
    harness.processElement(new StreamRecord<>(arrival, arrival.eventTime()));
  }

  List<Timed<Click>> passed() {
    return harness.extractOutputValues();
  }

  List<StreamRecord<? extends Timed<Click>>> passedRecords() {
    return harness.extractOutputStreamRecords();
  }

  List<DeadLetter> deadLetters() {
    var letters = harness.getSideOutput(DEAD_LETTERS);
    return letters == null ? List.of() : letters.stream().map(StreamRecord::getValue).toList();
  }

  /** A counter by name, with {@code /reason} where it has one. */
  long count(String name) {
    return counters.get(name).getCount();
  }

  OperatorSubtaskState snapshot() throws Exception {
    return harness.snapshot(1, 1);
  }

  @Override
  public void close() {
    try {
      harness.close();
    } catch (Exception e) {
      throw new AssertionError("the gate does not close", e);
    }
  }
}
