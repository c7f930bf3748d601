package io.millrace.operators.recommend.content;

import io.millrace.operators.types.FlatData;
import io.millrace.operators.types.FlatSerializer;
import io.millrace.operators.types.FlatSnapshot;
import java.io.IOException;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * Bytes of a bucket's word to an item, version 1: item, bucket, then each other with its similarity
 * in a byte.
 */
final class PairMessageSerializer extends FlatSerializer<PairMessage> {
  @Override
  public void serialize(PairMessage message, DataOutputView target) throws IOException {
    FlatData.writeText(message.item(), target);
    target.writeLong(message.bucket());
    FlatData.writeVarint(message.others().length, target);
    for (int i = 0; i < message.others().length; i++) {
      FlatData.writeText(message.others()[i], target);
      target.writeByte(message.similarities()[i]);
    }
  }

  @Override
  public PairMessage deserialize(DataInputView source) throws IOException {
    String item = FlatData.readText(source);
    long bucket = source.readLong();
    String[] others = new String[FlatData.readVarint(source)];
    int[] similarities = new int[others.length];
    for (int i = 0; i < others.length; i++) {
      others[i] = FlatData.readText(source);
      similarities[i] = source.readUnsignedByte();
    }
    return new PairMessage(item, bucket, others, similarities);
  }

  @Override
  public TypeSerializerSnapshot<PairMessage> snapshotConfiguration() {
    return new Snapshot();
  }

  /** Version 1 is the only one so far. */
  public static final class Snapshot extends FlatSnapshot<PairMessage> {
    /** For Flink, which makes it by name. */
    public Snapshot() {
      super(1, version -> new PairMessageSerializer());
    }
  }
}
