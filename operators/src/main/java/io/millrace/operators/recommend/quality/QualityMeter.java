package io.millrace.operators.recommend.quality;

import io.millrace.features.decision.QualityFigures;
import io.millrace.features.decision.QualityJson;
import io.millrace.features.decision.RedisKeys;
import io.millrace.features.decision.Version;
import io.millrace.features.event.Control;
import io.millrace.features.quality.QualityBoard;
import io.millrace.features.quality.QualityEvent;
import io.millrace.features.ranking.Buckets;
import io.millrace.operators.kafka.Fact;
import io.millrace.operators.redis.RedisWrite;
import io.millrace.operators.types.FlatTypeInfo;
import java.util.List;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeutils.base.array.BytePrimitiveArraySerializer;
import org.apache.flink.metrics.Counter;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.TwoInputStreamOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One for the whole job, all events being of one key: when the watermark has passed a minute,
 * writes how good the lists were whose clicks fell into it. The second input asks for the newest
 * figures once more.
 */
public final class QualityMeter extends AbstractStreamOperator<RedisWrite>
    implements TwoInputStreamOperator<QualityEvent, Fact<Control>, RedisWrite> {
  /** The only key. */
  public static final String KEY = "quality";

  /** How an event crosses the network. */
  public static final FlatTypeInfo<QualityEvent> EVENT =
      new FlatTypeInfo<>(QualityEvent.class, new QualityEventSerializer());

  private static final Logger LOG = LoggerFactory.getLogger(QualityMeter.class);

  private final Buckets buckets;
  private final int epoch;

  private transient ValueState<byte[]> stored;
  private transient QualityBoard board;
  private transient QualityGauges gauges;
  private transient Counter late;
  private transient boolean mismatched;

  /**
   * @param buckets that visitors are split into
   * @param epoch of the versions written
   */
  public QualityMeter(Buckets buckets, int epoch) {
    this.buckets = buckets;
    this.epoch = epoch;
  }

  @Override
  public void initializeState(StateInitializationContext context) throws Exception {
    super.initializeState(context);
    stored =
        context
            .getKeyedStateStore()
            .getState(new ValueStateDescriptor<>("quality", BytePrimitiveArraySerializer.INSTANCE));
    setCurrentKey(KEY);
    byte[] before = context.isRestored() ? stored.value() : null;
    board =
        before == null
            ? new QualityBoard(buckets.toString(), buckets.shares())
            : QualityBoard.ofBytes(before, buckets.toString(), buckets.shares());
  }

  @Override
  public void open() throws Exception {
    super.open();
    late = getMetricGroup().counter("quality_events_late");
    gauges = new QualityGauges(buckets.shares().keySet(), getMetricGroup());
    board.newest().forEach(gauges::show);
  }

  @Override
  public void processElement1(StreamRecord<QualityEvent> element) {
    if (!board.add(element.getValue())) {
      late.inc();
    }
  }

  @Override
  public void processElement2(StreamRecord<Fact<Control>> ignored) {
    write(board.newest());
  }

  @Override
  public void processWatermark(Watermark mark) throws Exception {
    write(board.close(mark.getTimestamp()));
    super.processWatermark(mark);
  }

  private void write(List<QualityFigures> all) {
    for (QualityFigures figures : all) {
      gauges.show(figures);
      warn(figures.sampleRatio());
      output.collect(
          new StreamRecord<>(
              RedisWrite.set(
                  RedisKeys.quality(figures.bucket()),
                  QualityJson.write(Version.of(epoch, figures.minute()), figures),
                  RedisKeys.QUALITY_TTL,
                  0)));
    }
  }

  private void warn(QualityFigures.SampleRatioCheck check) {
    boolean now = check != null && check.mismatch();
    if (now && !mismatched) {
      LOG.warn(
          "Visitors are not split as they should be, so buckets cannot be compared: {} of shares"
              + " {} (p = {})",
          check.visitors(),
          check.expected(),
          check.pValue());
    }
    mismatched |= now;
  }

  @Override
  public void prepareSnapshotPreBarrier(long checkpointId) throws Exception {
    setCurrentKey(KEY);
    stored.update(board.toBytes());
  }
}
