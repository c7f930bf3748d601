package io.millrace.operators.redis;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.common.typeutils.TypeSerializerSchemaCompatibility;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * The bytes of a {@link RedisWrite}, format 1: length and UTF-8 of the key, length and bytes of the
 * value, ttl, origin. The format's number stands in the snapshot, not in each record.
 */
final class RedisWriteSerializer extends TypeSerializer<RedisWrite> {
  private static final long serialVersionUID = 1L;

  static final RedisWriteSerializer INSTANCE = new RedisWriteSerializer();

  @Override
  public void serialize(RedisWrite write, DataOutputView target) throws IOException {
    writeBytes(write.key().getBytes(UTF_8), target);
    writeBytes(write.value(), target);
    target.writeLong(write.ttlMillis());
    target.writeLong(write.origin());
  }

  @Override
  public RedisWrite deserialize(DataInputView source) throws IOException {
    String key = new String(readBytes(source), UTF_8);
    return RedisWrite.restored(key, readBytes(source), source.readLong(), source.readLong());
  }

  @Override
  public RedisWrite deserialize(RedisWrite reuse, DataInputView source) throws IOException {
    return deserialize(source);
  }

  @Override
  public void copy(DataInputView source, DataOutputView target) throws IOException {
    writeBytes(readBytes(source), target);
    writeBytes(readBytes(source), target);
    target.writeLong(source.readLong());
    target.writeLong(source.readLong());
  }

  private static byte[] readBytes(DataInputView source) throws IOException {
    byte[] bytes = new byte[source.readInt()];
    source.readFully(bytes);
    return bytes;
  }

  private static void writeBytes(byte[] bytes, DataOutputView target) throws IOException {
    target.writeInt(bytes.length);
    target.write(bytes);
  }

  @Override
  public boolean isImmutableType() {
    return true;
  }

  @Override
  public TypeSerializer<RedisWrite> duplicate() {
    return this;
  }

  @Override
  public RedisWrite createInstance() {
    return null;
  }

  @Override
  public RedisWrite copy(RedisWrite from) {
    return from;
  }

  @Override
  public RedisWrite copy(RedisWrite from, RedisWrite reuse) {
    return from;
  }

  @Override
  public int getLength() {
    return -1;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof RedisWriteSerializer;
  }

  @Override
  public int hashCode() {
    return RedisWriteSerializer.class.hashCode();
  }

  @Override
  public TypeSerializerSnapshot<RedisWrite> snapshotConfiguration() {
    return new Snapshot();
  }

  /** Remembers the format; Flink makes it by name, so it has to be public. */
  public static final class Snapshot implements TypeSerializerSnapshot<RedisWrite> {
    private static final int FORMAT = 1;

    @Override
    public int getCurrentVersion() {
      return FORMAT;
    }

    @Override
    public void writeSnapshot(DataOutputView out) {}

    @Override
    public void readSnapshot(int format, DataInputView in, ClassLoader classLoader)
        throws IOException {
      if (format != FORMAT) {
        throw new IOException(
            "these Redis writes were saved in format "
                + format
                + ", this version reads format "
                + FORMAT
                + "; restore with the version that saved them or a later one");
      }
    }

    @Override
    public TypeSerializer<RedisWrite> restoreSerializer() {
      return INSTANCE;
    }

    @Override
    public TypeSerializerSchemaCompatibility<RedisWrite> resolveSchemaCompatibility(
        TypeSerializerSnapshot<RedisWrite> old) {
      return old instanceof Snapshot
          ? TypeSerializerSchemaCompatibility.compatibleAsIs()
          : TypeSerializerSchemaCompatibility.incompatible();
    }
  }
}
