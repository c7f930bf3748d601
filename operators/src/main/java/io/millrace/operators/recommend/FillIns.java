package io.millrace.operators.recommend;

import java.io.IOException;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;

/** The newest fill-ins of one item, one of a kind. */
final class FillIns {
  private static final int LAYOUT = 1;

  private final Map<FillIn.Kind, FillIn> byKind = new EnumMap<>(FillIn.Kind.class);

  /** Puts one in, in place of the earlier one of its kind. */
  void put(FillIn fillIn) {
    if (fillIn.isEmpty()) {
      byKind.remove(fillIn.kind());
    } else {
      byKind.put(fillIn.kind(), fillIn);
    }
  }

  boolean isEmpty() {
    return byKind.isEmpty();
  }

  List<FillIn> all() {
    return List.copyOf(byKind.values());
  }

  byte[] toBytes() {
    DataOutputSerializer out = new DataOutputSerializer(512);
    try {
      out.writeByte(LAYOUT);
      out.writeByte(byKind.size());
      for (FillIn fillIn : byKind.values()) {
        FillIn.TYPE.serializer().serialize(fillIn, out);
      }
    } catch (IOException e) {
      throw new IllegalStateException("writing to memory failed", e);
    }
    return out.getCopyOfBuffer();
  }

  static FillIns ofBytes(byte[] bytes) {
    DataInputDeserializer in = new DataInputDeserializer(bytes);
    FillIns fillIns = new FillIns();
    try {
      int layout = in.readByte();
      if (layout != LAYOUT) {
        throw new IllegalStateException("fill-ins of layout " + layout + " are of a later release");
      }
      for (int rest = in.readByte(); rest > 0; rest--) {
        fillIns.put(FillIn.TYPE.serializer().deserialize(in));
      }
    } catch (IOException e) {
      throw new IllegalStateException("fill-ins cannot be read", e);
    }
    return fillIns;
  }
}
