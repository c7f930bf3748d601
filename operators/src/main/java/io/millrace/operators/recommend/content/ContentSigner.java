package io.millrace.operators.recommend.content;

import io.millrace.features.content.ContentSettings;
import io.millrace.features.content.ContentSignature;
import io.millrace.features.content.ContentTokens;
import io.millrace.features.content.SignedItem;
import io.millrace.features.event.CatalogItem;
import io.millrace.operators.kafka.Fact;
import io.millrace.operators.state.StateCodec;
import io.millrace.operators.state.WriteBackCache;
import java.util.Set;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;

/**
 * By item: signs the content of what is on sale and tells the buckets of it. An update that leaves
 * the content as it was costs a read and no more; an item that is deleted, hidden or discontinued
 * leaves its buckets.
 */
public final class ContentSigner extends AbstractStreamOperator<BandMessage>
    implements OneInputStreamOperator<Fact<CatalogItem>, BandMessage> {
  private static final long[] NO_BANDS = {};
  private static final byte[] NO_HASHES = {};
  private static final ContentSignature NOTHING = new ContentSignature(NO_BANDS, NO_HASHES);

  private final ContentSettings settings;
  private final int cachedItems;

  private transient MinHash minHash;
  private transient long signatureId;
  private transient WriteBackCache<SignedItem> items;

  /**
   * @param settings of the signatures
   * @param cachedItems items a subtask keeps on the heap, some 250 bytes each
   */
  public ContentSigner(ContentSettings settings, int cachedItems) {
    this.settings = settings;
    this.cachedItems = cachedItems;
  }

  @Override
  public void initializeState(StateInitializationContext context) throws Exception {
    super.initializeState(context);
    items =
        new WriteBackCache<>(
            "signed-items", new Codec(), cachedItems, WriteBackCache.FOREVER, this, context);
  }

  @Override
  public void open() throws Exception {
    super.open();
    minHash = new MinHash(settings);
    signatureId = settings.signatureId();
  }

  @Override
  public void processElement(StreamRecord<Fact<CatalogItem>> element) throws Exception {
    Fact<CatalogItem> fact = element.getValue();
    CatalogItem item = fact.value();
    WriteBackCache.Entry<SignedItem> entry = items.get(fact.key());
    SignedItem signed = entry.value();
    if (item == null || item.status() != CatalogItem.Status.ACTIVE) {
      if (!signed.isEmpty()) {
        leave(signed.bands(), NO_BANDS, fact.key());
        signed.clear();
        entry.markChanged();
      }
      return;
    }
    long fingerprint = ContentTokens.fingerprint(item, signatureId);
    if (!signed.isEmpty() && signed.fingerprint() == fingerprint) {
      return;
    }
    ContentSignature signature = sign(item);
    if (leave(signed.bands(), signature.bands(), fact.key())) {
      long time = item.updatedAt() == null ? fact.origin() : item.updatedAt();
      join(signature, fact.key(), time);
    }
    signed.set(fingerprint, signature.bands());
    entry.markChanged();
  }

  private ContentSignature sign(CatalogItem item) {
    Set<String> tokens = ContentTokens.of(item);
    return tokens.isEmpty() ? NOTHING : minHash.sign(tokens);
  }

  /** Leaves the buckets that are not among the new ones; says whether anything is new. */
  private boolean leave(long[] before, long[] now, String item) {
    boolean changed = before.length != now.length;
    for (int i = 0; i < before.length; i++) {
      if (i >= now.length || now[i] != before[i]) {
        output.collect(new StreamRecord<>(BandMessage.leave(before[i], i, item)));
        changed = true;
      }
    }
    return changed;
  }

  /** Buckets the item was in already must know its new hashes too. */
  private void join(ContentSignature signature, String item, long time) {
    for (int i = 0; i < signature.bands().length; i++) {
      output.collect(
          new StreamRecord<>(
              new BandMessage(signature.bands()[i], i, item, time, signature.hashes())));
    }
  }

  @Override
  public void prepareSnapshotPreBarrier(long checkpointId) throws Exception {
    items.flush();
  }

  @Override
  public void finish() throws Exception {
    items.flush();
    super.finish();
  }

  private static final class Codec implements StateCodec<SignedItem> {
    @Override
    public SignedItem empty() {
      return new SignedItem();
    }

    @Override
    public SignedItem decode(byte[] bytes) {
      return SignedItem.ofBytes(bytes);
    }

    @Override
    public byte[] encode(SignedItem value) {
      return value.isEmpty() ? null : value.toBytes();
    }
  }
}
