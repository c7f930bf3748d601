package io.millrace.operators.recommend;

import io.millrace.features.catalogue.CategoryPaths;
import io.millrace.features.catalogue.ItemFact;
import io.millrace.features.trend.ItemTrend;
import io.millrace.operators.state.StateCodec;
import io.millrace.operators.state.WriteBackCache;
import java.util.List;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.TwoInputStreamOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;

/**
 * By item: counts clicks by event-time hour and tells the boards of the item's lists: that of the
 * store and one for every level of its category. When the item moves (second input, by item too)
 * its counts move with it; while it must not be shown it stands on no board.
 *
 * <p>State is never thrown away by age: what the catalogue said once holds.
 */
final class TrendCounter extends AbstractStreamOperator<TrendUpdate>
    implements TwoInputStreamOperator<ItemClick, ItemFact, TrendUpdate> {
  private final StateSettings stateSettings;
  private transient WriteBackCache<ItemTrend> trends;
  private transient StreamRecord<TrendUpdate> record;

  TrendCounter(StateSettings stateSettings) {
    this.stateSettings = stateSettings;
  }

  @Override
  public void initializeState(StateInitializationContext context) throws Exception {
    super.initializeState(context);
    trends =
        new WriteBackCache<>(
            "item-trends",
            new Codec(),
            stateSettings.cachedItems(),
            WriteBackCache.FOREVER,
            this,
            context);
  }

  @Override
  public void open() throws Exception {
    super.open();
    record = new StreamRecord<>(null);
  }

  @Override
  public void processElement1(StreamRecord<ItemClick> element) throws Exception {
    ItemClick click = element.getValue();
    WriteBackCache.Entry<ItemTrend> entry = trends.get(click.item());
    entry.value().counts().add(click.hour(), click.count(), click.time());
    entry.markChanged();
    tell(click.item(), entry.value());
  }

  @Override
  public void processElement2(StreamRecord<ItemFact> element) throws Exception {
    ItemFact fact = element.getValue();
    if (fact.item().equals(ItemFact.ALL_ORDERS)) {
      return;
    }
    WriteBackCache.Entry<ItemTrend> entry = trends.get(fact.item());
    ItemTrend trend = entry.value();
    List<String> before = CategoryPaths.levels(trend.category());
    if (trend.place(fact.category(), fact.isServable())) {
      entry.markChanged();
      if (trend.counts().newestTime() > 0) {
        leave(before, fact.item(), trend);
        tell(fact.item(), trend);
      }
    }
  }

  private void leave(List<String> before, String item, ItemTrend trend) {
    List<String> now = CategoryPaths.levels(trend.category());
    for (String list : before) {
      if (!now.contains(list) && !list.equals(TrendUpdate.ALL)) {
        send(TrendUpdate.remove(list, item, trend.counts().newestTime()));
      }
    }
  }

  /** An item that must not be shown is told of too: no list is to seem older for its clicks. */
  private void tell(String item, ItemTrend trend) {
    TrendUpdate all =
        trend.isServable()
            ? TrendUpdate.put(TrendUpdate.ALL, item, trend.counts().copy())
            : TrendUpdate.remove(TrendUpdate.ALL, item, trend.counts().newestTime());
    send(all);
    for (String list : CategoryPaths.levels(trend.category())) {
      // A category of that name would have the store's list.
      if (!list.equals(TrendUpdate.ALL)) {
        send(new TrendUpdate(list, item, all.counts(), all.time()));
      }
    }
  }

  private void send(TrendUpdate update) {
    output.collect(record.replace(update));
  }

  @Override
  public void prepareSnapshotPreBarrier(long checkpointId) throws Exception {
    trends.flush();
  }

  @Override
  public void finish() throws Exception {
    trends.flush();
    super.finish();
  }

  private static final class Codec implements StateCodec<ItemTrend> {
    @Override
    public ItemTrend empty() {
      return new ItemTrend();
    }

    @Override
    public ItemTrend decode(byte[] bytes) {
      return ItemTrend.ofBytes(bytes);
    }

    @Override
    public byte[] encode(ItemTrend value) {
      return value.isEmpty() ? null : value.toBytes();
    }
  }
}
