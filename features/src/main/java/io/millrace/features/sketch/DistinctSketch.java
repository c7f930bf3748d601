package io.millrace.features.sketch;

import com.dynatrace.hash4j.distinctcount.UltraLogLog;
import io.millrace.features.bytes.ByteReader;
import io.millrace.features.bytes.ByteWriter;

/**
 * About how many different values there were: the UltraLogLog of Ertl, "UltraLogLog: A Practical
 * and More Space-Efficient Alternative to HyperLogLog for Approximate Distinct Counting" (VLDB
 * 2024). A function of the set of values, not of their order nor of how often each came. Not safe
 * for use by several threads.
 */
public final class DistinctSketch {
  private final int precision;
  private final UltraLogLog registers;

  /**
   * No value yet.
   *
   * @param precision it takes 2^precision bytes; the standard error is 0.78 / 2^(precision/2)
   */
  public DistinctSketch(int precision) {
    this(precision, UltraLogLog.create(precision));
  }

  private DistinctSketch(int precision, UltraLogLog registers) {
    this.precision = precision;
    this.registers = registers;
  }

  /** Adds a value by its hash, which must be well mixed. */
  public void add(long hash) {
    registers.add(hash);
  }

  /** Adds all values of another one of the same precision. */
  public void add(DistinctSketch other) {
    registers.add(other.registers);
  }

  /** About how many. */
  public double count() {
    return registers.getDistinctCountEstimate();
  }

  /** Writes the registers; where few are in use, those only. */
  public void write(ByteWriter out) {
    byte[] bytes = registers.getState();
    int used = 0;
    for (byte register : bytes) {
      used += register == 0 ? 0 : 1;
    }
    out.writeVarLong(used);
    if (isDense(used, precision)) {
      out.writeBytes(bytes);
      return;
    }
    for (int i = 0, last = 0; i < bytes.length; i++) {
      if (bytes[i] != 0) {
        out.writeVarLong(i - last);
        out.writeByte(bytes[i]);
        last = i;
      }
    }
  }

  /** Reads what {@link #write} wrote of one of that precision. */
  public static DistinctSketch read(ByteReader in, int precision) {
    int used = in.readVarInt();
    if (isDense(used, precision)) {
      return new DistinctSketch(precision, UltraLogLog.wrap(in.readBytes(1 << precision)));
    }
    byte[] bytes = new byte[1 << precision];
    for (int at = 0, rest = used; rest > 0; rest--) {
      at += in.readVarInt();
      bytes[at] = (byte) in.readByte();
    }
    return new DistinctSketch(precision, UltraLogLog.wrap(bytes));
  }

  /** Whether registers are written as they are; otherwise one by one, with where they are. */
  private static boolean isDense(int used, int precision) {
    return used > (1 << precision) / 3;
  }
}
