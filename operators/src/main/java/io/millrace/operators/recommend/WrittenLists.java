package io.millrace.operators.recommend;

import io.millrace.features.decision.RecommendationList.Item;
import io.millrace.features.session.Hashes;
import io.millrace.operators.state.KeyRounds;
import io.millrace.operators.state.StateCodec;
import io.millrace.operators.state.WriteBackCache;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongPredicate;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;

/**
 * The last list of every visitor, and the sweep that takes items out of them which may be shown no
 * more. The lists of visitors who were active last are looked through soon, however many items go
 * in between; after them those on the heap, newest first; all others once in all, when no more
 * items have gone for a while.
 */
final class WrittenLists {
  /** Milliseconds between two looks at whether there is something to do. */
  static final long TICK_MS = 50;

  private static final String LAST_LISTS = "last-lists";

  /** Milliseconds of a slice: a fifth of the time. */
  private static final long SLICE_MS = TICK_MS / 5;

  /** Lists of a subtask that are looked through soon. */
  static final int ACTIVE = 1_000;

  /** Looks at the active lists take one part in so many of the time at most. */
  private static final int PARTS_OF_TIME = 5;

  /** Silence after which all lists are looked through, and most that is waited for it. */
  private static final long QUIET_MS = 2_000;

  private static final long LONGEST_WAIT_MS = 120_000;

  private final AbstractStreamOperator<?> operator;
  private final WriteBackCache<LastList> lists;
  private final long activeInterval;
  private final LongPredicate servable;
  private final Writer writer;
  private final KeyRounds visitors;

  /** Lists that were on the heap when a look at them began, and how many are still to be seen. */
  private List<WriteBackCache.Entry<LastList>> onHeap = List.of();

  private int onHeapLeft;
  private boolean activeDue;
  private boolean onHeapDue;
  private boolean sweepDue;
  private long nextActive;
  private long firstGone;
  private long lastGone;
  private long swept;

  /** Writes lists. */
  interface Writer {
    /**
     * Writes a list without what may be shown no more.
     *
     * @param items those that are left
     * @return what the visitor is given instead
     */
    List<Item> rewrite(String visitor, LastList.Origin origin, List<Item> items);

    /** Writes a list as it was. */
    void writeAgain(String visitor, LastList.Origin origin, List<Item> items);
  }

  /**
   * @param activeInterval least milliseconds between two looks at the active lists
   * @param servable whether an item, by its hash, may be shown
   */
  WrittenLists(
      StateSettings settings,
      long activeInterval,
      LongPredicate servable,
      Writer writer,
      AbstractStreamOperator<?> operator,
      StateInitializationContext context)
      throws Exception {
    this.operator = operator;
    this.activeInterval = activeInterval;
    this.servable = servable;
    this.writer = writer;
    this.lists =
        new WriteBackCache<>(
            LAST_LISTS,
            new Codec(),
            settings.cachedVisitors(),
            settings.retention(),
            operator,
            context);
    this.visitors = new KeyRounds(LAST_LISTS, "sweep-due", operator, context);
    this.activeDue = visitors.left() > 0;
  }

  /** Keeps what a visitor, the operator's current key, was given. */
  void put(String visitor, LastList.Origin origin, List<Item> items) throws IOException {
    WriteBackCache.Entry<LastList> entry = lists.get(visitor);
    if (entry.value().isEmpty()) {
      visitors.add(visitor);
    }
    entry.value().set(origin, items);
    entry.markChanged();
  }

  /** Forgets what a visitor, the operator's current key, was given. */
  void forget(String visitor) throws IOException {
    WriteBackCache.Entry<LastList> entry = lists.get(visitor);
    if (!entry.value().isEmpty()) {
      entry.value().clear();
      entry.markChanged();
    }
  }

  /** An item may be shown no more. */
  void itemGone(long now) {
    firstGone = sweepDue ? firstGone : now;
    lastGone = now;
    activeDue = true;
    sweepDue = true;
  }

  /** Every list is to be written once more. */
  void republish() {
    visitors.startFullRound();
  }

  /** Does what is due, for some milliseconds at most; to be called every {@link #TICK_MS}. */
  void tick() throws IOException {
    long now = clock();
    if (activeDue && now >= nextActive) {
      activeDue = false;
      onHeapDue = true;
      sweepActive();
      nextActive = now + Math.max(activeInterval, PARTS_OF_TIME * (clock() - now));
    }
    boolean quiet = now - lastGone >= QUIET_MS || now - firstGone >= LONGEST_WAIT_MS;
    if (sweepDue && quiet) {
      sweepDue = false;
      visitors.startRound();
    }
    long end = clock() + SLICE_MS;
    sweepOnHeap(visitors.left() == 0 ? end : end - SLICE_MS / 2);
    visitors.visitFor(end - clock(), this::sweep);
  }

  private long clock() {
    return operator.getProcessingTimeService().getCurrentProcessingTime();
  }

  private void sweepActive() {
    List<WriteBackCache.Entry<LastList>> all = lists.onHeap();
    for (int i = all.size() - 1; i >= Math.max(0, all.size() - ACTIVE); i--) {
      sweep(all.get(i));
    }
  }

  /** Goes on with those on the heap, or begins anew. */
  private void sweepOnHeap(long end) {
    if (onHeapLeft == 0 && onHeapDue) {
      onHeapDue = false;
      onHeap = lists.onHeap();
      onHeapLeft = onHeap.size();
    }
    while (onHeapLeft > 0 && clock() < end) {
      sweep(onHeap.get(--onHeapLeft));
    }
    onHeap = onHeapLeft == 0 ? List.of() : onHeap;
  }

  private void sweep(WriteBackCache.Entry<LastList> entry) {
    if (entry.isOnHeap() && isStale(entry.value())) {
      rewrite(entry.key(), entry);
    }
  }

  private void sweep(String visitor) throws IOException {
    swept++;
    operator.setCurrentKey(visitor);
    WriteBackCache.Entry<LastList> entry = lists.peek(visitor);
    if (isStale(entry.value())) {
      rewrite(visitor, entry);
      lists.writeThrough(entry);
    } else if (visitors.isFull() && !entry.value().isEmpty()) {
      LastList list = entry.value();
      writer.writeAgain(visitor, list.origin(), list.items());
    }
  }

  private boolean isStale(LastList list) {
    return !list.isEmpty() && !list.allMatch(servable);
  }

  private void rewrite(String visitor, WriteBackCache.Entry<LastList> entry) {
    LastList list = entry.value();
    List<Item> items = new ArrayList<>(list.items());
    items.removeIf(item -> !servable.test(Hashes.of(item.itemId())));
    LastList.Origin origin = list.origin();
    list.set(origin, writer.rewrite(visitor, origin, items));
    entry.markChanged();
  }

  /** Lists still to be looked through in the sweep under way. */
  int left() {
    return visitors.left();
  }

  /** Lists looked through in sweeps since the job started. */
  long swept() {
    return swept;
  }

  void flush() throws IOException {
    lists.flush();
  }

  /** To be called where the operator snapshots its state. A sweep begins anew after a restore. */
  void snapshot() throws Exception {
    visitors.snapshot(sweepDue);
  }

  private static final class Codec implements StateCodec<LastList> {
    @Override
    public LastList empty() {
      return new LastList();
    }

    @Override
    public LastList decode(byte[] bytes) {
      return new LastList(bytes);
    }

    @Override
    public byte[] encode(LastList value) {
      return value.isEmpty() ? null : value.toBytes();
    }
  }
}
