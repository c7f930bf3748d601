package io.millrace.operators.types;

import io.millrace.features.event.Erasure;
import java.io.IOException;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Bytes of a request to forget, version 1: the fields in order. */
final class ErasureSerializer extends FlatSerializer<Erasure> {
  @Override
  public void serialize(Erasure erasure, DataOutputView target) throws IOException {
    FlatData.writeText(erasure.visitorId(), target);
    target.writeLong(erasure.requestedAt());
  }

  @Override
  public Erasure deserialize(DataInputView source) throws IOException {
    return new Erasure(FlatData.readText(source), source.readLong());
  }

  @Override
  public TypeSerializerSnapshot<Erasure> snapshotConfiguration() {
    return new Snapshot();
  }

  /** Version 1 is the only one so far. */
  public static final class Snapshot extends FlatSnapshot<Erasure> {
    /** For Flink, which makes it by name. */
    public Snapshot() {
      super(1, version -> new ErasureSerializer());
    }
  }
}
