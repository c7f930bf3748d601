package io.millrace.operators.fraud;

import io.millrace.features.event.RiskReason;
import io.millrace.operators.types.FlatData;
import io.millrace.operators.types.FlatSerializer;
import io.millrace.operators.types.FlatSnapshot;
import io.millrace.operators.types.RiskReasonSerializer;
import java.io.IOException;
import java.util.List;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Bytes of a scored order, version 1: the fields in order. */
final class ScoredOrderSerializer extends FlatSerializer<ScoredOrder> {
  @Override
  public void serialize(ScoredOrder order, DataOutputView target) throws IOException {
    FlatData.writeText(order.orderId(), target);
    FlatData.writeText(order.eventId(), target);
    order.trail().write(target);
    target.writeLong(order.time());
    target.writeLong(order.tie());
    FlatData.writeText(order.modelId(), target);
    target.writeLong(order.modelVersion());
    target.writeDouble(order.probability());
    target.writeDouble(order.expectedLoss());
    RiskReasonSerializer.writeAll(order.reasons(), target);
  }

  @Override
  public ScoredOrder deserialize(DataInputView source) throws IOException {
    String orderId = FlatData.readText(source);
    String eventId = FlatData.readText(source);
    Trail trail = Trail.read(source);
    long time = source.readLong();
    long tie = source.readLong();
    String modelId = FlatData.readText(source);
    long version = source.readLong();
    double probability = source.readDouble();
    double loss = source.readDouble();
    List<RiskReason> reasons = RiskReasonSerializer.readAll(source);
    return new ScoredOrder(
        orderId, eventId, trail, time, tie, modelId, version, probability, loss, reasons);
  }

  @Override
  public TypeSerializerSnapshot<ScoredOrder> snapshotConfiguration() {
    return new Snapshot();
  }

  /** Version 1 is the only one so far. */
  public static final class Snapshot extends FlatSnapshot<ScoredOrder> {
    /** For Flink, which makes it by name. */
    public Snapshot() {
      super(1, version -> new ScoredOrderSerializer());
    }
  }
}
