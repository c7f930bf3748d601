package io.millrace.operators.recommend;

import io.millrace.features.bundle.BundleScorer;
import io.millrace.features.bundle.BundleSettings;
import io.millrace.features.bundle.ItemOrders;
import io.millrace.features.catalogue.ItemBits;
import io.millrace.features.catalogue.ItemFact;
import io.millrace.features.catalogue.ItemTable;
import io.millrace.features.decision.Version;
import io.millrace.features.neighbour.PartialAnswer;
import io.millrace.features.neighbour.SessionItems;
import io.millrace.operators.forget.ForgottenVisitors;
import io.millrace.operators.job.Ticker;
import io.millrace.operators.redis.RedisWrite;
import io.millrace.operators.state.DueKeys;
import io.millrace.operators.state.KeyRounds;
import io.millrace.operators.state.StateCodec;
import io.millrace.operators.state.WriteBackCache;
import java.io.IOException;
import java.util.List;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.typeutils.base.array.BytePrimitiveArraySerializer;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.runtime.state.StateSnapshotContext;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.TwoInputStreamOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.util.OutputTag;

/**
 * By item: keeps the newest orders that hold the item, and tells its bundle as a fill-in and (by
 * {@link #BUNDLES}) to Redis, at most once an interval and only after its orders changed. What
 * holds of all items, their counts of orders above all, comes by the second input, broadcast.
 *
 * <p>An order changes the counts under every bundle of the store, so a bundle is as of its item's
 * last order. Once no count has changed for a while, all bundles are looked at again in slices, and
 * those that now say something else are told anew: then all are as of the last order of the store,
 * whatever the order of arrival was. The same round begins at once where an item may be shown no
 * more, or again, and where a visitor is to be forgotten; one round serves however many of these.
 */
