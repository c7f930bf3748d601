package io.millrace.operators.recommend.content;

import io.millrace.operators.types.FlatData;
import io.millrace.operators.types.FlatSerializer;
import io.millrace.operators.types.FlatSnapshot;
import java.io.IOException;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Bytes of an item's word to a bucket, version 1: the fields in order. */
final class BandMessageSerializer extends FlatSerializer<BandMessage> {
  @Override
  public void serialize(BandMessage message, DataOutputView target) throws IOException {
    target.writeLong(message.band());
    target.writeByte(message.number());
    FlatData.writeText(message.item(), target);
    target.writeLong(message.time());
    FlatData.writeBytes(message.hashes(), target);
  }

  @Override
  public BandMessage deserialize(DataInputView source) throws IOException {
    return new BandMessage(
        source.readLong(),
        source.readByte(),
        FlatData.readText(source),
        source.readLong(),
        FlatData.readBytes(source));
  }

  @Override
  public TypeSerializerSnapshot<BandMessage> snapshotConfiguration() {
    return new Snapshot();
  }

  /** Version 1 is the only one so far. */
  public static final class Snapshot extends FlatSnapshot<BandMessage> {
    /** For Flink, which makes it by name. */
    public Snapshot() {
      super(1, version -> new BandMessageSerializer());
    }
  }
}
