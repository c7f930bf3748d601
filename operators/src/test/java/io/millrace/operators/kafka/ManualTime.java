package io.millrace.operators.kafka;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.apache.flink.util.clock.ManualClock;

/** A clock on the wall that a test moves, and the activity clock that goes with it. */
final class ManualTime extends Clock {
  static final long START = 1_763_985_600_000L;

  final ManualClock activity = new ManualClock();
  private long now = START;

  /** Time passes while the source reads. */
  void pass(Duration time) {
    jump(time);
    activity.advanceTime(time);
  }

  /** The wall clock alone moves. */
  void jump(Duration time) {
    now += time.toMillis();
  }

  @Override
  public long millis() {
    return now;
  }

  @Override
  public Instant instant() {
    return Instant.ofEpochMilli(now);
  }

  @Override
  public ZoneId getZone() {
    return ZoneOffset.UTC;
  }

  @Override
  public Clock withZone(ZoneId zone) {
    return this;
  }
}