final class BundlePostings extends AbstractStreamOperator<FillIn>
    implements TwoInputStreamOperator<PostingMessage, BundleNews, FillIn> {
  static final OutputTag<RedisWrite> BUNDLES = new OutputTag<>("bundles", RedisWrite.TYPE);

  private static final String ITEM_ORDERS = "item-orders";
  private static final int TICKS_AN_INTERVAL = 10;

  /** A tenth of the time may go to bundles whose items were ordered, and one to all others. */
  private static final int SHARE_OF_TICK = 10;

  private final BundleSettings settings;
  private final BundleWriteSettings writes;
  private final StateSettings stateSettings;

  private transient BundleScorer scorer;
  private transient WriteBackCache<ItemOrders> orders;
  private transient ItemTable store;
  private transient ForgottenVisitors forgotten;
  private transient KeyRounds known;
  private transient ListState<byte[]> storeState;
  private transient StreamRecord<FillIn> record;

  /** Items whose orders changed. */
  private transient DueKeys changed;

  /** Whether counts changed since the last round began, and when by the wall clock. */
  private transient boolean unsettled;

  private transient long countsChangedAt;

  BundlePostings(BundleSettings settings, BundleWriteSettings writes, StateSettings stateSettings) {
    this.settings = settings;
    this.writes = writes;
    this.stateSettings = stateSettings;
  }

  @Override
  public void initializeState(StateInitializationContext context) throws Exception {
    super.initializeState(context);
    orders =
        new WriteBackCache<>(
            ITEM_ORDERS,
            new Codec(settings.ordersPerItem()),
            stateSettings.cachedItems(),
            stateSettings.retention(),
            this,
            context);
    store = new ItemTable();
    forgotten = new ForgottenVisitors(stateSettings.retention(), this, context);
    known = new KeyRounds(ITEM_ORDERS, "bundle-round", this, context);
    changed = new DueKeys("bundles-waiting", writes.interval(), this, context);
    var operatorState = context.getOperatorStateStore();
    storeState =
        operatorState.getUnionListState(
            new ListStateDescriptor<>("bundle-store", BytePrimitiveArraySerializer.INSTANCE));
    for (byte[] chunk : storeState.get()) {
      store.addChunk(chunk);
    }
  }

  @Override
  public void open() throws Exception {
    super.open();
    scorer = new BundleScorer(settings);
    record = new StreamRecord<>(null);
    getMetricGroup().gauge("bundles_waiting", changed::size);
    getMetricGroup().gauge("bundles_to_look_at", known::left);
    getMetricGroup().gauge("bundle_store_items", store::size);
    getMetricGroup().gauge("bundle_store_bytes", store::sizeInBytes);
    Ticker.start(this, tickMillis(), this::tick);
  }

  @Override
  public void processElement1(StreamRecord<PostingMessage> element) throws Exception {
    PostingMessage message = element.getValue();
    SessionItems order = message.session();
    if (message.is(PostingMessage.TEACH) && forgotten.erased().covers(order.id(), order.since())) {
      // One that was on its way when its visitor was forgotten.
      return;
    }
    WriteBackCache.Entry<ItemOrders> entry = orders.get(message.item());
    if (message.is(PostingMessage.TEACH)) {
      entry.value().upsert(order);
    } else {
      entry.value().retract(order.id());
    }
    markChanged(message.item(), entry);
    changed.add(message.item(), 0);
  }

  @Override
  public void processElement2(StreamRecord<BundleNews> element) {
    BundleNews news = element.getValue();
    if (news.fact() != null) {
      learn(news.fact());
    } else if (news.forget() == null) {
      known.startFullRound();
    } else if (forgotten.hear(news.forget())) {
      known.startRound();
    }
  }

  private void learn(ItemFact fact) {
    long before = store.put(fact);
    long now = store.get(fact.item());
    if (ItemBits.orders(before) != ItemBits.orders(now)) {
      unsettled = true;
      countsChangedAt = getProcessingTimeService().getCurrentProcessingTime();
    }
    if (ItemBits.isServable(before) != ItemBits.isServable(now)
        || ItemBits.isAdult(before) != ItemBits.isAdult(now)) {
      known.startRound();
    }
  }

  private long tickMillis() {
    return writes.interval().toMillis() / TICKS_AN_INTERVAL + 1;
  }

  private void tick() throws IOException {
    long share = Math.max(1, tickMillis() / SHARE_OF_TICK);
    changed.visitDue(share, (item, origin) -> lookAt(item, true));
    long now = getProcessingTimeService().getCurrentProcessingTime();
    if (unsettled && now - countsChangedAt >= writes.quiet().toMillis()) {
      beginRound();
    }
    goOnWithRound(share);
  }

  private void beginRound() {
    unsettled = false;
    known.startRound();
  }

  private void goOnWithRound(long share) throws IOException {
    known.visitFor(share, this::lookAtUnlessWaiting);
  }

  private void lookAtUnlessWaiting(String item) throws IOException {
    if (!changed.contains(item)) {
      lookAt(item, known.isFull());
    }
  }

  /**
   * Tells an item's bundle if it says something else than before.
   *
   * @param again whether it is told also if it says the same: the item's orders changed, so it gets
   *     a newer version and another month to live, or everything is written again
   */
  private void lookAt(String item, boolean again) throws IOException {
    setCurrentKey(item);
    WriteBackCache.Entry<ItemOrders> entry = orders.get(item);
    ItemOrders held = entry.value();
    boolean forgot = held.forget(forgotten.erased());
    PartialAnswer bundle = scorer.bundle(item, held.held(), store);
    long saying = BundleWrites.hash(bundle);
    boolean news = saying != held.said();
    if (news || (again && saying != BundleWrites.NOTHING)) {
      tell(bundle, Version.of(writes.epoch(), held.newestTime()));
    }
    if (forgot || news) {
      held.say(saying);
      markChanged(item, entry);
    }
  }

  private void tell(PartialAnswer bundle, String version) {
    output.collect(record.replace(new FillIn(FillIn.Kind.BOUGHT_TOGETHER, bundle)));
    output.collect(BUNDLES, new StreamRecord<>(BundleWrites.of(bundle, version)));
  }

  private void markChanged(String item, WriteBackCache.Entry<ItemOrders> entry) {
    if (entry.isNew() && !entry.value().isEmpty()) {
      known.add(item);
    }
    entry.markChanged();
  }

  @Override
  public void prepareSnapshotPreBarrier(long checkpointId) throws Exception {
    orders.flush();
  }

  /** What waits to be told goes on waiting after a restore, and an unfinished round begins anew. */
  @Override
  public void snapshotState(StateSnapshotContext context) throws Exception {
    super.snapshotState(context);
    boolean writer = getRuntimeContext().getTaskInfo().getIndexOfThisSubtask() == 0;
    storeState.update(writer ? store.toChunks() : List.of());
    changed.snapshot();
    known.snapshot(unsettled);
    forgotten.snapshot();
  }

  @Override
  public void finish() throws Exception {
    changed.visitAll((item, origin) -> lookAt(item, true));
    if (unsettled) {
      beginRound();
    }
    known.visitAll(this::lookAtUnlessWaiting);
    orders.flush();
    super.finish();
  }

  private record Codec(int ordersPerItem) implements StateCodec<ItemOrders> {
    @Override
    public ItemOrders empty() {
      return new ItemOrders(ordersPerItem);
    }

    @Override
    public ItemOrders decode(byte[] bytes) {
      return ItemOrders.ofBytes(bytes, ordersPerItem);
    }

    @Override
    public byte[] encode(ItemOrders value) {
      return value.isEmpty() ? null : value.toBytes();
    }
  }
}
