package io.millrace.operators.fraud;

import io.millrace.operators.fraud.Passage.Phase;
import io.millrace.operators.fraud.ToLabels.Outcome;
import io.millrace.operators.types.FlatData;
import io.millrace.operators.types.FlatSerializer;
import io.millrace.operators.types.FlatSnapshot;
import java.io.IOException;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Bytes, version 1: the parts in order, but for those that the phase does not have. */
final class ToLabelsSerializer extends FlatSerializer<ToLabels> {
  private static final int FRAUD = 1;
  private static final int CORRECTION = 1 << 1;
  private static final int EXPLAINED = 1 << 2;

  private static final Phase[] PHASES = Phase.values();

  @Override
  public void serialize(ToLabels to, DataOutputView target) throws IOException {
    target.writeByte(to.phase().ordinal());
    FlatData.writeText(to.way(), target);
    FlatData.writeText(to.id(), target);
    FlatData.writeText(to.order(), target);
    target.writeLong(to.time());
    if (to.phase() == Phase.FORGET) {
      return;
    }
    target.writeLong(to.tie());
    if (to.phase() == Phase.LEARN) {
      Outcome outcome = to.outcome();
      target.writeByte(
          (outcome.fraud() ? FRAUD : 0)
              | (outcome.correction() ? CORRECTION : 0)
              | (outcome.explained() ? EXPLAINED : 0));
    } else {
      FlatData.writeText(to.eventId(), target);
    }
  }

  @Override
  public ToLabels deserialize(DataInputView source) throws IOException {
    Phase phase = PHASES[source.readByte()];
    String way = FlatData.readText(source);
    String id = FlatData.readText(source);
    String order = FlatData.readText(source);
    long time = source.readLong();
    if (phase == Phase.FORGET) {
      return ToLabels.forget(way, id, order, time);
    }
    long tie = source.readLong();
    if (phase == Phase.LEARN) {
      int bits = source.readByte();
      Outcome outcome =
          new Outcome((bits & FRAUD) != 0, (bits & CORRECTION) != 0, (bits & EXPLAINED) != 0);
      return ToLabels.learn(way, id, order, time, tie, outcome);
    }
    String eventId = FlatData.readText(source);
    return new ToLabels(phase, way, id, order, eventId, time, tie, null);
  }

  @Override
  public TypeSerializerSnapshot<ToLabels> snapshotConfiguration() {
    return new Snapshot();
  }

  /** Version 1 is the only one so far. */
  public static final class Snapshot extends FlatSnapshot<ToLabels> {
    /** For Flink, which makes it by name. */
    public Snapshot() {
      super(1, version -> new ToLabelsSerializer());
    }
  }
}
