package io.millrace.operators.types;

import io.millrace.features.event.RiskReason;
import java.io.IOException;
import java.util.List;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Bytes of a reason, version 1: code, feature, then the numbers, each where present. */
public final class RiskReasonSerializer extends FlatSerializer<RiskReason> {
  private static final int NUMBERS = 3;

  @Override
  public void serialize(RiskReason reason, DataOutputView target) throws IOException {
    write(reason, target);
  }

  @Override
  public RiskReason deserialize(DataInputView source) throws IOException {
    return read(source);
  }

  /** Writes a count and that many reasons. */
  public static void writeAll(List<RiskReason> reasons, DataOutputView target) throws IOException {
    FlatData.writeVarint(reasons.size(), target);
    for (RiskReason reason : reasons) {
      write(reason, target);
    }
  }

  /** Reads what {@link #writeAll} wrote. */
  public static List<RiskReason> readAll(DataInputView source) throws IOException {
    RiskReason[] reasons = new RiskReason[FlatData.readVarint(source)];
    for (int i = 0; i < reasons.length; i++) {
      reasons[i] = read(source);
    }
    return List.of(reasons);
  }

  private static void write(RiskReason reason, DataOutputView target) throws IOException {
    FlatData.writeText(reason.code(), target);
    FlatData.writeText(reason.feature(), target);
    OptionalFields.writeDoubles(target, reason.value(), reason.baseline(), reason.contribution());
  }

  private static RiskReason read(DataInputView source) throws IOException {
    String code = FlatData.readText(source);
    String feature = FlatData.readText(source);
    Double[] numbers = OptionalFields.readDoubles(NUMBERS, source);
    return new RiskReason(code, feature, numbers[0], numbers[1], numbers[2]);
  }

  @Override
  public TypeSerializerSnapshot<RiskReason> snapshotConfiguration() {
    return new Snapshot();
  }

  /** Version 1 is the only one so far. */
  public static final class Snapshot extends FlatSnapshot<RiskReason> {
    /** For Flink, which makes it by name. */
    public Snapshot() {
      super(1, version -> new RiskReasonSerializer());
    }
  }
}
