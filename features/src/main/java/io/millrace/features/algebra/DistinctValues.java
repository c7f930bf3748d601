package io.millrace.features.algebra;

import io.millrace.features.bytes.ByteReader;
import io.millrace.features.bytes.ByteWriter;
import io.millrace.features.session.Hashes;
import io.millrace.features.sketch.DistinctSketch;
import java.util.Arrays;

/**
 * How many different values there were: their hashes while they are few, and then a {@link
 * DistinctSketch}. A function of the set of values alone.
 */
final class DistinctValues extends Tally {
  /** Values up to which they are counted exactly. */
  static final int FEW = 64;

  private final int precision;
  private long[] few = new long[4];
  private int size;
  private DistinctSketch sketch;

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
    sketch = new DistinctSketch(precision);
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
    return sketch == null ? size : Math.round(sketch.count());
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
    out.writeVarLong(FEW + 1);
    sketch.write(out);
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
    few = new long[0];
    sketch = DistinctSketch.read(in, precision);
  }
}
