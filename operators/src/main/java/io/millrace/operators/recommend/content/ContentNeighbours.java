package io.millrace.operators.recommend.content;

import io.millrace.features.content.LikeItems;
import io.millrace.operators.recommend.FillIn;
import io.millrace.operators.recommend.WriteSettings;
import io.millrace.operators.state.StateCodec;
import io.millrace.operators.state.WriteBackCache;
import java.util.Iterator;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.runtime.state.VoidNamespace;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;

/**
 * By item: keeps the items of like content and tells the best of them as a fill-in, at most once a
 * round and only after a change. What buckets say is appended to state unread, and put together
 * with what is known when the item is told: an item that comes into a catalogue of millions is news
 * to a hundred others, all over the state.
 */
public final class ContentNeighbours extends AbstractStreamOperator<FillIn>
    implements OneInputStreamOperator<PairMessage, FillIn> {
  private static final String NEWS = "like-news";

  private final WriteSettings writes;
  private final int mostWaiting;

  private transient WriteBackCache<LikeItems> items;
  private transient ListState<PairMessage> news;
  private transient WaitingItems waiting;

  /**
   * @param writes its interval for similar items is the least between two rounds of fill-ins
   * @param mostWaiting items a subtask lets wait for their round, some 100 bytes each
   */
  public ContentNeighbours(WriteSettings writes, int mostWaiting) {
    this.writes = writes;
    this.mostWaiting = mostWaiting;
  }

  @Override
  public void initializeState(StateInitializationContext context) throws Exception {
    super.initializeState(context);
    // Nothing of it stays on the heap.
    items =
        new WriteBackCache<>("like-items", new Codec(), 1, WriteBackCache.FOREVER, this, context);
    news =
        context
            .getKeyedStateStore()
            .getListState(new ListStateDescriptor<>(NEWS, PairMessage.TYPE.serializer()));
    waiting = new WaitingItems(this, writes.similarInterval(), mostWaiting, this::tell);
    if (context.isRestored()) {
      try (var changed =
          this.<String>getKeyedStateBackend().getKeys(NEWS, VoidNamespace.INSTANCE)) {
        for (Iterator<String> item = changed.iterator(); item.hasNext(); ) {
          waiting.add(item.next());
        }
      }
    }
  }

  @Override
  public void open() throws Exception {
    super.open();
    waiting.open();
  }

  @Override
  public void processElement(StreamRecord<PairMessage> element) throws Exception {
    PairMessage message = element.getValue();
    news.add(message);
    waiting.add(message.item());
  }

  private void tell(String item) throws Exception {
    WriteBackCache.Entry<LikeItems> entry = items.peek(item);
    LikeItems like = entry.value();
    boolean isNews = false;
    for (PairMessage message : news.get()) {
      isNews = true;
      for (int i = 0; i < message.others().length; i++) {
        like.put(message.others()[i], message.bucket(), message.similarities()[i]);
      }
    }
    if (!isNews) {
      return;
    }
    news.clear();
    entry.markChanged();
    items.writeThrough(entry);
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
  public void finish() throws Exception {
    waiting.tellAll();
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
