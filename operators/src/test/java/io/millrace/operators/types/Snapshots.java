package io.millrace.operators.types;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;

/** What a checkpoint does with a serializer, in memory. */
public final class Snapshots {
  private Snapshots() {}

  /** Writes a value, reads it back and demands that no byte is left. */
  public static <T> T roundTrip(TypeSerializer<T> serializer, T value) throws IOException {
    DataInputDeserializer in = new DataInputDeserializer(bytes(serializer, value));
    T read = serializer.deserialize(in);
    assertThat(in.available()).as("bytes left").isZero();
    DataOutputSerializer copy = new DataOutputSerializer(64);
    serializer.copy(new DataInputDeserializer(bytes(serializer, value)), copy);
    assertThat(copy.getCopyOfBuffer()).isEqualTo(bytes(serializer, value));
    return read;
  }

  /** The bytes of a value. */
  public static <T> byte[] bytes(TypeSerializer<T> serializer, T value) throws IOException {
    DataOutputSerializer out = new DataOutputSerializer(64);
    serializer.serialize(value, out);
    return out.getCopyOfBuffer();
  }

  /** Writes the serializer's snapshot as a checkpoint does and reads it in another life. */
  public static <T> TypeSerializerSnapshot<T> restored(TypeSerializer<T> serializer)
      throws IOException {
    DataOutputSerializer out = new DataOutputSerializer(64);
    TypeSerializerSnapshot.writeVersionedSnapshot(out, serializer.snapshotConfiguration());
    return TypeSerializerSnapshot.readVersionedSnapshot(
        new DataInputDeserializer(out.getCopyOfBuffer()), Snapshots.class.getClassLoader());
  }

  /** Demands that state written by a serializer is read by the restored and by a new one. */
  public static <T> void assertRestores(TypeSerializer<T> serializer, T value) throws IOException {
    TypeSerializerSnapshot<T> old = restored(serializer);
    TypeSerializer<T> reader = old.restoreSerializer();
    assertThat(reader).isEqualTo(serializer).hasSameHashCodeAs(serializer);
    T read = reader.deserialize(new DataInputDeserializer(bytes(serializer, value)));
    assertThat(read).usingRecursiveComparison().isEqualTo(value);
    assertThat(
            serializer.snapshotConfiguration().resolveSchemaCompatibility(old).isCompatibleAsIs())
        .isTrue();
  }
}
