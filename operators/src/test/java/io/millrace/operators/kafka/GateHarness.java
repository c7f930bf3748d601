package io.millrace.operators.kafka;

import io.millrace.features.event.Click;
import io.millrace.features.event.DeadLetter;
import io.millrace.operators.types.EventTypes;
import io.millrace.operators.types.FlatTypeInfo;
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
import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.streaming.api.operators.ProcessOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.AbstractStreamOperatorTestHarness;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;

/**
 * One subtask of a gate in Flink's operator harness.
 *
 * @param <E> what arrives
 * @param <T> what passes
 */
final class GateHarness<E, T> implements AutoCloseable {
  static final int MAX_PARALLELISM = 16;

  private final OneInputStreamOperatorTestHarness<Arrival<E>, T> harness;
  private final Map<String, Counter> counters = new TreeMap<>();

  private GateHarness(
      ProcessFunction<Arrival<E>, T> gate,
      FlatTypeInfo<E> in,
      FlatTypeInfo<T> out,
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
            new ProcessOperator<>(gate), Arrival.typeInfo(in).serializer(), environment);
    harness.setup(out.serializer());
    if (state != null) {
      harness.initializeState(
          AbstractStreamOperatorTestHarness.repartitionOperatorState(
              state, MAX_PARALLELISM, parallelismBefore, parallelism, subtask));
    }
    harness.open();
  }

  /** The only subtask that judges clicks, from the beginning. */
  static GateHarness<Click, Timed<Click>> alone(ManualTime time) throws Exception {
    return clicks(time, null, 1, 1, 0);
  }

  /**
   * A subtask that judges clicks.
   *
   * @param state of all subtasks before, null to begin
   * @param parallelismBefore how many they were
   */
  static GateHarness<Click, Timed<Click>> clicks(
      ManualTime time,
      OperatorSubtaskState state,
      int parallelismBefore,
      int parallelism,
      int subtask)
      throws Exception {
    return new GateHarness<>(
        new LatenessGate<>(EventTimeSettings.DEFAULT, time),
        EventTypes.CLICK,
        Timed.typeInfo(EventTypes.CLICK),
        state,
        parallelismBefore,
        parallelism,
        subtask);
  }

  /** The only subtask that parts facts of a type from dead letters. */
  static <E> GateHarness<Fact<E>, Fact<E>> facts(FlatTypeInfo<E> type) throws Exception {
    return new GateHarness<>(
        new FactGate<>(), Fact.typeInfo(type), Fact.typeInfo(type), null, 1, 1, 0);
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

  void process(Arrival<E> arrival) throws Exception {
    harness.processElement(new StreamRecord<>(arrival, arrival.eventTime()));
  }

  List<T> passed() {
    return harness.extractOutputValues();
  }

  List<StreamRecord<? extends T>> passedRecords() {
    return harness.extractOutputStreamRecords();
  }

  List<DeadLetter> deadLetters() {
    var letters = harness.getSideOutput(DeadLetterOutlet.TAG);
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
