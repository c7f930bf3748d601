package io.millrace.operators.state;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.apache.flink.api.common.typeutils.base.StringSerializer;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.runtime.state.StateSnapshotContext;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.junit.jupiter.api.Test;

/** {@link AwaitedKeys} and {@link HeapValues}, which lie in state as own records. */
class OwnRecordsTest {
  private static final String FORGET = "forget";

  /** Of {@code key@time} remembers the time, until the watermark passes it. */
  private static final class Waiting extends AbstractStreamOperator<String>
      implements OneInputStreamOperator<String, String> {
    private static final long serialVersionUID = 1L;

    private transient AwaitedKeys awaited;
    private transient HeapValues<List<Long>> times;

    @Override
    public void initializeState(StateInitializationContext context) throws Exception {
      super.initializeState(context);
      awaited = new AwaitedKeys("awaited", this, context);
      times = new HeapValues<>("times", new Times(), this, context);
    }

    @Override
    public void processElement(StreamRecord<String> element) {
      String[] parts = element.getValue().split("@");
      if (parts[1].equals(FORGET)) {
        // Its times stay, so that a visit would show.
        awaited.forget(parts[0]);
        return;
      }
      awaited.add(Long.parseLong(parts[1]), parts[0]);
      times.get(parts[0]).add(Long.parseLong(parts[1]));
    }

    @Override
    public void processWatermark(Watermark mark) throws Exception {
      awaited.pass(
          mark.getTimestamp(),
          key -> {
            assertThat(getCurrentKey()).isEqualTo(key);
            List<Long> left = times.peek(key);
            left.stream()
                .filter(time -> time <= mark.getTimestamp())
                .forEach(time -> output.collect(new StreamRecord<>(key + '@' + time)));
            left.removeIf(time -> time <= mark.getTimestamp());
            if (left.isEmpty()) {
              times.remove(key);
            }
          });
      super.processWatermark(mark);
    }

    @Override
    public void snapshotState(StateSnapshotContext context) throws Exception {
      super.snapshotState(context);
      awaited.snapshot();
      times.snapshot();
    }
  }

  private static final class Times implements StateCodec<List<Long>> {
    @Override
    public List<Long> empty() {
      return new ArrayList<>();
    }

    @Override
    public List<Long> decode(byte[] bytes) {
      List<Long> read = new ArrayList<>();
      for (String each : new String(bytes).split(",")) {
        read.add(Long.parseLong(each));
      }
      return read;
    }

    @Override
    public byte[] encode(List<Long> times) {
      return String.join(",", times.stream().map(String::valueOf).toList()).getBytes();
    }
  }

  private final List<KeyedHarness<String, String>> subtasks = new ArrayList<>();

  private void start(OperatorSubtaskState state, int before, int parallelism) throws Exception {
    subtasks.forEach(KeyedHarness::close);
    subtasks.clear();
    for (int i = 0; i < parallelism; i++) {
      subtasks.add(
          new KeyedHarness<>(
              new Waiting(),
              element -> element.split("@")[0],
              StringSerializer.INSTANCE,
              state,
              before,
              parallelism,
              i));
    }
  }

  private OperatorSubtaskState snapshot() throws Exception {
    List<OperatorSubtaskState> states = new ArrayList<>();
    for (KeyedHarness<String, String> subtask : subtasks) {
      states.add(subtask.snapshot());
    }
    return KeyedHarness.together(states.toArray(OperatorSubtaskState[]::new));
  }

  @Test
  void aKeyThatIsForgottenIsNotPassed() throws Exception {
    start(null, 0, 1);
    KeyedHarness<String, String> subtask = subtasks.get(0);
    subtask.process("gone@1");
    subtask.process("stays@2");
    subtask.process("gone@3");
    subtask.process("gone@" + FORGET);
    subtask.watermark(10);
    assertThat(subtask.take()).containsExactly("stays@2");
    subtask.close();
  }

  /** Against a sorted map, with restarts that change the parallelism. */
  @Test
  void whatWaitsIsPassedOnceThroughRestartsAndRescaling() throws Exception {
    Random random = new Random(11);
    TreeMap<Long, List<String>> expected = new TreeMap<>();
    int parallelism = 2;
    start(null, 0, parallelism);
    long watermark = 0;
    for (int round = 0; round < 12; round++) {
      for (int i = 0; i < 20_000; i++) {
        String key = "key-" + random.nextInt(3_000);
        long time = watermark + 1 + random.nextInt(5_000);
        subtasks.get(KeyedHarness.subtaskOf(key, parallelism)).process(key + '@' + time);
        expected.computeIfAbsent(time, any -> new ArrayList<>()).add(key + '@' + time);
      }
      if (round % 3 == 2) {
        OperatorSubtaskState state = snapshot();
        int before = parallelism;
        parallelism = 1 + random.nextInt(4);
        start(state, before, parallelism);
      }
      watermark += random.nextInt(2_000);
      List<String> passed = new ArrayList<>();
      for (KeyedHarness<String, String> subtask : subtasks) {
        subtask.watermark(watermark);
        passed.addAll(subtask.take());
      }
      Map<Long, List<String>> due = expected.headMap(watermark, true);
      List<String> all = new ArrayList<>();
      due.values().forEach(all::addAll);
      assertThat(passed).containsExactlyInAnyOrderElementsOf(all);
      due.clear();
    }
    subtasks.forEach(KeyedHarness::close);
  }
}
