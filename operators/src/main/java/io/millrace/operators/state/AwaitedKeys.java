package io.millrace.operators.state;

import java.io.IOException;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.PriorityQueue;
import java.util.Set;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;

/**
 * Keys of which something waits for the watermark: what timers are for, on the heap, for operators
 * where every event waits, for a few seconds. A timer in RocksDB costs a write, a read and a delete
 * each, and files of its own at each checkpoint. What waits goes on waiting after a restore. Not
 * safe for use by several threads.
 */
public final class AwaitedKeys {
  private final AbstractStreamOperator<?> operator;
  private final PriorityQueue<Awaited> waiting =
      new PriorityQueue<>(Comparator.comparingLong(Awaited::time).thenComparing(Awaited::key));
  private final OwnRecords state;

  private record Awaited(long time, String key) {}

  /** Looks at what waits of a key. */
  @FunctionalInterface
  public interface Visit {
    /** Visits a key, at which the operator is. */
    void at(String key) throws IOException;
  }

  /**
   * Opens them in an operator's {@code initializeState}.
   *
   * @param name of the state
   */
  public AwaitedKeys(
      String name, AbstractStreamOperator<?> operator, StateInitializationContext context)
      throws Exception {
    this.operator = operator;
    state = new OwnRecords(name, operator, context, (key, in) -> add(in.readLong(), key));
  }

  /**
   * Something of a key waits until the watermark has passed a time. If it waits no longer by then
   * it need not be taken away.
   *
   * @param time milliseconds since the epoch
   */
  public void add(long time, String key) {
    waiting.add(new Awaited(time, key));
  }

  /** Forgets a key, for whom it names; by looking at all that waits. */
  public void forget(String key) {
    waiting.removeIf(each -> each.key().equals(key));
  }

  /**
   * Visits the keys of which something waits that the watermark has passed, each once, in the order
   * of what waits; to be called before the watermark goes on.
   */
  public void pass(long watermark, Visit visit) throws IOException {
    Set<String> due = new LinkedHashSet<>();
    while (!waiting.isEmpty() && waiting.peek().time() <= watermark) {
      due.add(waiting.poll().key());
    }
    for (String key : due) {
      operator.setCurrentKey(key);
      visit.at(key);
    }
  }

  /** Writes them; to be called where the operator snapshots its state. */
  public void snapshot() throws Exception {
    state.write(waiting, Awaited::key, (each, out) -> out.writeLong(each.time()));
  }
}
