package io.millrace.operators.kafka;

import io.millrace.operators.types.FlatSerializer;
import java.io.IOException;
import org.apache.flink.api.common.typeutils.CompositeTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Bytes of a timed event, version 1: origin, then the event in its own version. */
final class TimedSerializer<E> extends FlatSerializer<Timed<E>> {
  private final TypeSerializer<E> event;

  TimedSerializer(TypeSerializer<E> event) {
    this.event = event;
  }

  @Override
  public void serialize(Timed<E> timed, DataOutputView target) throws IOException {
    target.writeLong(timed.origin());
    event.serialize(timed.event(), target);
  }

  @Override
  public Timed<E> deserialize(DataInputView source) throws IOException {
    long origin = source.readLong();
    return new Timed<>(event.deserialize(source), origin);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof TimedSerializer<?> that && event.equals(that.event);
  }

  @Override
  public int hashCode() {
    return 31 * getClass().hashCode() + event.hashCode();
  }

  @Override
  public TypeSerializerSnapshot<Timed<E>> snapshotConfiguration() {
    return new Snapshot<>(this);
  }

  /** Version 1 is the only one so far; that of the event is kept beside it. */
  public static final class Snapshot<E>
      extends CompositeTypeSerializerSnapshot<Timed<E>, TimedSerializer<E>> {
    /** For Flink, which makes it by name. */
    public Snapshot() {}

    Snapshot(TimedSerializer<E> serializer) {
      super(serializer);
    }

    @Override
    protected int getCurrentOuterSnapshotVersion() {
      return 1;
    }

    @Override
    protected TypeSerializer<?>[] getNestedSerializers(TimedSerializer<E> serializer) {
      return new TypeSerializer<?>[] {serializer.event};
    }

    @Override
    @SuppressWarnings("unchecked")
    protected TimedSerializer<E> createOuterSerializerWithNestedSerializers(
        TypeSerializer<?>[] nested) {
      return new TimedSerializer<>((TypeSerializer<E>) nested[0]);
    }
  }
}
