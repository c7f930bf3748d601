package io.millrace.features.quality;

import com.dynatrace.hash4j.distinctcount.UltraLogLog;
import io.millrace.features.bytes.ByteReader;
import io.millrace.features.bytes.ByteWriter;

/**
 * About how many different items there were, in 4 KB: the UltraLogLog of Ertl, "UltraLogLog: A
 * Practical and More Space-Efficient Alternative to HyperLogLog for Approximate Distinct Counting"
 * (VLDB 2024). The standard error is 1.2 %. It depends on the set of items only, not on their order
 * nor on how often each is added.
 */
final class DistinctItems {
  /** 2^12 registers of a byte. */
  private static final int PRECISION = 12;

  /** Registers in use up to which they are written one by one, with where they are. */
  private static final int FEW = (1 << PRECISION) / 3;

  private final UltraLogLog sketch;

  DistinctItems() {
    this(UltraLogLog.create(PRECISION));
  }

  private DistinctItems(UltraLogLog sketch) {
    this.sketch = sketch;
  }

  /** Adds an item by its hash, which must be well mixed. */
  void add(long item) {
    sketch.add(item);
  }

  /** Adds all items of another. */
  void add(DistinctItems other) {
    sketch.add(other.sketch);
  }

  /** About how many. */
  double count() {
    return sketch.getDistinctCountEstimate();
  }

  void write(ByteWriter out) {
    byte[] registers = sketch.getState();
    int used = 0;
    for (byte register : registers) {
      used += register == 0 ? 0 : 1;
    }
    out.writeVarLong(used);
    if (used > FEW) {
      out.writeBytes(registers);
      return;
    }
    for (int i = 0, last = 0; i < registers.length; i++) {
      if (registers[i] != 0) {
        out.writeVarLong(i - last);
        out.writeByte(registers[i]);
        last = i;
      }
    }
  }

  static DistinctItems read(ByteReader in) {
    int used = in.readVarInt();
    if (used > FEW) {
      return new DistinctItems(UltraLogLog.wrap(in.readBytes(1 << PRECISION)));
    }
    byte[] registers = new byte[1 << PRECISION];
    for (int at = 0, rest = used; rest > 0; rest--) {
      at += in.readVarInt();
      registers[at] = (byte) in.readByte();
    }
    return new DistinctItems(UltraLogLog.wrap(registers));
  }
}
