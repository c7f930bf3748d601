package io.millrace.operators.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.connector.source.ReaderOutput;
import org.apache.flink.api.connector.source.SourceOutput;
import org.apache.flink.runtime.metrics.groups.UnregisteredMetricGroups;
import org.apache.flink.streaming.api.operators.source.TimestampsAndWatermarks;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.io.PushingAsyncDataInput.DataOutput;
import org.apache.flink.streaming.runtime.streamrecord.LatencyMarker;
import org.apache.flink.streaming.runtime.streamrecord.RecordAttributes;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.runtime.tasks.TestProcessingTimeService;
import org.apache.flink.streaming.runtime.watermarkstatus.WatermarkStatus;

/**
 * The timestamps and watermarks of a source, as Flink's source operator makes and combines them.
 */
final class SourceHarness<E> {
  private static final Duration LOOK = Duration.ofMillis(200);

  private final ManualTime time;
  private final Downstream<E> downstream = new Downstream<>();
  private final TimestampsAndWatermarks<Arrival<E>> logic;
  private final ReaderOutput<Arrival<E>> source;

  SourceHarness(WatermarkStrategy<Arrival<E>> strategy, ManualTime time) {
    this.time = time;
    logic =
        TimestampsAndWatermarks.createProgressiveEventTimeLogic(
            strategy,
            UnregisteredMetricGroups.createUnregisteredOperatorMetricGroup(),
            new TestProcessingTimeService(),
            LOOK.toMillis(),
            time.activity,
            time.activity,
            UnregisteredMetricGroups.createUnregisteredTaskMetricGroup().getIOMetricGroup());
    source = logic.createMainOutput(downstream, new Ignored());
  }

  SourceOutput<Arrival<E>> partition(String name) {
    return source.createOutputForSplit(name);
  }

  /** Flink asks for a watermark. */
  void look() {
    time.pass(LOOK);
    logic.emitImmediateWatermark(time.millis());
  }

  /** Flink asks again and again, and nothing comes. */
  void silence(Duration silence) {
    for (long passed = 0; passed < silence.toMillis(); passed += LOOK.toMillis()) {
      look();
    }
  }

  List<Long> timestamps() {
    return downstream.timestamps;
  }

  /** The newest, {@code Long.MIN_VALUE} before the first. */
  long watermark() {
    return downstream.watermark;
  }

  boolean isIdle() {
    return downstream.status.equals(WatermarkStatus.IDLE);
  }

  private static final class Downstream<E> implements DataOutput<Arrival<E>> {
    private final List<Long> timestamps = new ArrayList<>();
    private long watermark = Long.MIN_VALUE;
    private WatermarkStatus status = WatermarkStatus.ACTIVE;

    @Override
    public void emitRecord(StreamRecord<Arrival<E>> event) {
      timestamps.add(event.getTimestamp());
    }

    @Override
    public void emitWatermark(Watermark mark) {
      assertThat(mark.getTimestamp()).isGreaterThan(watermark);
      watermark = mark.getTimestamp();
    }

    @Override
    public void emitWatermarkStatus(WatermarkStatus changed) {
      status = changed;
    }

    @Override
    public void emitLatencyMarker(LatencyMarker marker) {}

    @Override
    public void emitRecordAttributes(RecordAttributes attributes) {}
  }

  private static final class Ignored implements TimestampsAndWatermarks.WatermarkUpdateListener {
    @Override
    public void updateIdle(boolean idle) {}

    @Override
    public void updateCurrentEffectiveWatermark(long watermark) {}

    @Override
    public void updateCurrentSplitWatermark(String split, long watermark) {}

    @Override
    public void splitFinished(String split) {}
  }
}
