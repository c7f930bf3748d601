package io.millrace.operators.recommend;

import io.millrace.operators.job.Ticker;
import java.util.HashMap;
import java.util.Map;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.ChainingStrategy;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;

/**
 * Adds up clicks by item and hour before they are sent by item, so that a hot item costs one
 * message a tick. Sends everything before a barrier and so needs no state.
 */
final class TrendPreAggregator extends AbstractStreamOperator<ItemClick>
    implements OneInputStreamOperator<ItemClick, ItemClick> {
  private static final int MAX_WAITING = 50_000;

  private final WriteSettings writes;
  private transient Map<ItemHour, ItemClick> waiting;

  TrendPreAggregator(WriteSettings writes) {
    this.writes = writes;
    // In the tracker's own thread: most clicks go no further.
    setChainingStrategy(ChainingStrategy.ALWAYS);
  }

  private record ItemHour(String item, long hour) {}

  @Override
  public void open() throws Exception {
    super.open();
    waiting = new HashMap<>();
    Ticker.start(this, writes.trendInterval().toMillis(), this::sendAll);
  }

  @Override
  public void processElement(StreamRecord<ItemClick> element) {
    ItemClick click = element.getValue();
    waiting.merge(new ItemHour(click.item(), click.hour()), click, TrendPreAggregator::add);
    if (waiting.size() >= MAX_WAITING) {
      sendAll();
    }
  }

  private static ItemClick add(ItemClick one, ItemClick other) {
    return new ItemClick(
        one.item(), one.hour(), one.count() + other.count(), Math.max(one.time(), other.time()));
  }

  private void sendAll() {
    for (ItemClick click : waiting.values()) {
      output.collect(new StreamRecord<>(click));
    }
    waiting.clear();
  }

  @Override
  public void processWatermark(Watermark mark) throws Exception {
    if (writes.endsRound(mark)) {
      sendAll();
    }
    super.processWatermark(mark);
  }

  @Override
  public void prepareSnapshotPreBarrier(long checkpointId) {
    sendAll();
  }

  @Override
  public void finish() throws Exception {
    sendAll();
    super.finish();
  }
}
