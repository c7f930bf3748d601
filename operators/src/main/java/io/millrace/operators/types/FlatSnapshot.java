package io.millrace.operators.types;

import java.io.IOException;
import java.util.function.IntFunction;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.common.typeutils.TypeSerializerSchemaCompatibility;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * What a checkpoint keeps of a {@link FlatSerializer}: the version of its bytes. Older versions
 * stay readable and are rewritten on restore; newer ones are refused. A subclass is public, with a
 * public constructor without arguments, because Flink makes it by name.
 *
 * @param <T> the serializer's type
 */
public abstract class FlatSnapshot<T> implements TypeSerializerSnapshot<T> {
  private final int current;
  private final IntFunction<? extends FlatSerializer<T>> readers;
  private int version;

  /**
   * @param current version that is written, from 1
   * @param readers the serializer that reads a version from 1 to {@code current}
   */
  protected FlatSnapshot(int current, IntFunction<? extends FlatSerializer<T>> readers) {
    this.current = current;
    this.readers = readers;
    this.version = current;
  }

  @Override
  public final int getCurrentVersion() {
    return current;
  }

  @Override
  public final void writeSnapshot(DataOutputView out) {
    // The version, which Flink writes itself, is all there is.
  }

  @Override
  public final void readSnapshot(int readVersion, DataInputView in, ClassLoader loader)
      throws IOException {
    if (readVersion < 1 || readVersion > current) {
      throw new IOException(
          getClass().getName()
              + " was written in version "
              + readVersion
              + "; this build reads versions 1 to "
              + current
              + ": restore with the build that wrote it, or a newer one");
    }
    version = readVersion;
  }

  @Override
  public final TypeSerializer<T> restoreSerializer() {
    return readers.apply(version);
  }

  @Override
  public final TypeSerializerSchemaCompatibility<T> resolveSchemaCompatibility(
      TypeSerializerSnapshot<T> old) {
    if (old.getClass() != getClass()) {
      return TypeSerializerSchemaCompatibility.incompatible();
    }
    return ((FlatSnapshot<T>) old).version == current
        ? TypeSerializerSchemaCompatibility.compatibleAsIs()
        : TypeSerializerSchemaCompatibility.compatibleAfterMigration();
  }
}
