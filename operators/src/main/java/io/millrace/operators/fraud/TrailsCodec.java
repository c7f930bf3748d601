package io.millrace.operators.fraud;

import io.millrace.operators.state.StateCodec;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;

/** How a visitor's trails lie in state: a version, then themselves. */
final class TrailsCodec implements StateCodec<Trails> {
  private static final int LAYOUT = 1;

  private final DataOutputSerializer out = new DataOutputSerializer(256);

  @Override
  public Trails empty() {
    return new Trails();
  }

  @Override
  public byte[] encode(Trails trails) {
    if (trails.isEmpty()) {
      return null;
    }
    try {
      out.clear();
      out.writeByte(LAYOUT);
      trails.write(out);
      return out.getCopyOfBuffer();
    } catch (IOException e) {
      throw new UncheckedIOException("a visitor's trails cannot be written", e);
    }
  }

  @Override
  public Trails decode(byte[] bytes) {
    try {
      DataInputDeserializer in = new DataInputDeserializer(bytes);
      int layout = in.readByte();
      if (layout != LAYOUT) {
        throw new IllegalStateException(
            "a visitor's trails have layout version %d; this release reads %d: restore with the release that wrote them"
                .formatted(layout, LAYOUT));
      }
      return Trails.read(in);
    } catch (IOException e) {
      throw new UncheckedIOException("a visitor's trails cannot be read", e);
    }
  }
}
