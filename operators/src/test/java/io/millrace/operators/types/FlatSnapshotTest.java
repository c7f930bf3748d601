package io.millrace.operators.types;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import org.apache.flink.api.common.typeutils.TypeSerializerSchemaCompatibility;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.apache.flink.core.memory.DataOutputView;
import org.junit.jupiter.api.Test;

class FlatSnapshotTest {
  /** A count that was an int in version 1 and is a long in version 2. */
  private static final class CountSerializer extends FlatSerializer<Long> {
    private final int version;

    private CountSerializer(int version) {
      this.version = version;
    }

    @Override
    public void serialize(Long count, DataOutputView target) throws IOException {
      target.writeLong(count);
    }

    @Override
    public Long deserialize(DataInputView source) throws IOException {
      return version == 1 ? source.readInt() : source.readLong();
    }

    @Override
    public TypeSerializerSnapshot<Long> snapshotConfiguration() {
      return new CountSnapshot();
    }
  }

  /** Made by name. */
  public static final class CountSnapshot extends FlatSnapshot<Long> {
    public CountSnapshot() {
      super(2, CountSerializer::new);
    }
  }

  private static TypeSerializerSnapshot<Long> read(int version) throws IOException {
    DataOutputSerializer out = new DataOutputSerializer(64);
    out.writeUTF(CountSnapshot.class.getName());
    out.writeInt(version);
    return TypeSerializerSnapshot.readVersionedSnapshot(
        new DataInputDeserializer(out.getCopyOfBuffer()), getClassLoader());
  }

  private static ClassLoader getClassLoader() {
    return FlatSnapshotTest.class.getClassLoader();
  }

  private static TypeSerializerSchemaCompatibility<Long> compatibility(int version)
      throws IOException {
    return new CountSnapshot().resolveSchemaCompatibility(read(version));
  }

  @Test
  void readsAnOldVersionAndHasItRewritten() throws Exception {
    DataOutputSerializer old = new DataOutputSerializer(4);
    old.writeInt(42);

    assertThat(
            read(1)
                .restoreSerializer()
                .deserialize(new DataInputDeserializer(old.getCopyOfBuffer())))
        .isEqualTo(42L);
    assertThat(compatibility(1).isCompatibleAfterMigration()).isTrue();
  }

  @Test
  void takesTheCurrentVersionAsItIs() throws Exception {
    DataOutputSerializer now = new DataOutputSerializer(8);
    now.writeLong(1L << 40);

    assertThat(
            read(2)
                .restoreSerializer()
                .deserialize(new DataInputDeserializer(now.getCopyOfBuffer())))
        .isEqualTo(1L << 40);
    assertThat(compatibility(2).isCompatibleAsIs()).isTrue();
  }

  @Test
  void refusesAVersionItDoesNotKnow() {
    assertThatThrownBy(() -> read(3))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("version 3")
        .hasMessageContaining("reads versions 1 to 2");
    assertThatThrownBy(() -> read(0)).isInstanceOf(IOException.class);
  }
}
