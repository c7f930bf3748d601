package io.millrace.operators.types;

import io.millrace.features.event.Click;
import io.millrace.features.event.Order;
import io.millrace.features.event.VisitorEvent;
import java.io.IOException;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Bytes of an event on its way to its visitor, version 1: whether it is an order, then itself. */
final class VisitorEventSerializer extends FlatSerializer<VisitorEvent> {
  private static final TypeSerializer<Click> CLICK = EventTypes.CLICK.serializer();
  private static final TypeSerializer<Order> ORDER = EventTypes.ORDER.serializer();

  @Override
  public void serialize(VisitorEvent event, DataOutputView target) throws IOException {
    target.writeBoolean(event instanceof Order);
    if (event instanceof Order order) {
      ORDER.serialize(order, target);
    } else {
      CLICK.serialize((Click) event, target);
    }
  }

  @Override
  public VisitorEvent deserialize(DataInputView source) throws IOException {
    return source.readBoolean() ? ORDER.deserialize(source) : CLICK.deserialize(source);
  }

  @Override
  public TypeSerializerSnapshot<VisitorEvent> snapshotConfiguration() {
    return new Snapshot();
  }

  /** Version 1 is the only one so far. */
  public static final class Snapshot extends FlatSnapshot<VisitorEvent> {
    /** For Flink, which makes it by name. */
    public Snapshot() {
      super(1, version -> new VisitorEventSerializer());
    }
  }
}
