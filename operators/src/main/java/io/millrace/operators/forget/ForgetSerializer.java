package io.millrace.operators.forget;

import io.millrace.operators.types.FlatData;
import io.millrace.operators.types.FlatSerializer;
import io.millrace.operators.types.FlatSnapshot;
import java.io.IOException;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Bytes of a word to forget, version 1: kind, visitor, time. */
public final class ForgetSerializer extends FlatSerializer<Forget> {
  private static final Forget.Kind[] KINDS = Forget.Kind.values();

  @Override
  public void serialize(Forget forget, DataOutputView target) throws IOException {
    target.writeByte(forget.kind().ordinal());
    FlatData.writeText(forget.visitor(), target);
    target.writeLong(forget.upTo());
  }

  @Override
  public Forget deserialize(DataInputView source) throws IOException {
    Forget.Kind kind = KINDS[source.readByte()];
    return new Forget(FlatData.readText(source), kind, source.readLong());
  }

  @Override
  public TypeSerializerSnapshot<Forget> snapshotConfiguration() {
    return new Snapshot();
  }

  /** Version 1 is the only one so far. */
  public static final class Snapshot extends FlatSnapshot<Forget> {
    /** For Flink, which makes it by name. */
    public Snapshot() {
      super(1, version -> new ForgetSerializer());
    }
  }
}
