package io.millrace.operators.recommend;

import io.millrace.operators.types.FlatData;
import io.millrace.operators.types.FlatSerializer;
import io.millrace.operators.types.FlatSnapshot;
import io.millrace.operators.types.FlatTypeInfo;
import java.io.IOException;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Bytes of an order line, version 1: item, orders as a byte, pieces, time. */
final class OrderLineSerializer extends FlatSerializer<OrderLine> {
  static final FlatTypeInfo<OrderLine> TYPE =
      new FlatTypeInfo<>(OrderLine.class, new OrderLineSerializer());

  @Override
  public void serialize(OrderLine line, DataOutputView target) throws IOException {
    FlatData.writeText(line.item(), target);
    target.writeByte(line.orders());
    target.writeInt(line.pieces());
    target.writeLong(line.time());
  }

  @Override
  public OrderLine deserialize(DataInputView source) throws IOException {
    return new OrderLine(
        FlatData.readText(source), source.readByte(), source.readInt(), source.readLong());
  }

  @Override
  public TypeSerializerSnapshot<OrderLine> snapshotConfiguration() {
    return new Snapshot();
  }

  /** Version 1 is the only one so far. */
  public static final class Snapshot extends FlatSnapshot<OrderLine> {
    /** For Flink, which makes it by name. */
    public Snapshot() {
      super(1, version -> new OrderLineSerializer());
    }
  }
}
