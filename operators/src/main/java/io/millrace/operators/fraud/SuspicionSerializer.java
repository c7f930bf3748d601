package io.millrace.operators.fraud;

import io.millrace.features.alert.Suspicion;
import io.millrace.features.alert.Suspicion.Participant;
import io.millrace.features.event.FraudAlert.Cause;
import io.millrace.features.event.FraudRule.Action;
import io.millrace.features.event.FraudRule.Severity;
import io.millrace.features.event.RiskReason;
import io.millrace.operators.types.FlatData;
import io.millrace.operators.types.FlatSerializer;
import io.millrace.operators.types.FlatSnapshot;
import io.millrace.operators.types.RiskReasonSerializer;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * Bytes of a suspicion, version 1: the cause, whether it is on trial or has a score, the entity,
 * its place, how bad it is and what is asked for, the numbers of a score, reasons and events.
 */
final class SuspicionSerializer extends FlatSerializer<Suspicion> {
  private static final int SHADOW = 1;
  private static final int SCORED = 1 << 1;
  private static final int LOSS = 1 << 2;

  private static final Cause.Type[] TYPES = Cause.Type.values();
  private static final Severity[] SEVERITIES = Severity.values();
  private static final Action[] ACTIONS = Action.values();

  @Override
  public void serialize(Suspicion suspicion, DataOutputView target) throws IOException {
    target.writeByte(suspicion.cause().type().ordinal());
    FlatData.writeText(suspicion.cause().id(), target);
    target.writeLong(suspicion.cause().version());
    target.writeByte(
        (suspicion.shadow() ? SHADOW : 0)
            | (suspicion.score() != null ? SCORED : 0)
            | (suspicion.expectedLoss() != null ? LOSS : 0));
    FlatData.writeText(suspicion.entity(), target);
    target.writeLong(suspicion.time());
    target.writeLong(suspicion.tie());
    target.writeByte(suspicion.severity().ordinal());
    target.writeByte(suspicion.action().ordinal());
    if (suspicion.score() != null) {
      target.writeDouble(suspicion.score());
      target.writeDouble(suspicion.probability());
    }
    if (suspicion.expectedLoss() != null) {
      target.writeDouble(suspicion.expectedLoss());
    }
    RiskReasonSerializer.writeAll(suspicion.reasons(), target);
    FlatData.writeVarint(suspicion.events().size(), target);
    for (Participant event : suspicion.events()) {
      FlatData.writeText(event.eventId(), target);
      FlatData.writeText(event.visitorId(), target);
      FlatData.writeText(event.orderId() == null ? "" : event.orderId(), target);
      target.writeLong(event.time());
    }
    target.writeLong(suspicion.from());
  }

  @Override
  public Suspicion deserialize(DataInputView source) throws IOException {
    Cause.Type type = TYPES[source.readByte()];
    Cause cause = new Cause(type, FlatData.readText(source), source.readLong());
    int present = source.readByte();
    String entity = FlatData.readText(source);
    long time = source.readLong();
    long tie = source.readLong();
    Severity severity = SEVERITIES[source.readByte()];
    Action action = ACTIONS[source.readByte()];
    Double score = (present & SCORED) != 0 ? source.readDouble() : null;
    Double probability = (present & SCORED) != 0 ? source.readDouble() : null;
    Double loss = (present & LOSS) != 0 ? source.readDouble() : null;
    List<RiskReason> reasons = RiskReasonSerializer.readAll(source);
    List<Participant> events = new ArrayList<>();
    for (int rest = FlatData.readVarint(source); rest > 0; rest--) {
      String event = FlatData.readText(source);
      String visitor = FlatData.readText(source);
      String order = FlatData.readText(source);
      events.add(
          new Participant(event, visitor, order.isEmpty() ? null : order, source.readLong()));
    }
    return new Suspicion(
        cause,
        (present & SHADOW) != 0,
        entity,
        time,
        tie,
        severity,
        action,
        score,
        probability,
        loss,
        reasons,
        events,
        source.readLong());
  }

  @Override
  public TypeSerializerSnapshot<Suspicion> snapshotConfiguration() {
    return new Snapshot();
  }

  /** Version 1 is the only one so far. */
  public static final class Snapshot extends FlatSnapshot<Suspicion> {
    /** For Flink, which makes it by name. */
    public Snapshot() {
      super(1, version -> new SuspicionSerializer());
    }
  }
}
