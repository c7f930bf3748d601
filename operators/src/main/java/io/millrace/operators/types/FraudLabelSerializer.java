package io.millrace.operators.types;

import io.millrace.features.event.FraudLabel;
import io.millrace.features.event.FraudLabel.Source;
import java.io.IOException;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Bytes of a label, version 1: the fields in order. */
final class FraudLabelSerializer extends FlatSerializer<FraudLabel> {
  private static final Source[] SOURCES = Source.values();

  @Override
  public void serialize(FraudLabel label, DataOutputView target) throws IOException {
    FlatData.writeText(label.orderId(), target);
    target.writeBoolean(label.fraud());
    target.writeLong(label.labelTime());
    target.writeByte(label.source().ordinal());
  }

  @Override
  public FraudLabel deserialize(DataInputView source) throws IOException {
    return new FraudLabel(
        FlatData.readText(source),
        source.readBoolean(),
        source.readLong(),
        SOURCES[source.readByte()]);
  }

  @Override
  public TypeSerializerSnapshot<FraudLabel> snapshotConfiguration() {
    return new Snapshot();
  }

  /** Version 1 is the only one so far. */
  public static final class Snapshot extends FlatSnapshot<FraudLabel> {
    /** For Flink, which makes it by name. */
    public Snapshot() {
      super(1, version -> new FraudLabelSerializer());
    }
  }
}
