package io.millrace.operators.kafka;

import static io.millrace.operators.kafka.ManualTime.START;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.features.event.Click;
import io.millrace.features.event.InvalidEventException.Reason;
import java.time.Duration;
import org.apache.flink.api.common.eventtime.Watermark;
import org.apache.flink.api.common.eventtime.WatermarkOutput;
import org.junit.jupiter.api.Test;

class PartitionWatermarksTest {
  private static final long NONE = Long.MIN_VALUE;
  private static final Duration LOOK = Duration.ofMillis(200);

  private final ManualTime time = new ManualTime();
  private final PartitionWatermarks<Click> watermarks =
      new PartitionWatermarks<>(EventTimeSettings.DEFAULT, time, time.activity);
  private final Output output = new Output();

  private static final class Output implements WatermarkOutput {
    private long watermark = NONE;
    private boolean idle;

    @Override
    public void emitWatermark(Watermark mark) {
      watermark = Math.max(watermark, mark.getTimestamp());
      idle = false;
    }

    @Override
    public void markIdle() {
      idle = true;
    }

    @Override
    public void markActive() {
      idle = false;
    }
  }

  private void see(Arrival<Click> arrival) {
    watermarks.onEvent(arrival, arrival.eventTime(), output);
  }

  /** Time passes in silence, with a look at every watermark interval. */
  private void silence(Duration silence) {
    for (long passed = 0; passed < silence.toMillis(); passed += LOOK.toMillis()) {
      time.pass(LOOK);
      watermarks.onPeriodicEmit(output);
    }
  }

  @Test
  void staysTheOutOfOrdernessBehindTheNewestEvent() {
    see(Arrivals.click(0, START - 100));
    see(Arrivals.click(0, START - 4_000));
    watermarks.onPeriodicEmit(output);

    assertThat(output.watermark).isEqualTo(START - 100 - 5_000 - 1);
  }

  @Test
  void neverRunsAheadOfTheClock() {
    long ahead = START + Duration.ofMinutes(50).toMillis();

    see(Arrivals.click(0, ahead));
    watermarks.onPeriodicEmit(output);

    assertThat(output.watermark).isEqualTo(START - 5_000 - 1);
  }

  @Test
  void anEventFromTheFutureProvesNoMoreThanWhenItWasLogged() {
    time.jump(Duration.ofHours(1));

    see(Arrivals.click(0, START + 600_000, START - 20));
    watermarks.onPeriodicEmit(output);

    assertThat(output.watermark).isEqualTo(START - 20 - 5_000 - 1);
  }

  @Test
  void goesIdleAfterAShortSilence() {
    see(Arrivals.click(0, START));
    silence(Duration.ofMillis(PartitionWatermarks.IDLE_AFTER_MS - 200));
    assertThat(output.idle).isFalse();

    silence(LOOK);
    assertThat(output.idle).isTrue();
    assertThat(output.watermark).isEqualTo(START - 5_000 - 1);

    see(Arrivals.click(0, time.millis()));
    silence(LOOK);
    assertThat(output.idle).isFalse();
  }

  @Test
  void followsTheClockAfterTheIdleAdvance() {
    see(Arrivals.click(0, START - Duration.ofDays(300).toMillis(), START));
    silence(Duration.ofSeconds(60).minus(LOOK));
    assertThat(output.watermark).isLessThan(START - Duration.ofDays(299).toMillis());

    silence(LOOK);
    assertThat(output.idle).isFalse();
    assertThat(output.watermark).isEqualTo(time.millis() - 5_000 - 1);

    silence(Duration.ofMinutes(40));
    assertThat(time.millis()).isEqualTo(START + Duration.ofMinutes(41).toMillis());
    assertThat(output.watermark).isEqualTo(time.millis() - 5_000 - 1);
  }

  @Test
  void anyEventEndsTheSilence() {
    see(Arrivals.click(0, START));
    silence(Duration.ofSeconds(59));
    see(Arrivals.click(0, START - 60_000));
    silence(Duration.ofSeconds(59));

    assertThat(output.watermark).isEqualTo(START - 5_000 - 1);
  }

  @Test
  void deadLettersDoNotMoveTimeNorBreakTheSilence() {
    see(Arrivals.deadLetter(0, Reason.MALFORMED_JSON, START));
    silence(Duration.ofMinutes(2));
    assertThat(output.watermark).isEqualTo(NONE);

    see(Arrivals.click(0, START));
    for (int i = 0; i < 60; i++) {
      silence(Duration.ofSeconds(1));
      see(Arrivals.deadLetter(0, Reason.MALFORMED_JSON, time.millis()));
    }
    assertThat(output.watermark).isEqualTo(time.millis() - 5_000 - 1);
  }

  @Test
  void withoutAnEventTimeNeverMoves() {
    silence(Duration.ofMinutes(10));

    assertThat(output.idle).isTrue();
    assertThat(output.watermark).isEqualTo(NONE);
  }

  @Test
  void backPressureIsNoSilence() {
    see(Arrivals.click(0, START));
    for (int i = 0; i < 600; i++) {
      time.jump(LOOK);
      watermarks.onPeriodicEmit(output);
    }

    assertThat(output.idle).isFalse();
    assertThat(output.watermark).isEqualTo(START - 5_000 - 1);
  }

  @Test
  void aBlockedTaskHasNotLooked() {
    see(Arrivals.click(0, START));

    time.pass(Duration.ofMinutes(10));
    watermarks.onPeriodicEmit(output);

    assertThat(output.idle).isFalse();
    assertThat(output.watermark).isEqualTo(START - 5_000 - 1);
  }
}
