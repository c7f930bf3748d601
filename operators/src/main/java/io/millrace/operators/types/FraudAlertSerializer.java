package io.millrace.operators.types;

import io.millrace.features.event.FraudAlert;
import io.millrace.features.event.FraudAlert.Cause;
import io.millrace.features.event.FraudAlert.State;
import io.millrace.features.event.FraudRule.Action;
import io.millrace.features.event.FraudRule.Severity;
import io.millrace.features.event.RiskReason;
import java.io.IOException;
import java.util.List;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * Bytes of an alert, version 1: state, type of the cause, severity, action, shadow, alert id,
 * revision, id and version of the cause, entity, visitors, orders, the numbers where present
 * (score, probability, loss), the reasons, the events, the times in order, and the texts where
 * present (triggering event, control).
 */
final class FraudAlertSerializer extends FlatSerializer<FraudAlert> {
  private static final State[] STATES = State.values();
  private static final Cause.Type[] CAUSES = Cause.Type.values();
  private static final Severity[] SEVERITIES = Severity.values();
  private static final Action[] ACTIONS = Action.values();

  @Override
  public void serialize(FraudAlert alert, DataOutputView target) throws IOException {
    target.writeByte(alert.state().ordinal());
    target.writeByte(alert.cause().type().ordinal());
    target.writeByte(alert.severity().ordinal());
    target.writeByte(alert.action().ordinal());
    target.writeBoolean(alert.shadow());
    FlatData.writeText(alert.alertId(), target);
    FlatData.writeVarint(alert.revision(), target);
    FlatData.writeText(alert.cause().id(), target);
    target.writeLong(alert.cause().version());
    FlatData.writeText(alert.entity(), target);
    FlatData.writeTexts(alert.visitorIds(), target);
    FlatData.writeTexts(alert.orderIds(), target);
    OptionalFields.writeDoubles(target, alert.score(), alert.probability(), alert.expectedLoss());
    RiskReasonSerializer.writeAll(alert.reasons(), target);
    FlatData.writeTexts(alert.eventIds(), target);
    target.writeLong(alert.from());
    target.writeLong(alert.to());
    target.writeLong(alert.eventTime());
    target.writeLong(alert.detectionTime());
    OptionalFields.writeTexts(target, alert.triggeringEventId(), alert.suppressedBy());
  }

  @Override
  public FraudAlert deserialize(DataInputView source) throws IOException {
    State state = STATES[source.readByte()];
    Cause.Type type = CAUSES[source.readByte()];
    Severity severity = SEVERITIES[source.readByte()];
    Action action = ACTIONS[source.readByte()];
    boolean shadow = source.readBoolean();
    String alertId = FlatData.readText(source);
    int revision = FlatData.readVarint(source);
    Cause cause = new Cause(type, FlatData.readText(source), source.readLong());
    String entity = FlatData.readText(source);
    List<String> visitorIds = FlatData.readTexts(source);
    List<String> orderIds = FlatData.readTexts(source);
    Double[] numbers = OptionalFields.readDoubles(3, source);
    List<RiskReason> reasons = RiskReasonSerializer.readAll(source);
    List<String> eventIds = FlatData.readTexts(source);
    long from = source.readLong();
    long to = source.readLong();
    long eventTime = source.readLong();
    long detectionTime = source.readLong();
    String[] texts = OptionalFields.readTexts(2, source);
    return new FraudAlert(
        alertId,
        state,
        revision,
        cause,
        entity,
        visitorIds,
        orderIds,
        severity,
        action,
        numbers[0],
        numbers[1],
        numbers[2],
        reasons,
        texts[0],
        eventIds,
        from,
        to,
        eventTime,
        detectionTime,
        shadow,
        texts[1]);
  }

  @Override
  public TypeSerializerSnapshot<FraudAlert> snapshotConfiguration() {
    return new Snapshot();
  }

  /** Version 1 is the only one so far. */
  public static final class Snapshot extends FlatSnapshot<FraudAlert> {
    /** For Flink, which makes it by name. */
    public Snapshot() {
      super(1, version -> new FraudAlertSerializer());
    }
  }
}
