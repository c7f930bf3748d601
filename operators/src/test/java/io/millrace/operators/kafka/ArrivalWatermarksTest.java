package io.millrace.operators.kafka;

import static io.millrace.operators.kafka.ManualTime.START;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.features.event.Click;
import io.millrace.features.event.InvalidEventException.Reason;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
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
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The watermarks of a source of several partitions, as Flink's source operator combines them. */
class ArrivalWatermarksTest {
  private final ManualTime time = new ManualTime();
  private final Downstream downstream = new Downstream();
  private TimestampsAndWatermarks<Arrival<Click>> logic;
  private ReaderOutput<Arrival<Click>> source;

  @BeforeEach
  void createSource() {
    logic =
        TimestampsAndWatermarks.createProgressiveEventTimeLogic(
            new ArrivalWatermarks<>(EventTimeSettings.DEFAULT, time),
            UnregisteredMetricGroups.createUnregisteredOperatorMetricGroup(),
            new TestProcessingTimeService(),
            200,
            time.activity,
            time.activity,
            UnregisteredMetricGroups.createUnregisteredTaskMetricGroup().getIOMetricGroup());
    source = logic.createMainOutput(downstream, new Ignored());
  }

  private void silence(Duration silence) {
    for (long passed = 0; passed < silence.toMillis(); passed += 200) {
      time.pass(Duration.ofMillis(200));
      logic.emitImmediateWatermark(time.millis());
    }
  }

  @Test
  void anEmptyPartitionHoldsBackTheOthersForAShortWhileOnly() {
    SourceOutput<Arrival<Click>> busy = source.createOutputForSplit("clickstream-0");
    source.createOutputForSplit("clickstream-1");
    for (int i = 0; i < 4; i++) {
      busy.collect(Arrivals.click(0, time.millis()));
      silence(Duration.ofSeconds(1));
    }
    assertThat(downstream.watermark).isEqualTo(Long.MIN_VALUE);

    for (int i = 0; i < 4; i++) {
      busy.collect(Arrivals.click(0, time.millis()));
      silence(Duration.ofSeconds(1));
    }
    assertThat(downstream.watermark).isEqualTo(START + 7_000 - 5_000 - 1);
  }

  @Test
  void theSlowestPartitionSetsTheTime() {
    SourceOutput<Arrival<Click>> ahead = source.createOutputForSplit("clickstream-0");
    SourceOutput<Arrival<Click>> behind = source.createOutputForSplit("clickstream-1");
    ahead.collect(Arrivals.click(0, START));
    behind.collect(Arrivals.click(1, START - 90_000));
    silence(Duration.ofMillis(200));

    assertThat(downstream.watermark).isEqualTo(START - 90_000 - 5_000 - 1);
  }

  @Test
  void silenceEverywhereMovesTimeWithTheClock() {
    SourceOutput<Arrival<Click>> first = source.createOutputForSplit("clickstream-0");
    source.createOutputForSplit("clickstream-1");
    silence(Duration.ofSeconds(5));
    first.collect(Arrivals.click(0, START - 10_000));

    silence(Duration.ofSeconds(30));
    assertThat(downstream.status).isEqualTo(WatermarkStatus.IDLE);
    assertThat(downstream.watermark).isEqualTo(START - 10_000 - 5_000 - 1);

    silence(Duration.ofSeconds(60));
    assertThat(downstream.status).isEqualTo(WatermarkStatus.ACTIVE);
    assertThat(downstream.watermark).isEqualTo(time.millis() - 5_000 - 1);
  }

  @Test
  void aSourceWithoutAnEventOnlyGoesIdle() {
    source.createOutputForSplit("clickstream-0");
    silence(Duration.ofMinutes(10));

    assertThat(downstream.status).isEqualTo(WatermarkStatus.IDLE);
    assertThat(downstream.watermark).isEqualTo(Long.MIN_VALUE);
  }

  @Test
  void aSubtaskWithoutPartitionsOnlyGoesIdle() {
    silence(Duration.ofMinutes(10));

    assertThat(downstream.status).isEqualTo(WatermarkStatus.IDLE);
    assertThat(downstream.watermark).isEqualTo(Long.MIN_VALUE);
  }

  @Test
  void recordsCarryTheirEventTime() {
    SourceOutput<Arrival<Click>> partition = source.createOutputForSplit("clickstream-0");
    partition.collect(Arrivals.click(0, START - 7, START), START);
    partition.collect(Arrivals.deadLetter(0, Reason.WRONG_TYPE, START + 1), START + 1);

    assertThat(downstream.timestamps).containsExactly(START - 7, START + 1);
  }

  private static final class Downstream implements DataOutput<Arrival<Click>> {
    private final List<Long> timestamps = new ArrayList<>();
    private long watermark = Long.MIN_VALUE;
    private WatermarkStatus status = WatermarkStatus.ACTIVE;

    @Override
    public void emitRecord(StreamRecord<Arrival<Click>> event) {
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
