package io.millrace.features.rule;

import io.millrace.features.bytes.ByteReader;
import io.millrace.features.bytes.ByteWriter;
import java.util.Arrays;

/**
 * The different values in a sliding window, as 64-bit hashes with the time each was last seen, in
 * the order of these times. It counts no further than {@link #MAX_VALUES}: beyond, the one seen
 * longest ago is given up, and the number says that it is no more than a least one.
 */
final class DistinctWindow implements RuleState {
  /** Values kept at most. */
  static final int MAX_VALUES = 1_024;

  /** The most bytes of a state value. */
  static final int MAX_BYTES = 32 + MAX_VALUES * 18;

  private static final int LAYOUT = 1;
  private static final long NEVER = Long.MIN_VALUE;

  private final long window;
  private long[] values = new long[4];
  private long[] times = new long[4];
  private int size;

  /** When the newest of the values given up was seen. */
  private long lost = NEVER;

  /**
   * @param window how long it is, in milliseconds
   */
  DistinctWindow(long window) {
    this.window = window;
  }

  static DistinctWindow ofBytes(byte[] bytes, long window) {
    DistinctWindow read = new DistinctWindow(window);
    ByteReader in = new ByteReader(bytes);
    in.readVersion("the different values of a rule", LAYOUT);
    read.lost = in.readLong();
    long time = 0;
    for (int rest = in.readVarInt(); rest > 0; rest--) {
      time += in.readSignedVarLong();
      read.append(time, in.readLong());
    }
    return read;
  }

  @Override
  public byte[] toBytes() {
    ByteWriter out = new ByteWriter(16 + size * 12);
    out.writeByte(LAYOUT);
    out.writeLong(lost);
    out.writeVarLong(size);
    long before = 0;
    for (int i = 0; i < size; i++) {
      out.writeSignedVarLong(times[i] - before);
      out.writeLong(values[i]);
      before = times[i];
    }
    return out.toBytes();
  }

  /** Takes an event and lets go of values that were not seen for too long. */
  void add(long time, long value) {
    RuleState.checkOrder(time, size == 0 ? time : times[size - 1]);
    int expired = 0;
    while (expired < size && times[expired] <= time - window) {
      expired++;
    }
    remove(0, expired);
    for (int i = 0; i < size; i++) {
      if (values[i] == value) {
        remove(i, 1);
        break;
      }
    }
    if (size == MAX_VALUES) {
      lost = times[0];
      remove(0, 1);
    }
    append(time, value);
  }

  /** How many different values there are, as of the newest event. */
  int result() {
    return size;
  }

  /** Whether there are more. */
  boolean approximate() {
    return lost != NEVER && lost > times[size - 1] - window;
  }

  private void append(long time, long value) {
    if (size == values.length) {
      values = Arrays.copyOf(values, size * 2);
      times = Arrays.copyOf(times, size * 2);
    }
    values[size] = value;
    times[size++] = time;
  }

  private void remove(int from, int count) {
    int rest = size - from - count;
    System.arraycopy(values, from + count, values, from, rest);
    System.arraycopy(times, from + count, times, from, rest);
    size -= count;
  }
}
