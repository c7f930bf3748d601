package io.millrace.operators.recommend;

import io.millrace.features.cascade.Pins;
import io.millrace.features.catalogue.ItemTable;
import io.millrace.features.event.Control;
import io.millrace.operators.kafka.Fact;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.state.OperatorStateStore;
import org.apache.flink.api.common.typeutils.base.array.BytePrimitiveArraySerializer;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;

/**
 * What every merger knows of items, trends and pins, in operator state: all subtasks are told the
 * same, so one writes it and all restore it.
 */
final class MergerKnowledge {
  private final AbstractStreamOperator<?> operator;
  private final ItemTable items = new ItemTable();
  private final TrendTops trends = new TrendTops();
  private final Pins pins = new Pins();
  private final ListState<byte[]> itemState;
  private final ListState<TrendTop> trendState;
  private final ListState<MergerNews> pinState;

  MergerKnowledge(AbstractStreamOperator<?> operator, StateInitializationContext context)
      throws Exception {
    this.operator = operator;
    OperatorStateStore store = context.getOperatorStateStore();
    itemState =
        store.getUnionListState(
            new ListStateDescriptor<>("item-table", BytePrimitiveArraySerializer.INSTANCE));
    trendState =
        store.getUnionListState(
            new ListStateDescriptor<>("trends", RecommendTypes.TREND_TOP.serializer()));
    pinState =
        store.getUnionListState(new ListStateDescriptor<>("pins", MergerNews.TYPE.serializer()));
    for (byte[] chunk : itemState.get()) {
      items.addChunk(chunk);
    }
    for (TrendTop top : trendState.get()) {
      trends.put(top);
    }
    for (MergerNews pin : pinState.get()) {
      hear(pin.control());
    }
  }

  ItemTable items() {
    return items;
  }

  TrendTops trends() {
    return trends;
  }

  Pins pins() {
    return pins;
  }

  /** A control that was set, changed or lifted. */
  void hear(Fact<Control> fact) {
    Control control = fact.value();
    boolean pins = control != null && control.kind() == Control.Kind.PIN;
    this.pins.put(
        fact.key(),
        pins
            ? new Pins.Pin(
                control.target().rest(),
                control.place(),
                control.expiresAt() == null ? Long.MAX_VALUE : control.expiresAt())
            : null);
  }

  /** Writes it; to be called where the operator snapshots its state. */
  void snapshot() throws Exception {
    boolean writer = operator.getRuntimeContext().getTaskInfo().getIndexOfThisSubtask() == 0;
    itemState.update(writer ? items.toChunks() : List.of());
    trendState.update(writer ? new ArrayList<>(trends.all()) : List.of());
    List<MergerNews> controls = new ArrayList<>();
    if (writer) {
      pins.all().forEach((id, pin) -> controls.add(MergerNews.of(factOf(id, pin))));
    }
    pinState.update(controls);
  }

  private static Fact<Control> factOf(String id, Pins.Pin pin) {
    return new Fact<>(
        id,
        new Control(
            id,
            Control.Kind.PIN,
            new Control.Target(Control.Target.ITEM, pin.item()),
            "",
            Control.Value.of(pin.place()),
            pin.expiresAt() == Long.MAX_VALUE ? null : pin.expiresAt()),
        0);
  }
}
