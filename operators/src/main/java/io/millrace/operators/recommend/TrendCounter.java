package io.millrace.operators.recommend;

import io.millrace.features.bytes.ByteReader;
import io.millrace.features.bytes.ByteWriter;
import io.millrace.features.trend.HourCounts;
import io.millrace.operators.state.StateCodec;
import io.millrace.operators.state.WriteBackCache;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;

/** By item: counts clicks by event-time hour and tells the boards of the item's lists. */
final class TrendCounter extends AbstractStreamOperator<TrendUpdate>
    implements OneInputStreamOperator<ItemClick, TrendUpdate> {
  private final StateSettings stateSettings;
  private transient WriteBackCache<HourCounts> counts;

  TrendCounter(StateSettings stateSettings) {
    this.stateSettings = stateSettings;
  }

  @Override
  public void initializeState(StateInitializationContext context) throws Exception {
    super.initializeState(context);
    counts =
        new WriteBackCache<>(
            "hour-counts",
            new Codec(),
            stateSettings.cachedItems(),
            stateSettings.retention(),
            this,
            context);
  }

  @Override
  public void processElement(StreamRecord<ItemClick> element) throws Exception {
    ItemClick click = element.getValue();
    WriteBackCache.Entry<HourCounts> entry = counts.get(click.item());
    entry.value().add(click.hour(), click.count(), click.time());
    entry.markChanged();
    output.collect(
        new StreamRecord<>(new TrendUpdate(TrendUpdate.ALL, click.item(), entry.value().copy())));
  }

  @Override
  public void prepareSnapshotPreBarrier(long checkpointId) throws Exception {
    counts.flush();
  }

  @Override
  public void finish() throws Exception {
    counts.flush();
    super.finish();
  }

  private static final class Codec implements StateCodec<HourCounts> {
    @Override
    public HourCounts empty() {
      return new HourCounts();
    }

    @Override
    public HourCounts decode(byte[] bytes) {
      return HourCounts.read(new ByteReader(bytes));
    }

    @Override
    public byte[] encode(HourCounts value) {
      ByteWriter out = new ByteWriter(48);
      value.write(out);
      return out.toBytes();
    }
  }
}
