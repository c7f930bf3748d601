package io.millrace.operators.feature;

import io.millrace.features.algebra.EntityFeatures;
import io.millrace.features.algebra.Layouts;
import io.millrace.features.algebra.Row;
import io.millrace.operators.feature.WaitingEvents.Waiting;
import io.millrace.operators.state.StateCodec;
import io.millrace.operators.types.FlatData;
import io.millrace.operators.types.FlatSerializer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.function.Function;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;

/**
 * A key's bytes, version 1: the features' own, with their length, none if there was no event; then
 * the events that wait: their number, the version of their serializer's bytes, and each event.
 */
final class SettledEntityCodec<E> implements StateCodec<SettledEntity<E>> {
  private static final int LAYOUT = 1;

  private final Layouts layouts;
  private final int maxRows;
  private final FlatSerializer<E> events;
  private final Function<E, Row> rows;
  private final int eventVersion;
  private final DataOutputSerializer out = new DataOutputSerializer(1_024);

  /**
   * @param rows makes of an event what the features see of it
   */
  SettledEntityCodec(
      Layouts layouts, int maxRows, FlatSerializer<E> events, Function<E, Row> rows) {
    this.layouts = layouts;
    this.maxRows = maxRows;
    this.events = events;
    this.rows = rows;
    this.eventVersion = events.snapshotConfiguration().getCurrentVersion();
  }

  @Override
  public SettledEntity<E> empty() {
    return new SettledEntity<>(new EntityFeatures(layouts, maxRows), new WaitingEvents<>());
  }

  @Override
  public byte[] encode(SettledEntity<E> entity) {
    if (entity.features().isEmpty() && entity.waiting().isEmpty()) {
      return null;
    }
    try {
      out.clear();
      out.writeByte(LAYOUT);
      FlatData.writeBytes(
          entity.features().isEmpty() ? new byte[0] : entity.features().toBytes(), out);
      FlatData.writeVarint(entity.waiting().all().size(), out);
      if (!entity.waiting().isEmpty()) {
        FlatData.writeVarint(eventVersion, out);
      }
      for (Waiting<E> waiting : entity.waiting().all()) {
        events.serialize(waiting.event(), out);
      }
      return out.getCopyOfBuffer();
    } catch (IOException e) {
      throw new UncheckedIOException("an entity's state cannot be written", e);
    }
  }

  @Override
  public SettledEntity<E> decode(byte[] bytes) {
    try {
      DataInputDeserializer in = new DataInputDeserializer(bytes);
      int layout = in.readByte();
      if (layout != LAYOUT) {
        throw new IllegalStateException(
            "an entity's state has layout version %d; this release reads %d: restore with the release that wrote it"
                .formatted(layout, LAYOUT));
      }
      byte[] features = FlatData.readBytes(in);
      SettledEntity<E> entity =
          features.length == 0
              ? empty()
              : new SettledEntity<>(
                  EntityFeatures.ofBytes(features, layouts, maxRows), new WaitingEvents<>());
      int waiting = FlatData.readVarint(in);
      if (waiting > 0) {
        TypeSerializer<E> reader = reader(FlatData.readVarint(in));
        for (int i = 0; i < waiting; i++) {
          E event = reader.deserialize(in);
          entity.waiting().add(new Waiting<>(rows.apply(event), event));
        }
      }
      return entity;
    } catch (IOException e) {
      throw new UncheckedIOException("an entity's state cannot be read", e);
    }
  }

  /** The serializer's own snapshot knows how its older versions are read. */
  private TypeSerializer<E> reader(int version) throws IOException {
    if (version == eventVersion) {
      return events;
    }
    TypeSerializerSnapshot<E> snapshot = events.snapshotConfiguration();
    snapshot.readSnapshot(version, new DataInputDeserializer(), getClass().getClassLoader());
    return snapshot.restoreSerializer();
  }
}
