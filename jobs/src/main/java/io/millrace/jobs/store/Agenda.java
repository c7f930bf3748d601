package io.millrace.jobs.store;

import java.util.Comparator;
import java.util.PriorityQueue;

/** What will happen in the store, by time; what is due at the same time keeps its order. */
final class Agenda {
  private final PriorityQueue<Due> dues =
      new PriorityQueue<>(Comparator.comparingLong(Due::time).thenComparingLong(Due::place));
  private long now = Long.MIN_VALUE;
  private long places;

  /** Something that happens at a time, in milliseconds since the epoch. */
  @FunctionalInterface
  interface Task {
    void run(long now);
  }

  private record Due(long time, long place, Task task) {}

  /** Puts something down; what is past already happens next. */
  void at(long time, Task task) {
    dues.add(new Due(Math.max(time, now), places++, task));
  }

  /** Lets the next thing happen. */
  void runNext() {
    Due due = dues.remove();
    now = due.time;
    due.task.run(now);
  }
}
