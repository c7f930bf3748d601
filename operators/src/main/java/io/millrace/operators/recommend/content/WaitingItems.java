package io.millrace.operators.recommend.content;

import io.millrace.operators.job.Ticker;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import org.apache.flink.runtime.state.KeyGroupRangeAssignment;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.runtime.tasks.ProcessingTimeService;

/**
 * The items of which something has changed and is still to be told. They are told in rounds, each
 * item at most once a round, and rounds begin an interval apart at least. A round goes through one
 * key group after the other, as RocksDB orders its keys: where hundreds of thousands of items wait,
 * what is read and written next is close by, here and downstream. Telling takes a share of the
 * time; where more items wait than there is room for, the next ones do not wait any longer.
 */
final class WaitingItems {
  /** Milliseconds between two slices of a round. */
  private static final long SLICE_EVERY = 50;

  /** Milliseconds of a slice: a quarter of the time, so that news goes on being taken. */
  private static final long SLICE = SLICE_EVERY / 3;

  private final AbstractStreamOperator<?> operator;
  private final long intervalMs;
  private final int most;
  private final Teller teller;
  private final int keyGroups;

  /** By key group. */
  private final NavigableMap<Integer, Set<String>> waiting = new TreeMap<>();

  /** Those still to be told of the key group that the round has come to. */
  private final Deque<String> next = new ArrayDeque<>();

  private int size;
  private boolean inRound;
  private int group;
  private long roundBegan = Long.MIN_VALUE / 2;

  /** Tells what is now so of an item. */
  @FunctionalInterface
  interface Teller {
    void tell(String item) throws Exception;
  }

  /**
   * @param interval least wall-clock time between the beginnings of two rounds
   * @param most items that wait at a time, some 100 bytes each
   * @param teller called with the item as the operator's current key; may be called twice for what
   *     changed while the item's key group was told
   */
  WaitingItems(AbstractStreamOperator<?> operator, Duration interval, int most, Teller teller) {
    this.operator = operator;
    this.intervalMs = interval.toMillis();
    this.most = most;
    this.teller = teller;
    this.keyGroups = operator.getRuntimeContext().getTaskInfo().getMaxNumberOfParallelSubtasks();
  }

  /** Begins to tell, in the operator's {@code open}. */
  void open() {
    operator.getMetricGroup().gauge("items_waiting", () -> size);
    Ticker.start(operator, SLICE_EVERY, this::tellSome);
  }

  /** An item has changed. Leaves the operator at some other current key. */
  void add(String item) throws Exception {
    int itsGroup = KeyGroupRangeAssignment.assignToKeyGroup(item, keyGroups);
    if (waiting.computeIfAbsent(itsGroup, none -> new HashSet<>()).add(item)) {
      size++;
    }
    if (size > most) {
      startRound();
      tellNext();
    }
  }

  private void tellSome() throws Exception {
    ProcessingTimeService clock = operator.getProcessingTimeService();
    long start = clock.getCurrentProcessingTime();
    if (size > 0 && start - roundBegan >= intervalMs) {
      startRound();
    }
    while (inRound && clock.getCurrentProcessingTime() < start + SLICE) {
      tellNext();
    }
  }

  private void startRound() {
    if (!inRound) {
      inRound = true;
      group = -1;
      roundBegan = operator.getProcessingTimeService().getCurrentProcessingTime();
    }
  }

  /** Tells of the round's next item; ends the round where there is none. */
  private void tellNext() throws Exception {
    if (next.isEmpty()) {
      var found = waiting.higherEntry(group);
      if (found == null) {
        inRound = false;
        return;
      }
      group = found.getKey();
      next.addAll(waiting.remove(group));
    }
    size--;
    tell(next.remove());
  }

  /** Tells of all, at the operator's end. */
  void tellAll() throws Exception {
    while (size > 0) {
      startRound();
      tellNext();
    }
  }

  private void tell(String item) throws Exception {
    operator.setCurrentKey(item);
    teller.tell(item);
  }
}
