package io.millrace.operators.state;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.typeutils.base.StringSerializer;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.runtime.tasks.ProcessingTimeService;

/**
 * Keys whose values changed and are to be written, each at most once an interval of the wall clock,
 * those that have waited longest first. What waits goes on waiting after a restore, where it is due
 * at once. Not safe for use by several threads.
 */
public final class DueKeys {
  /** Intervals after which a key is long overdue. */
  private static final int OVERDUE = 5;

  private final AbstractStreamOperator<?> operator;
  private final long interval;

  /** Oldest first. */
  private final Map<String, Change> changed = new LinkedHashMap<>();

  /** Union: keys are dealt out anew at a restore. */
  private final ListState<String> state;

  /** Since when, by the wall clock, and because of which event. */
  private record Change(long since, long origin) {}

  /** Writes the value of a key. */
  @FunctionalInterface
  public interface Visit {
    /**
     * Visits a key.
     *
     * @param origin when the event that first changed it entered the engine, 0 for unknown
     */
    void at(String key, long origin) throws IOException;
  }

  /**
   * Opens them in an operator's {@code initializeState}.
   *
   * @param name of the state
   * @param interval between two visits of a key
   */
  public DueKeys(
      String name,
      Duration interval,
      AbstractStreamOperator<?> operator,
      StateInitializationContext context)
      throws Exception {
    this.operator = operator;
    this.interval = interval.toMillis();
    state =
        context
            .getOperatorStateStore()
            .getUnionListState(new ListStateDescriptor<>(name, StringSerializer.INSTANCE));
    for (String key : state.get()) {
      if (OwnKeys.contain(operator, key)) {
        changed.put(key, new Change(0, 0));
      }
    }
  }

  /**
   * A key's value changed.
   *
   * @param origin when the event that changed it entered the engine, 0 for unknown
   */
  public void add(String key, long origin) {
    changed.putIfAbsent(key, new Change(clock().getCurrentProcessingTime(), origin));
  }

  /** Whether a key waits. */
  public boolean contains(String key) {
    return changed.containsKey(key);
  }

  /** A key is no longer to be written. */
  public void remove(String key) {
    changed.remove(key);
  }

  /** Keys that wait. */
  public int size() {
    return changed.size();
  }

  /**
   * Visits keys that have waited for the interval.
   *
   * @param millis after which no more are visited
   */
  public void visitDue(long millis, Visit visit) throws IOException {
    long start = clock().getCurrentProcessingTime();
    Iterator<Map.Entry<String, Change>> oldest = changed.entrySet().iterator();
    while (oldest.hasNext() && clock().getCurrentProcessingTime() < start + millis) {
      Map.Entry<String, Change> key = oldest.next();
      long since = key.getValue().since();
      if (since > start - interval && since <= start) {
        return;
      }
      oldest.remove();
      visit.at(key.getKey(), key.getValue().origin());
    }
  }

  /**
   * Visits the key that has waited longest where it is long overdue: called with every event, this
   * holds the input back where more changes than is written.
   */
  public void visitOverdue(Visit visit) throws IOException {
    Iterator<Map.Entry<String, Change>> oldest = changed.entrySet().iterator();
    if (!oldest.hasNext()) {
      return;
    }
    Map.Entry<String, Change> key = oldest.next();
    if (key.getValue().since() < clock().getCurrentProcessingTime() - OVERDUE * interval) {
      oldest.remove();
      visit.at(key.getKey(), key.getValue().origin());
    }
  }

  /** Visits all keys that wait, at the end. */
  public void visitAll(Visit visit) throws IOException {
    Map<String, Change> all = new LinkedHashMap<>(changed);
    changed.clear();
    for (Map.Entry<String, Change> key : all.entrySet()) {
      visit.at(key.getKey(), key.getValue().origin());
    }
  }

  /** Writes which keys wait; to be called where the operator snapshots its state. */
  public void snapshot() throws Exception {
    state.update(new ArrayList<>(changed.keySet()));
  }

  private ProcessingTimeService clock() {
    return operator.getProcessingTimeService();
  }
}
