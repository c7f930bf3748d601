package io.millrace.operators.types;

import io.millrace.features.decision.Band;
import io.millrace.features.decision.OrderRisk;
import io.millrace.features.event.FraudRule.Action;
import java.io.IOException;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * Bytes of the risk of an order, version 1: band, action, event time, order id, event id, visitor
 * id, then score, model and its version where present, the rules and the reasons.
 */
final class OrderRiskSerializer extends FlatSerializer<OrderRisk> {
  private static final Band[] BANDS = Band.values();
  private static final Action[] ACTIONS = Action.values();

  @Override
  public void serialize(OrderRisk risk, DataOutputView target) throws IOException {
    target.writeByte(risk.band().ordinal());
    target.writeByte(risk.action().ordinal());
    target.writeLong(risk.eventTime());
    FlatData.writeText(risk.orderId(), target);
    FlatData.writeText(risk.eventId(), target);
    FlatData.writeText(risk.visitorId(), target);
    OptionalFields.writeDoubles(target, risk.score());
    OptionalFields.writeTexts(target, risk.modelId());
    OptionalFields.writeLongs(target, risk.modelVersion());
    FlatData.writeTexts(risk.rules(), target);
    RiskReasonSerializer.writeAll(risk.reasons(), target);
  }

  @Override
  public OrderRisk deserialize(DataInputView source) throws IOException {
    Band band = BANDS[source.readByte()];
    Action action = ACTIONS[source.readByte()];
    long eventTime = source.readLong();
    return new OrderRisk(
        FlatData.readText(source),
        FlatData.readText(source),
        eventTime,
        FlatData.readText(source),
        OptionalFields.readDoubles(1, source)[0],
        band,
        action,
        OptionalFields.readTexts(1, source)[0],
        OptionalFields.readLongs(1, source)[0],
        FlatData.readTexts(source),
        RiskReasonSerializer.readAll(source));
  }

  @Override
  public TypeSerializerSnapshot<OrderRisk> snapshotConfiguration() {
    return new Snapshot();
  }

  /** Version 1 is the only one so far. */
  public static final class Snapshot extends FlatSnapshot<OrderRisk> {
    /** For Flink, which makes it by name. */
    public Snapshot() {
      super(1, version -> new OrderRiskSerializer());
    }
  }
}
