package io.millrace.operators.kafka;

import io.millrace.operators.types.FlatData;
import io.millrace.operators.types.FlatSerializer;
import java.io.IOException;
import org.apache.flink.api.common.typeutils.CompositeTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * Bytes of a fact, version 1: key, origin, whether it is deleted, else the value in its version.
 */
final class FactSerializer<E> extends FlatSerializer<Fact<E>> {
  private final TypeSerializer<E> value;

  FactSerializer(TypeSerializer<E> value) {
    this.value = value;
  }

  @Override
  public void serialize(Fact<E> fact, DataOutputView target) throws IOException {
    FlatData.writeText(fact.key(), target);
    target.writeLong(fact.origin());
    target.writeBoolean(fact.isDeleted());
    if (!fact.isDeleted()) {
      value.serialize(fact.value(), target);
    }
  }

  @Override
  public Fact<E> deserialize(DataInputView source) throws IOException {
    String key = FlatData.readText(source);
    long origin = source.readLong();
    return new Fact<>(key, source.readBoolean() ? null : value.deserialize(source), origin);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof FactSerializer<?> that && value.equals(that.value);
  }

  @Override
  public int hashCode() {
    return 31 * getClass().hashCode() + value.hashCode();
  }

  @Override
  public TypeSerializerSnapshot<Fact<E>> snapshotConfiguration() {
    return new Snapshot<>(this);
  }

  /** Version 1 is the only one so far; that of the value is kept beside it. */
  public static final class Snapshot<E>
      extends CompositeTypeSerializerSnapshot<Fact<E>, FactSerializer<E>> {
    /** For Flink, which makes it by name. */
    public Snapshot() {}

    Snapshot(FactSerializer<E> serializer) {
      super(serializer);
    }

    @Override
    protected int getCurrentOuterSnapshotVersion() {
      return 1;
    }

    @Override
    protected TypeSerializer<?>[] getNestedSerializers(FactSerializer<E> serializer) {
      return new TypeSerializer<?>[] {serializer.value};
    }

    @Override
    @SuppressWarnings("unchecked")
    protected FactSerializer<E> createOuterSerializerWithNestedSerializers(
        TypeSerializer<?>[] nested) {
      return new FactSerializer<>((TypeSerializer<E>) nested[0]);
    }
  }
}
