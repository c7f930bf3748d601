package io.millrace.operators.kafka;

import static io.millrace.operators.kafka.ManualTime.START;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.features.event.Click;
import io.millrace.features.event.InvalidEventException.Reason;
import java.time.Duration;
import java.util.List;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.util.AbstractStreamOperatorTestHarness;
import org.junit.jupiter.api.Test;

class LatenessGateTest {
  private static final long ALLOWED = 5_000;

  private final ManualTime time = new ManualTime();

  private static List<Long> times(GateHarness<Click, Timed<Click>> gate) {
    return gate.passed().stream().map(timed -> timed.event().eventTime()).toList();
  }

  @Test
  void dropsWhatIsMoreThanTheOutOfOrdernessBehindItsPartition() throws Exception {
    try (GateHarness<Click, Timed<Click>> gate = GateHarness.alone(time)) {
      gate.process(Arrivals.click(0, START));
      gate.process(Arrivals.click(0, START - ALLOWED));
      gate.process(Arrivals.click(0, START - ALLOWED - 1));

      assertThat(times(gate)).containsExactly(START, START - ALLOWED);
      assertThat(gate.count("events")).isEqualTo(3);
      assertThat(gate.count("late")).isEqualTo(1);
    }
  }

  @Test
  void judgesEachPartitionByItself() throws Exception {
    try (GateHarness<Click, Timed<Click>> gate = GateHarness.alone(time)) {
      gate.process(Arrivals.click(7, START));
      gate.process(Arrivals.click(3, START - 1_000_000));
      gate.process(Arrivals.click(3, START - 1_000_000 - ALLOWED));

      assertThat(gate.passed()).hasSize(3);
      assertThat(gate.count("late")).isZero();
    }
  }

  @Test
  void takesAnEventInOrderAfterALongSilence() throws Exception {
    try (GateHarness<Click, Timed<Click>> gate = GateHarness.alone(time)) {
      gate.process(Arrivals.click(0, START));
      time.pass(Duration.ofHours(2));
      gate.process(Arrivals.click(0, START + 1, time.millis()));

      assertThat(gate.passed()).hasSize(2);
    }
  }

  @Test
  void anEventFromTheFutureMakesNoOtherLate() throws Exception {
    try (GateHarness<Click, Timed<Click>> gate = GateHarness.alone(time)) {
      gate.process(Arrivals.click(0, START + 3_000_000, START));
      gate.process(Arrivals.click(0, START - ALLOWED, START + 1));
      gate.process(Arrivals.click(0, START - ALLOWED - 1, START + 2));

      assertThat(times(gate)).containsExactly(START + 3_000_000, START - ALLOWED);
    }
  }

  @Test
  void anEventWhoseLogTimeIsFromTheFutureMakesNoOtherLate() throws Exception {
    try (GateHarness<Click, Timed<Click>> gate = GateHarness.alone(time)) {
      gate.process(Arrivals.click(0, START + 3_000_000));
      gate.process(Arrivals.click(0, START - ALLOWED));

      assertThat(gate.passed()).hasSize(2);
    }
  }

  @Test
  void keepsEventTimeAndOrigin() throws Exception {
    try (GateHarness<Click, Timed<Click>> gate = GateHarness.alone(time)) {
      gate.process(Arrivals.click(0, START - 3, START - 1));

      assertThat(gate.passedRecords().get(0).getTimestamp()).isEqualTo(START - 3);
      assertThat(gate.passed())
          .containsExactly(
              new Timed<>(Click.view("e" + (START - 3), START - 3, "v", "i"), START - 1));
    }
  }

  @Test
  void putsDeadLettersAsideAndCountsTheReasons() throws Exception {
    try (GateHarness<Click, Timed<Click>> gate = GateHarness.alone(time)) {
      gate.process(Arrivals.deadLetter(0, Reason.TOO_LARGE, START));
      gate.process(Arrivals.deadLetter(2, Reason.WRONG_TYPE, START));
      gate.process(Arrivals.deadLetter(2, Reason.WRONG_TYPE, START));

      assertThat(gate.passed()).isEmpty();
      assertThat(gate.deadLetters())
          .extracting(letter -> letter.reason())
          .containsExactly(Reason.TOO_LARGE, Reason.WRONG_TYPE, Reason.WRONG_TYPE);
      assertThat(gate.count("dead_letters/too_large")).isEqualTo(1);
      assertThat(gate.count("dead_letters/wrong_type")).isEqualTo(2);
      assertThat(gate.count("dead_letters/malformed_json")).isZero();
      assertThat(gate.count("events")).isZero();
    }
  }

  @Test
  void remembersThePartitionsAcrossARestore() throws Exception {
    OperatorSubtaskState state;
    try (GateHarness<Click, Timed<Click>> gate = GateHarness.alone(time)) {
      gate.process(Arrivals.click(0, START));
      gate.process(Arrivals.click(5, START - 60_000));
      state = gate.snapshot();
    }
    try (GateHarness<Click, Timed<Click>> gate = GateHarness.clicks(time, state, 1, 1, 0)) {
      gate.process(Arrivals.click(0, START - ALLOWED - 1));
      gate.process(Arrivals.click(5, START - ALLOWED - 1));

      assertThat(times(gate)).containsExactly(START - ALLOWED - 1);
      assertThat(gate.count("late")).isEqualTo(1);
    }
  }

  /** Subtasks remember partitions that were once another's; what they remember may be old. */
  @Test
  void theNewestMemoryOfAPartitionHolds() throws Exception {
    OperatorSubtaskState old;
    try (GateHarness<Click, Timed<Click>> gate = GateHarness.alone(time)) {
      gate.process(Arrivals.click(0, START - 60_000));
      old = gate.snapshot();
    }
    OperatorSubtaskState state;
    try (GateHarness<Click, Timed<Click>> first = GateHarness.clicks(time, old, 1, 2, 0);
        GateHarness<Click, Timed<Click>> second = GateHarness.clicks(time, old, 1, 2, 1)) {
      first.process(Arrivals.click(0, START));
      state = AbstractStreamOperatorTestHarness.repackageState(first.snapshot(), second.snapshot());
    }
    for (int subtask = 0; subtask < 3; subtask++) {
      try (GateHarness<Click, Timed<Click>> gate = GateHarness.clicks(time, state, 2, 3, subtask)) {
        gate.process(Arrivals.click(0, START - ALLOWED - 1));
        assertThat(gate.passed()).as("subtask %d", subtask).isEmpty();
      }
    }
  }
}
