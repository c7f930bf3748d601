package io.millrace.operators.profile;

import io.millrace.features.profile.Standing;
import io.millrace.operators.types.FlatSerializer;
import io.millrace.operators.types.FlatSnapshot;
import java.io.IOException;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Bytes of a change of the population, version 1: by, bucket, count. */
public final class PopulationChangeSerializer extends FlatSerializer<PopulationChange> {
  private static final Standing.By[] BY = Standing.By.values();

  @Override
  public void serialize(PopulationChange change, DataOutputView target) throws IOException {
    target.writeByte(change.by().ordinal());
    target.writeInt(change.bucket());
    target.writeLong(change.count());
  }

  @Override
  public PopulationChange deserialize(DataInputView source) throws IOException {
    return new PopulationChange(BY[source.readByte()], source.readInt(), source.readLong());
  }

  @Override
  public TypeSerializerSnapshot<PopulationChange> snapshotConfiguration() {
    return new Snapshot();
  }

  /** Version 1 is the only one so far. */
  public static final class Snapshot extends FlatSnapshot<PopulationChange> {
    /** For Flink, which makes it by name. */
    public Snapshot() {
      super(1, version -> new PopulationChangeSerializer());
    }
  }
}
