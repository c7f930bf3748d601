package io.millrace.operators.recommend.content;

import io.millrace.features.content.LikeItems;
import io.millrace.operators.recommend.FillIn;
import io.millrace.operators.recommend.WriteSettings;
import io.millrace.operators.state.StateCodec;
import io.millrace.operators.state.WriteBackCache;
import java.io.IOException;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.runtime.state.StateSnapshotContext;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;

/**
 * By item: keeps the items of like content and tells the best of them as a fill-in, at most once an
 * interval and only after a change.
 */
public final class ContentNeighbours extends AbstractStreamOperator<FillIn>
    implements OneInputStreamOperator<PairMessage, FillIn> {
  /** Some 10 MB a subtask. */
  private static final int MOST_WAITING = 100_000;

  private final WriteSettings writes;
  private final int cachedItems;

  private transient WriteBackCache<LikeItems> items;
  private transient WaitingItems waiting;

  /**
   * @param writes its interval for similar items is the least between two fill-ins of an item
   * @param cachedItems items a subtask keeps on the heap, 100 bytes for each like them
   */
  public ContentNeighbours(WriteSettings writes, int cachedItems) {
    this.writes = writes;
    this.cachedItems = cachedItems;
  }

  @Override
  public void initializeState(StateInitializationContext context) throws Exception {
    super.initializeState(context);
    items =
        new WriteBackCache<>(
            "like-items", new Codec(), cachedItems, WriteBackCache.FOREVER, this, context);
    waiting = new WaitingItems(this, writes.similarInterval(), MOST_WAITING, this::tell, context);
  }

  @Override
  public void open() throws Exception {
    super.open();
    waiting.open();
  }

  @Override
  public void processElement(StreamRecord<PairMessage> element) throws Exception {
    PairMessage message = element.getValue();
    WriteBackCache.Entry<LikeItems> entry = items.get(message.item());
    for (int i = 0; i < message.others().length; i++) {
      entry.value().put(message.others()[i], message.bucket(), message.similarities()[i]);
    }
    entry.markChanged();
    waiting.add(message.item());
  }

  private void tell(String item) throws IOException {
    LikeItems like = items.get(item).value();
    output.collect(
        new StreamRecord<>(
            new FillIn(FillIn.Kind.SIMILAR_CONTENT, like.best(item, FillIn.MAX_ITEMS))));
  }

  @Override
  public void processWatermark(Watermark mark) throws Exception {
    if (writes.endsRound(mark)) {
      waiting.tellAll();
    }
    super.processWatermark(mark);
  }

  @Override
  public void prepareSnapshotPreBarrier(long checkpointId) throws Exception {
    items.flush();
  }

  @Override
  public void snapshotState(StateSnapshotContext context) throws Exception {
    super.snapshotState(context);
    waiting.snapshot();
  }

  @Override
  public void finish() throws Exception {
    waiting.tellAll();
    items.flush();
    super.finish();
  }

  private static final class Codec implements StateCodec<LikeItems> {
    @Override
    public LikeItems empty() {
      return new LikeItems();
    }

    @Override
    public LikeItems decode(byte[] bytes) {
      return LikeItems.ofBytes(bytes);
    }

    @Override
    public byte[] encode(LikeItems value) {
      return value.size() == 0 ? null : value.toBytes();
    }
  }
}
