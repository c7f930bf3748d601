package io.millrace.features.algebra;

import java.util.Arrays;

/** Where each value was met last: a hash map of longs to positions, by open addressing. */
final class Occurrences {
  private static final int NONE = -1;

  private long[] values = new long[16];
  private int[] positions = new int[16];
  private int size;

  Occurrences() {
    Arrays.fill(positions, NONE);
  }

  void clear() {
    Arrays.fill(positions, NONE);
    size = 0;
  }

  /** Notes a value at a position and says where it was met before, −1 if nowhere. */
  int put(long value, int position) {
    int slot = slot(value);
    int before = positions[slot];
    values[slot] = value;
    positions[slot] = position;
    if (before == NONE && ++size * 2 > positions.length) {
      grow();
    }
    return before;
  }

  private int slot(long value) {
    int mask = positions.length - 1;
    int slot = (int) (value * 0x9E3779B97F4A7C15L >>> 32) & mask;
    while (positions[slot] != NONE && values[slot] != value) {
      slot = slot + 1 & mask;
    }
    return slot;
  }

  private void grow() {
    long[] oldValues = values;
    int[] oldPositions = positions;
    values = new long[oldValues.length * 2];
    positions = new int[values.length];
    Arrays.fill(positions, NONE);
    for (int i = 0; i < oldPositions.length; i++) {
      if (oldPositions[i] != NONE) {
        int slot = slot(oldValues[i]);
        values[slot] = oldValues[i];
        positions[slot] = oldPositions[i];
      }
    }
  }
}
