package io.millrace.features.algebra;

import java.util.Arrays;

/** Where each value was met last: a hash map of longs to positions, by open addressing. */
final class Occurrences {
  private static final int NONE = -1;

  private long[] values;
  private int[] positions;
  private int size;

  /**
   * @param expected different values; more may come
   */
  Occurrences(int expected) {
    int capacity = Math.max(16, Integer.highestOneBit(expected) * 4);
    values = new long[capacity];
    positions = new int[capacity];
    Arrays.fill(positions, NONE);
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

  /** Gives a value the next number from 0 unless it has one, and says which it has. */
  int number(long value) {
    int slot = slot(value);
    if (positions[slot] != NONE) {
      return positions[slot];
    }
    int number = size;
    put(value, number);
    return number;
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
