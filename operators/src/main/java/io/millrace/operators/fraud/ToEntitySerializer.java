package io.millrace.operators.fraud;

import io.millrace.features.event.FraudRule.Entity;
import io.millrace.features.event.VisitorEvent;
import io.millrace.operators.fraud.Passage.Phase;
import io.millrace.operators.types.EventTypes;
import io.millrace.operators.types.FlatData;
import io.millrace.operators.types.FlatSerializer;
import io.millrace.operators.types.FlatSnapshot;
import java.io.IOException;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Bytes, version 1: the phase, the kind, the id, and the event or whom to forget up to when. */
final class ToEntitySerializer extends FlatSerializer<ToEntity> {
  private static final Phase[] PHASES = Phase.values();
  private static final Entity[] KINDS = Entity.values();
  private static final FlatSerializer<VisitorEvent> EVENTS = EventTypes.VISITOR_EVENT.serializer();

  @Override
  public void serialize(ToEntity to, DataOutputView target) throws IOException {
    target.writeByte(to.phase().ordinal());
    target.writeByte(to.kind().ordinal());
    FlatData.writeText(to.id(), target);
    if (to.phase() == Phase.FORGET) {
      FlatData.writeText(to.visitor(), target);
      target.writeLong(to.upTo());
    } else {
      EVENTS.serialize(to.event(), target);
    }
  }

  @Override
  public ToEntity deserialize(DataInputView source) throws IOException {
    Phase phase = PHASES[source.readByte()];
    Entity kind = KINDS[source.readByte()];
    String id = FlatData.readText(source);
    return phase == Phase.FORGET
        ? ToEntity.forget(kind, id, FlatData.readText(source), source.readLong())
        : ToEntity.about(phase, kind, id, EVENTS.deserialize(source));
  }

  @Override
  public TypeSerializerSnapshot<ToEntity> snapshotConfiguration() {
    return new Snapshot();
  }

  /** Version 1 is the only one so far. */
  public static final class Snapshot extends FlatSnapshot<ToEntity> {
    /** For Flink, which makes it by name. */
    public Snapshot() {
      super(1, version -> new ToEntitySerializer());
    }
  }
}
