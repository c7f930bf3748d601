package io.millrace.features.fraud;

import io.millrace.features.bytes.ByteReader;
import io.millrace.features.bytes.ByteWriter;
import java.util.Arrays;

/** Numbers of payments in the order of their places (time, tie), on flat arrays. */
final class PlacedRows {
  private long[] times = new long[4];
  private long[] ties = new long[4];
  private long[] values = new long[4];
  private int from;
  private int to;

  int size() {
    return to - from;
  }

  long time(int i) {
    return times[from + i];
  }

  long tie(int i) {
    return ties[from + i];
  }

  long value(int i) {
    return values[from + i];
  }

  void setValue(int i, long value) {
    values[from + i] = value;
  }

  boolean isBefore(int i, long time, long tie) {
    long own = times[from + i];
    return own < time || own == time && ties[from + i] < tie;
  }

  /** The first that is not before a place. */
  int firstFrom(long time, long tie) {
    int low = 0;
    int high = size();
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (isBefore(middle, time, tie)) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  /** Where a place is taken, negative if it is free. */
  int find(long time, long tie) {
    int i = firstFrom(time, tie);
    return i < size() && time(i) == time && tie(i) == tie ? i : -1;
  }

  /** Puts a number in its place; false if the place is taken. */
  boolean put(long time, long tie, long value) {
    int i = firstFrom(time, tie);
    if (i < size() && time(i) == time && tie(i) == tie) {
      return false;
    }
    makeRoom();
    int at = from + i;
    System.arraycopy(times, at, times, at + 1, to - at);
    System.arraycopy(ties, at, ties, at + 1, to - at);
    System.arraycopy(values, at, values, at + 1, to - at);
    times[at] = time;
    ties[at] = tie;
    values[at] = value;
    to++;
    return true;
  }

  private void makeRoom() {
    if (to < times.length) {
      return;
    }
    int capacity = Math.max(4, size() + size() / 2 + 1);
    times = moved(times, capacity);
    ties = moved(ties, capacity);
    values = moved(values, capacity);
    to -= from;
    from = 0;
  }

  private long[] moved(long[] old, int capacity) {
    return Arrays.copyOf(Arrays.copyOfRange(old, from, to), capacity);
  }

  void removeFirst() {
    from++;
  }

  void write(ByteWriter out) {
    out.writeVarLong(size());
    long before = 0;
    for (int i = from; i < to; i++) {
      out.writeSignedVarLong(times[i] - before);
      out.writeLong(ties[i]);
      out.writeSignedVarLong(values[i]);
      before = times[i];
    }
  }

  static PlacedRows read(ByteReader in) {
    PlacedRows read = new PlacedRows();
    long time = 0;
    for (int rest = in.readVarInt(); rest > 0; rest--) {
      time += in.readSignedVarLong();
      read.put(time, in.readLong(), in.readSignedVarLong());
    }
    return read;
  }
}
