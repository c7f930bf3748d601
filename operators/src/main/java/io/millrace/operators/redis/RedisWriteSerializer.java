package io.millrace.operators.redis;

import io.millrace.operators.types.FlatData;
import io.millrace.operators.types.FlatSerializer;
import io.millrace.operators.types.FlatSnapshot;
import java.io.IOException;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Bytes of a {@link RedisWrite}, version 1: key, value, ttl, origin. */
final class RedisWriteSerializer extends FlatSerializer<RedisWrite> {

  @Override
  public void serialize(RedisWrite write, DataOutputView target) throws IOException {
    FlatData.writeText(write.key(), target);
    FlatData.writeBytes(write.value(), target);
    target.writeLong(write.ttlMillis());
    target.writeLong(write.origin());
  }

  @Override
  public RedisWrite deserialize(DataInputView source) throws IOException {
    String key = FlatData.readText(source);
    byte[] value = FlatData.readBytes(source);
    return RedisWrite.restored(key, value, source.readLong(), source.readLong());
  }

  @Override
  public TypeSerializerSnapshot<RedisWrite> snapshotConfiguration() {
    return new Snapshot();
  }

  /** Version 1 is the only one so far. */
  public static final class Snapshot extends FlatSnapshot<RedisWrite> {
    /** For Flink, which makes it by name. */
    public Snapshot() {
      super(1, version -> new RedisWriteSerializer());
    }
  }
}
