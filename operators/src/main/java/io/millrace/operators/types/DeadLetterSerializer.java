package io.millrace.operators.types;

import io.millrace.features.event.DeadLetter;
import io.millrace.features.event.InvalidEventException.Reason;
import java.io.IOException;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Bytes of a dead letter, version 1: the fields in order, an empty digest for none. */
final class DeadLetterSerializer extends FlatSerializer<DeadLetter> {
  private static final Reason[] REASONS = Reason.values();

  @Override
  public void serialize(DeadLetter letter, DataOutputView target) throws IOException {
    FlatData.writeText(letter.topic(), target);
    FlatData.writeVarint(letter.partition(), target);
    target.writeLong(letter.offset());
    target.writeByte(letter.reason().ordinal());
    FlatData.writeText(letter.field(), target);
    FlatData.writeText(letter.detail(), target);
    FlatData.writeBytes(letter.payload(), target);
    FlatData.writeVarint(letter.payloadBytes(), target);
    FlatData.writeText(letter.sha256() == null ? "" : letter.sha256(), target);
    target.writeLong(letter.receivedAt());
  }

  @Override
  public DeadLetter deserialize(DataInputView source) throws IOException {
    String topic = FlatData.readText(source);
    int partition = FlatData.readVarint(source);
    long offset = source.readLong();
    Reason reason = REASONS[source.readByte()];
    String field = FlatData.readText(source);
    String detail = FlatData.readText(source);
    byte[] payload = FlatData.readBytes(source);
    int payloadBytes = FlatData.readVarint(source);
    String sha256 = FlatData.readText(source);
    return new DeadLetter(
        topic,
        partition,
        offset,
        reason,
        field,
        detail,
        payload,
        payloadBytes,
        sha256.isEmpty() ? null : sha256,
        source.readLong());
  }

  @Override
  public TypeSerializerSnapshot<DeadLetter> snapshotConfiguration() {
    return new Snapshot();
  }

  /** Version 1 is the only one so far. */
  public static final class Snapshot extends FlatSnapshot<DeadLetter> {
    /** For Flink, which makes it by name. */
    public Snapshot() {
      super(1, version -> new DeadLetterSerializer());
    }
  }
}
