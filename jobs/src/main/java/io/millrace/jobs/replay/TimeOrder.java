package io.millrace.jobs.replay;

import java.util.Arrays;
import java.util.Comparator;

/** The order in which the rows of a file happened. */
public final class TimeOrder {
  private TimeOrder() {}

  /** The rows by time, rows of the same time in the order of the file. */
  public static int[] of(long[] time) {
    int[] order = new int[time.length];
    Arrays.setAll(order, i -> i);
    if (isInOrder(time)) {
      return order;
    }
    Integer[] rows = new Integer[time.length];
    Arrays.setAll(rows, i -> i);
    // The sort is stable: equal times keep the order of the file.
    Arrays.sort(rows, Comparator.comparingLong(i -> time[i]));
    Arrays.setAll(order, i -> rows[i]);
    return order;
  }

  private static boolean isInOrder(long[] time) {
    for (int i = 1; i < time.length; i++) {
      if (time[i] < time[i - 1]) {
        return false;
      }
    }
    return true;
  }
}
