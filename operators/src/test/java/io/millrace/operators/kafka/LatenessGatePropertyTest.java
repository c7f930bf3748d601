package io.millrace.operators.kafka;

import static io.millrace.operators.kafka.ManualTime.START;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.features.event.Click;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.util.AbstractStreamOperatorTestHarness;
import org.junit.jupiter.api.Test;

/**
 * What is late depends on the log alone: the same events pass whatever the parallelism, however
 * often the job was restored or rescaled, and however much later it then read on.
 */
class LatenessGatePropertyTest {
  private static final int PARTITIONS = 5;
  private static final long SEED = 20_251_124;

  /** Events of all partitions, interleaved; some late, some from the future. */
  private static List<Arrival<Click>> randomLog(Random random) {
    List<Arrival<Click>> log = new ArrayList<>();
    long logged = START - 600_000;
    for (int i = 0; i < 200; i++) {
      logged += random.nextInt(1_500);
      long lag =
          switch (random.nextInt(20)) {
            case 0 -> -random.nextInt(3_000_000);
            case 1, 2, 3 -> random.nextInt(20_000);
            default -> random.nextInt(6_000);
          };
      log.add(Arrivals.click(random.nextInt(PARTITIONS), logged - lag, logged));
    }
    return log;
  }

  /** The definition, over the whole log, in the plainest words. */
  private static List<Arrival<Click>> onTime(List<Arrival<Click>> log) {
    List<Arrival<Click>> passed = new ArrayList<>();
    for (int i = 0; i < log.size(); i++) {
      Arrival<Click> event = log.get(i);
      boolean late = false;
      for (Arrival<Click> before : log.subList(0, i)) {
        long proven = Math.min(before.eventTime(), before.origin());
        late |= before.partition() == event.partition() && proven - event.eventTime() > 5_000;
      }
      if (!late) {
        passed.add(event);
      }
    }
    return passed;
  }

  @Test
  void isTheSameHoweverTheLogIsRead() throws Exception {
    for (int trial = 0; trial < 40; trial++) {
      Random random = new Random(SEED + trial);
      List<Arrival<Click>> log = randomLog(random);
      List<Arrival<Click>> expected = onTime(log);
      assertThat(expected).hasSizeLessThan(log.size());

      assertThat(read(log, random))
          .as("seed %d", SEED + trial)
          .containsExactlyInAnyOrderElementsOf(
              expected.stream().map(a -> new Timed<>(a.event(), a.origin())).toList());
    }
  }

  /** Reads the log in a few lives of the job, each with its own parallelism and its own crash. */
  private static List<Timed<Click>> read(List<Arrival<Click>> log, Random random) throws Exception {
    ManualTime time = new ManualTime();
    List<Timed<Click>> passed = new ArrayList<>();
    OperatorSubtaskState state = null;
    int parallelismBefore = 1;
    int from = 0;
    while (from < log.size()) {
      int to = Math.min(log.size(), from + 1 + random.nextInt(100));
      int parallelism = 1 + random.nextInt(4);
      List<GateHarness<Click, Timed<Click>>> gates = new ArrayList<>();
      for (int subtask = 0; subtask < parallelism; subtask++) {
        gates.add(GateHarness.clicks(time, state, parallelismBefore, parallelism, subtask));
      }
      int shift = random.nextInt(PARTITIONS);
      process(log.subList(from, to), gates, shift);
      OperatorSubtaskState[] snapshots = new OperatorSubtaskState[parallelism];
      for (int subtask = 0; subtask < parallelism; subtask++) {
        snapshots[subtask] = gates.get(subtask).snapshot();
        passed.addAll(gates.get(subtask).passed());
      }
      // What was read after the checkpoint is lost in the crash and read again.
      process(log.subList(to, Math.min(log.size(), to + random.nextInt(50))), gates, shift);
      for (GateHarness<Click, Timed<Click>> gate : gates) {
        gate.close();
      }
      state = AbstractStreamOperatorTestHarness.repackageState(snapshots);
      parallelismBefore = parallelism;
      from = to;
      time.pass(Duration.ofMinutes(random.nextInt(30)));
    }
    return passed;
  }

  private static void process(
      List<Arrival<Click>> events, List<GateHarness<Click, Timed<Click>>> gates, int shift)
      throws Exception {
    for (Arrival<Click> event : events) {
      gates.get((event.partition() + shift) % gates.size()).process(event);
    }
  }
}
