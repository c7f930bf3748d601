package io.millrace.operators.kafka;

import io.millrace.features.event.DeadLetter;
import io.millrace.operators.types.EventTypes;
import io.millrace.operators.types.FlatData;
import io.millrace.operators.types.FlatSerializer;
import java.io.IOException;
import org.apache.flink.api.common.typeutils.CompositeTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * Bytes of an arrival, version 1: whether it is an event, origin, then partition, event time and
 * event, or the dead letter. Source and gate are chained, so these bytes are seldom written.
 */
final class ArrivalSerializer<E> extends FlatSerializer<Arrival<E>> {
  private final TypeSerializer<E> event;
  private final TypeSerializer<DeadLetter> deadLetter;

  ArrivalSerializer(TypeSerializer<E> event) {
    this(event, EventTypes.DEAD_LETTER.serializer());
  }

  private ArrivalSerializer(TypeSerializer<E> event, TypeSerializer<DeadLetter> deadLetter) {
    this.event = event;
    this.deadLetter = deadLetter;
  }

  @Override
  public void serialize(Arrival<E> arrival, DataOutputView target) throws IOException {
    target.writeBoolean(arrival.isEvent());
    target.writeLong(arrival.origin());
    if (arrival.isEvent()) {
      FlatData.writeVarint(arrival.partition(), target);
      target.writeLong(arrival.eventTime());
      event.serialize(arrival.event(), target);
    } else {
      deadLetter.serialize(arrival.deadLetter(), target);
    }
  }

  @Override
  public Arrival<E> deserialize(DataInputView source) throws IOException {
    boolean isEvent = source.readBoolean();
    long origin = source.readLong();
    if (!isEvent) {
      return Arrival.of(deadLetter.deserialize(source), origin);
    }
    int partition = FlatData.readVarint(source);
    long eventTime = source.readLong();
    return Arrival.of(event.deserialize(source), partition, eventTime, origin);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof ArrivalSerializer<?> that
        && event.equals(that.event)
        && deadLetter.equals(that.deadLetter);
  }

  @Override
  public int hashCode() {
    return 31 * getClass().hashCode() + event.hashCode();
  }

  @Override
  public TypeSerializerSnapshot<Arrival<E>> snapshotConfiguration() {
    return new Snapshot<>(this);
  }

  /** Version 1 is the only one so far; those of event and dead letter are kept beside it. */
  public static final class Snapshot<E>
      extends CompositeTypeSerializerSnapshot<Arrival<E>, ArrivalSerializer<E>> {
    /** For Flink, which makes it by name. */
    public Snapshot() {}

    Snapshot(ArrivalSerializer<E> serializer) {
      super(serializer);
    }

    @Override
    protected int getCurrentOuterSnapshotVersion() {
      return 1;
    }

    @Override
    protected TypeSerializer<?>[] getNestedSerializers(ArrivalSerializer<E> serializer) {
      return new TypeSerializer<?>[] {serializer.event, serializer.deadLetter};
    }

    @Override
    @SuppressWarnings("unchecked")
    protected ArrivalSerializer<E> createOuterSerializerWithNestedSerializers(
        TypeSerializer<?>[] nested) {
      return new ArrivalSerializer<>(
          (TypeSerializer<E>) nested[0], (TypeSerializer<DeadLetter>) nested[1]);
    }
  }
}
