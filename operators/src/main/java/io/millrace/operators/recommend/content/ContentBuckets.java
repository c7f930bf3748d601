package io.millrace.operators.recommend.content;

import io.millrace.features.content.ContentBucket;
import io.millrace.features.content.ContentBucket.Pairs;
import io.millrace.features.content.ContentSettings;
import io.millrace.operators.state.StateCodec;
import io.millrace.operators.state.WriteBackCache;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;

/**
 * By band: keeps the newest items that share it and tells them of each other. An item that comes
 * into a full bucket of K costs at most K + 1 small messages, however many others are like it.
 */
public final class ContentBuckets extends AbstractStreamOperator<PairMessage>
    implements OneInputStreamOperator<BandMessage, PairMessage> {
  private final ContentSettings settings;
  private final int cachedBuckets;

  private transient WriteBackCache<ContentBucket> buckets;

  /**
   * @param settings of buckets and similarity
   * @param cachedBuckets buckets a subtask keeps on the heap, 150 bytes an item in them
   */
  public ContentBuckets(ContentSettings settings, int cachedBuckets) {
    this.settings = settings;
    this.cachedBuckets = cachedBuckets;
  }

  @Override
  public void initializeState(StateInitializationContext context) throws Exception {
    super.initializeState(context);
    buckets =
        new WriteBackCache<>(
            "content-buckets",
            new Codec(settings),
            cachedBuckets,
            WriteBackCache.FOREVER,
            this,
            context);
  }

  @Override
  public void processElement(StreamRecord<BandMessage> element) throws Exception {
    BandMessage message = element.getValue();
    WriteBackCache.Entry<ContentBucket> entry = buckets.get(message.key());
    ContentBucket bucket = entry.value();
    List<Pairs> changes =
        message.leaves()
            ? bucket.remove(message.item())
            : bucket.put(message.number(), message.item(), message.time(), message.hashes());
    entry.markChanged();
    tell(changes, message.band());
  }

  /** One message to each item concerned, though one item may have come for another. */
  private void tell(List<Pairs> changes, long band) {
    Map<String, PairMessage> others = new LinkedHashMap<>();
    for (Pairs pairs : changes) {
      output.collect(
          new StreamRecord<>(
              new PairMessage(pairs.item(), band, pairs.others(), pairs.similarities())));
      for (int i = 0; i < pairs.others().length; i++) {
        String other = pairs.others()[i];
        others.merge(
            other,
            PairMessage.of(other, band, pairs.item(), pairs.similarities()[i]),
            PairMessage::and);
      }
    }
    for (PairMessage message : others.values()) {
      output.collect(new StreamRecord<>(message));
    }
  }

  @Override
  public void prepareSnapshotPreBarrier(long checkpointId) throws Exception {
    buckets.flush();
  }

  @Override
  public void finish() throws Exception {
    buckets.flush();
    super.finish();
  }

  private record Codec(ContentSettings settings) implements StateCodec<ContentBucket> {
    @Override
    public ContentBucket empty() {
      return new ContentBucket(settings);
    }

    @Override
    public ContentBucket decode(byte[] bytes) {
      return ContentBucket.ofBytes(bytes, settings);
    }

    @Override
    public byte[] encode(ContentBucket value) {
      return value.size() == 0 ? null : value.toBytes();
    }
  }
}
