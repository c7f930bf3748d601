package io.millrace.operators.recommend.content;

import io.millrace.operators.recommend.Ticker;
import io.millrace.operators.state.OwnKeys;
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
 * The items of which something has changed and is still to be told, each at most once an interval.
 * They go on waiting over a restart, also at another parallelism. Telling takes a share of the
 * time; where more items change than that allows, the oldest do not wait any longer.
 */
final class WaitingItems {
  private static final int TICKS_AN_INTERVAL = 10;
  private static final int SHARE_OF_TICK = 10;

  /** Union: items are dealt out by key anew at a restore. */
  private static final ListStateDescriptor<String> STATE =
      new ListStateDescriptor<>("waiting-items", StringSerializer.INSTANCE);

  private final AbstractStreamOperator<?> operator;
  private final long intervalMs;
  private final int most;
  private final Teller teller;
  private final ListState<String> state;
  private final Map<String, Long> since = new LinkedHashMap<>();

  /** Tells what is now so of an item. */
  @FunctionalInterface
  interface Teller {
    void tell(String item) throws IOException;
  }

  /**
   * Made in an operator's {@code initializeState}.
   *
   * @param most items that wait at a time
   * @param teller called with the item as the operator's current key
   */
  WaitingItems(
      AbstractStreamOperator<?> operator,
      Duration interval,
      int most,
      Teller teller,
      StateInitializationContext context)
      throws Exception {
    this.operator = operator;
    this.intervalMs = interval.toMillis();
    this.most = most;
    this.teller = teller;
    this.state = context.getOperatorStateStore().getUnionListState(STATE);
    for (String item : state.get()) {
      if (OwnKeys.contain(operator, item)) {
        since.put(item, 0L);
      }
    }
  }

  /** Begins to tell, in the operator's {@code open}. */
  void open() {
    operator.getMetricGroup().gauge("items_waiting", since::size);
    Ticker.start(operator, tickMillis(), this::tellDue);
  }

  private long tickMillis() {
    return intervalMs / TICKS_AN_INTERVAL + 1;
  }

  /** An item has changed. Leaves the operator at some other current key. */
  void add(String item) throws IOException {
    since.putIfAbsent(item, operator.getProcessingTimeService().getCurrentProcessingTime());
    if (since.size() > most) {
      Iterator<String> oldest = since.keySet().iterator();
      String first = oldest.next();
      oldest.remove();
      tell(first);
    }
  }

  private void tellDue() throws IOException {
    ProcessingTimeService clock = operator.getProcessingTimeService();
    long start = clock.getCurrentProcessingTime();
    long end = start + Math.max(1, tickMillis() / SHARE_OF_TICK);
    Iterator<Map.Entry<String, Long>> oldest = since.entrySet().iterator();
    while (oldest.hasNext() && clock.getCurrentProcessingTime() < end) {
      Map.Entry<String, Long> item = oldest.next();
      if (item.getValue() > start - intervalMs) {
        return;
      }
      oldest.remove();
      tell(item.getKey());
    }
  }

  /** Tells of all, at the operator's end. */
  void tellAll() throws IOException {
    for (String item : since.keySet()) {
      tell(item);
    }
    since.clear();
  }

  private void tell(String item) throws IOException {
    operator.setCurrentKey(item);
    teller.tell(item);
  }

  /** Keeps them, in the operator's {@code snapshotState}. */
  void snapshot() throws Exception {
    state.update(new ArrayList<>(since.keySet()));
  }
}
