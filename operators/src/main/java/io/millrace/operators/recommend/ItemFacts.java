package io.millrace.operators.recommend;

import io.millrace.features.catalogue.ItemControls;
import io.millrace.features.catalogue.ItemFact;
import io.millrace.features.catalogue.ItemState;
import io.millrace.features.event.Control;
import io.millrace.features.event.Control.Target;
import io.millrace.operators.job.Ticker;
import io.millrace.operators.kafka.Fact;
import io.millrace.operators.state.KeyRounds;
import io.millrace.operators.state.OwnKeys;
import io.millrace.operators.state.StateCodec;
import io.millrace.operators.state.WriteBackCache;
import io.millrace.operators.types.EventTypes;
import java.io.IOException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.runtime.state.StateSnapshotContext;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.TwoInputStreamOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;

/**
 * By item: puts catalogue entries, orders and controls (second input, broadcast) together and tells
 * what holds of an item whenever that changes: at once, a mere number of orders at most once an
 * interval.
 *
 * <p>A control on one item holds at once. One on a category, brand or attribute has every item
 * looked at again, in slices, one round for however many controls. Controls expire by event time,
 * as everything does here, so that a replay of the past sees what held then and every run tells the
 * same; while a store is silent, its time moves by the idle advance, so an expiry is a minute late
 * at most.
 *
 * <p>State is never thrown away by age: a catalogue says a thing once, and it holds.
 */
final class ItemFacts extends AbstractStreamOperator<ItemFact>
    implements TwoInputStreamOperator<ItemMessage, Fact<Control>, ItemFact> {
  private static final String ITEM_STATES = "item-states";

  /** Milliseconds between two slices of a round over all items. */
  private static final long SLICE_EVERY = 40;

  /** Milliseconds of a slice: half of the time, so that news goes on being taken. */
  private static final long SLICE = SLICE_EVERY / 2;

  private final ItemFactsSettings settings;

  private transient WriteBackCache<ItemState> items;
  private transient KeyRounds known;
  private transient ItemControls controls;
  private transient ListState<Control> controlState;
  private transient Set<String> orderedItems;
  private transient StreamRecord<ItemFact> record;
  private transient long watermark;

  ItemFacts(ItemFactsSettings settings) {
    this.settings = settings;
  }

  @Override
  public void initializeState(StateInitializationContext context) throws Exception {
    super.initializeState(context);
    items =
        new WriteBackCache<>(
            ITEM_STATES,
            new Codec(),
            settings.cachedItems(),
            WriteBackCache.FOREVER,
            this,
            context);
    known = new KeyRounds(ITEM_STATES, "item-round", this, context);
    controls = new ItemControls();
    watermark = Long.MIN_VALUE;
    var operatorState = context.getOperatorStateStore();
    controlState =
        operatorState.getUnionListState(
            new ListStateDescriptor<>("item-controls", EventTypes.CONTROL.serializer()));
    for (Control control : controlState.get()) {
      controls.put(control);
    }
  }

  @Override
  public void open() throws Exception {
    super.open();
    orderedItems = new LinkedHashSet<>();
    record = new StreamRecord<>(null);
    getMetricGroup().gauge("items_to_look_at", known::left);
    getMetricGroup().gauge("item_controls", () -> controls.all().size());
    Ticker.start(this, settings.ordersInterval().toMillis(), this::tellOrders);
    Ticker.start(this, SLICE_EVERY, this::lookAtSome);
  }

  @Override
  public void processElement1(StreamRecord<ItemMessage> element) throws Exception {
    ItemMessage message = element.getValue();
    WriteBackCache.Entry<ItemState> entry = items.get(message.item());
    if (take(message, entry.value())) {
      markChanged(message.item(), entry);
    }
    tellNews(message.item(), entry);
  }

  private static boolean take(ItemMessage message, ItemState state) {
    if (message.order() != null) {
      OrderLine line = message.order();
      state.order(line.orders(), line.pieces(), line.time());
      return true;
    }
    return message.listing() == null ? state.delete() : state.list(message.listing());
  }

  @Override
  public void processElement2(StreamRecord<Fact<Control>> element) throws Exception {
    Fact<Control> fact = element.getValue();
    Control before = controls.remove(fact.key());
    Control now = fact.value();
    if (now != null && (!ItemControls.concerns(now) || !now.holdsAt(watermark))) {
      now = null;
    }
    if (now != null) {
      controls.put(now);
    }
    if (now == null ? before != null : !now.equals(before)) {
      lookAtTargetOf(before);
      lookAtTargetOf(now);
    }
  }

  @Override
  public void processWatermark(Watermark mark) throws Exception {
    // The end of the input is no time.
    if (mark.getTimestamp() != Watermark.MAX_WATERMARK.getTimestamp()) {
      watermark = mark.getTimestamp();
      for (Control expired : controls.expire(watermark)) {
        lookAtTargetOf(expired);
      }
    }
    super.processWatermark(mark);
  }

  private void lookAtTargetOf(Control control) throws IOException {
    if (control == null) {
      return;
    }
    if (!control.target().is(Target.ITEM)) {
      known.startRound();
    } else if (OwnKeys.contain(this, control.target().rest())) {
      lookAt(control.target().rest());
    }
  }

  private void lookAtSome() throws IOException {
    known.visitFor(SLICE, this::lookAt);
  }

  private void lookAt(String item) throws IOException {
    setCurrentKey(item);
    tellNews(item, items.get(item));
  }

  private void tellNews(String item, WriteBackCache.Entry<ItemState> entry) {
    ItemFact fact = entry.value().fact(item, controls);
    if (entry.value().isNews(fact)) {
      tell(fact, entry);
    } else if (entry.value().toldOrders() != fact.orders()) {
      orderedItems.add(item);
    }
  }

  private void tellOrders() throws IOException {
    for (String item : orderedItems) {
      setCurrentKey(item);
      WriteBackCache.Entry<ItemState> entry = items.get(item);
      ItemFact fact = entry.value().fact(item, controls);
      if (entry.value().toldOrders() != fact.orders()) {
        tell(fact, entry);
      }
    }
    orderedItems.clear();
  }

  private void tell(ItemFact fact, WriteBackCache.Entry<ItemState> entry) {
    entry.value().tell(fact);
    markChanged(fact.item(), entry);
    output.collect(record.replace(fact));
  }

  private void markChanged(String item, WriteBackCache.Entry<ItemState> entry) {
    if (entry.isNew()) {
      known.add(item);
    }
    entry.markChanged();
  }

  @Override
  public void prepareSnapshotPreBarrier(long checkpointId) throws Exception {
    tellOrders();
    items.flush();
  }

  @Override
  public void snapshotState(StateSnapshotContext context) throws Exception {
    super.snapshotState(context);
    boolean first = getRuntimeContext().getTaskInfo().getIndexOfThisSubtask() == 0;
    controlState.update(first ? List.copyOf(controls.all()) : List.of());
    known.snapshot(false);
  }

  @Override
  public void finish() throws Exception {
    known.visitAll(this::lookAt);
    tellOrders();
    items.flush();
    super.finish();
  }

  private static final class Codec implements StateCodec<ItemState> {
    @Override
    public ItemState empty() {
      return new ItemState();
    }

    @Override
    public ItemState decode(byte[] bytes) {
      return ItemState.ofBytes(bytes);
    }

    @Override
    public byte[] encode(ItemState value) {
      return value.isEmpty() ? null : value.toBytes();
    }
  }
}
