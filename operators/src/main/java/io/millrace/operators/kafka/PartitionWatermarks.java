package io.millrace.operators.kafka;

import java.time.Clock;
import org.apache.flink.api.common.eventtime.Watermark;
import org.apache.flink.api.common.eventtime.WatermarkGenerator;
import org.apache.flink.api.common.eventtime.WatermarkOutput;
import org.apache.flink.util.clock.RelativeClock;

/**
 * Watermarks of one partition: the out-of-orderness behind its newest event, never ahead of the
 * clock. A partition that falls silent soon stops holding back the others; after the idle advance
 * its time follows the clock, so that what waits for time to pass gets done.
 *
 * <p>Flink makes one more of these for the source as a whole, which never sees an event. One that
 * has seen none therefore never moves time.
 */
final class PartitionWatermarks<E> implements WatermarkGenerator<Arrival<E>> {
  /** Silence after which a partition no longer holds back the others. */
  static final long IDLE_AFTER_MS = 5_000;

  /**
   * Most silence that one look adds. A task that was blocked or suspended has not looked, and
   * messages may be waiting.
   */
  static final long LONGEST_LOOK_MS = 1_000;

  private static final long NO_EVENT = Long.MIN_VALUE;

  private final long outOfOrderness;
  private final long idleAdvance;
  private final Clock clock;
  private final RelativeClock activity;

  private long newest = NO_EVENT;
  private long silence;
  private long lastLook;

  /**
   * @param clock tells the time of day
   * @param activity stands still while back-pressure or alignment keeps the source from reading
   */
  PartitionWatermarks(EventTimeSettings settings, Clock clock, RelativeClock activity) {
    this.outOfOrderness = settings.outOfOrderness().toMillis();
    this.idleAdvance = settings.idleAdvance().toMillis();
    this.clock = clock;
    this.activity = activity;
    this.lastLook = activity.relativeTimeMillis();
  }

  @Override
  public void onEvent(Arrival<E> arrival, long timestamp, WatermarkOutput output) {
    if (!arrival.isEvent()) {
      return;
    }
    silence = 0;
    if (arrival.eventTime() > newest) {
      newest = Math.max(newest, arrival.provenTime(clock.millis()));
    }
  }

  @Override
  public void onPeriodicEmit(WatermarkOutput output) {
    long look = activity.relativeTimeMillis();
    silence += Math.min(look - lastLook, LONGEST_LOOK_MS);
    lastLook = look;
    if (newest != NO_EVENT && silence >= idleAdvance) {
      output.emitWatermark(watermarkAt(Math.max(newest, clock.millis())));
    } else if (silence >= IDLE_AFTER_MS) {
      output.markIdle();
    } else if (newest != NO_EVENT) {
      output.emitWatermark(watermarkAt(newest));
    }
  }

  private Watermark watermarkAt(long time) {
    return new Watermark(time - outOfOrderness - 1);
  }
}
