package io.millrace.features.algebra;

import com.dynatrace.hash4j.distinctcount.UltraLogLog;
import io.millrace.features.bytes.ByteReader;
import io.millrace.features.bytes.ByteWriter;
import io.millrace.features.session.Hashes;
import java.util.Arrays;

/**
 * How many different values there were: their hashes while they are few, and then the UltraLogLog
 * of Ertl, "UltraLogLog: A Practical and More Space-Efficient Alternative to HyperLogLog for
 * Approximate Distinct Counting" (VLDB 2024). A function of the set of values alone.
 */
final class DistinctValues extends Tally {
  /** Values up to which they are counted exactly. */
  static final int FEW = 64;

  private final int precision;
  private long[] few = new long[4];
  private int size;
  private UltraLogLog sketch;

  /** With 2^precision registers of a byte; the standard error is 0.78 / 2^(precision/2). */
  DistinctValues(int precision) {
    this.precision = precision;
  }

  /** Bytes it takes at most. */
  static int maxBytes(int precision) {
    return 4 + Math.max(FEW * Long.BYTES, 1 << precision);
  }

  @Override
  void add(long value, String text, KeptRow row) {
    addHash(Hashes.mix(value));
  }

  /** Adds a value by its hash, which must be well mixed. */
  void addHash(long hash) {
    if (sketch != null) {
      sketch.add(hash);
      return;
    }
    int place = Arrays.binarySearch(few, 0, size, hash);
    if (place >= 0) {
      return;
    }
    if (size == FEW) {
      toSketch();
      sketch.add(hash);
      return;
    }
    if (size == few.length) {
      few = Arrays.copyOf(few, size * 2);
    }
    int at = -place - 1;
    System.arraycopy(few, at, few, at + 1, size - at);
    few[at] = hash;
    size++;
  }

  private void toSketch() {
    sketch = UltraLogLog.create(precision);
    for (int i = 0; i < size; i++) {
      sketch.add(few[i]);
    }
    few = new long[0];
    size = 0;
  }

  @Override
  void add(Tally tally) {
    DistinctValues other = (DistinctValues) tally;
    if (other.sketch == null) {
      for (int i = 0; i < other.size; i++) {
        addHash(other.few[i]);
      }
      return;
    }
    if (sketch == null) {
      toSketch();
    }
    sketch.add(other.sketch);
  }

  /** Whether {@link #count} is an estimate. */
  boolean isApproximate() {
    return sketch != null;
  }

  /** How many, or about how many. */
  long count() {
    return sketch == null ? size : Math.round(sketch.getDistinctCountEstimate());
  }

  @Override
  void write(ByteWriter out) {
    if (sketch == null) {
      out.writeVarLong(size);
      for (int i = 0; i < size; i++) {
        out.writeLong(few[i]);
      }
      return;
    }
    byte[] registers = sketch.getState();
    int used = 0;
    for (byte register : registers) {
      used += register == 0 ? 0 : 1;
    }
    out.writeVarLong(FEW + 1);
    out.writeVarLong(used);
    if (isDense(used)) {
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

  /** Whether registers are written as they are; otherwise one by one, with where they are. */
  private boolean isDense(int used) {
    return used > (1 << precision) / 3;
  }

  @Override
  void read(ByteReader in) {
    int values = in.readVarInt();
    if (values <= FEW) {
      few = new long[Math.max(4, values)];
      for (size = 0; size < values; size++) {
        few[size] = in.readLong();
      }
      return;
    }
    int used = in.readVarInt();
    byte[] registers = isDense(used) ? in.readBytes(1 << precision) : new byte[1 << precision];
    if (!isDense(used)) {
      for (int at = 0, rest = used; rest > 0; rest--) {
        at += in.readVarInt();
        registers[at] = (byte) in.readByte();
      }
    }
    few = new long[0];
    sketch = UltraLogLog.wrap(registers);
  }
}
