package io.millrace.operators.profile;

import io.millrace.features.profile.Standing;
import io.millrace.operators.types.FlatData;
import io.millrace.operators.types.FlatSerializer;
import io.millrace.operators.types.FlatSnapshot;
import java.io.IOException;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Bytes of what divides the population, version 1: by, cuts. */
public final class PopulationCutsSerializer extends FlatSerializer<PopulationCuts> {
  private static final Standing.By[] BY = Standing.By.values();

  @Override
  public void serialize(PopulationCuts cuts, DataOutputView target) throws IOException {
    target.writeByte(cuts.by().ordinal());
    FlatData.writeVarint(cuts.cuts().length, target);
    for (int cut : cuts.cuts()) {
      target.writeInt(cut);
    }
  }

  @Override
  public PopulationCuts deserialize(DataInputView source) throws IOException {
    Standing.By by = BY[source.readByte()];
    int[] cuts = new int[FlatData.readVarint(source)];
    for (int i = 0; i < cuts.length; i++) {
      cuts[i] = source.readInt();
    }
    return new PopulationCuts(by, cuts);
  }

  @Override
  public TypeSerializerSnapshot<PopulationCuts> snapshotConfiguration() {
    return new Snapshot();
  }

  /** Version 1 is the only one so far. */
  public static final class Snapshot extends FlatSnapshot<PopulationCuts> {
    /** For Flink, which makes it by name. */
    public Snapshot() {
      super(1, version -> new PopulationCutsSerializer());
    }
  }
}
