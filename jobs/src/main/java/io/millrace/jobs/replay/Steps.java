package io.millrace.jobs.replay;

import java.util.Arrays;

/**
 * Which event follows which in a recording of several kinds of events: for each its kind and the
 * row it is made from, in four bytes.
 */
final class Steps {
  private static final int KIND_BITS = 2;

  private int[] steps = new int[1024];
  private int size;

  /**
   * @param kind 0 to 3
   * @param row from 0 to some 500 million
   */
  void add(int kind, int row) {
    if (size == steps.length) {
      steps = Arrays.copyOf(steps, 2 * size);
    }
    steps[size++] = row << KIND_BITS | kind;
  }

  int size() {
    return size;
  }

  int kind(int i) {
    return steps[i] & (1 << KIND_BITS) - 1;
  }

  int row(int i) {
    return steps[i] >>> KIND_BITS;
  }
}
