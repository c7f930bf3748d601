package io.millrace.operators.state;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.flink.api.common.accumulators.LongCounter;
import org.apache.flink.api.common.state.StateTtlConfig;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeutils.base.array.BytePrimitiveArraySerializer;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;

/**
 * One value a key, decoded on the heap while it is in use, in keyed state at rest. The least
 * recently used values are written back when the cache is full, all changed ones by {@link
 * #flush()}; the operator calls that before each checkpoint barrier ({@code
 * prepareSnapshotPreBarrier}) and at its end, so a checkpoint always holds everything. Nothing else
 * goes on meanwhile. So accesses write back what was changed longer ago than it is until the next
 * checkpoint, going by the time between the last two, and leave to it what was changed just before.
 *
 * @param <V> the decoded, mutable value
 */
public final class WriteBackCache<V> {
  /** The retention of what is never thrown away. */
  public static final Duration FOREVER = Duration.ZERO;

  /** A value changed this many milliseconds ago or less is not written back ahead of a flush. */
  private static final long JUST_NOW = 100;

  /** Milliseconds that a flush is overdue when nothing is written back ahead of it any more. */
  private static final long OVERDUE = 1_000;

  /** Values that an access writes back ahead of a flush, at most. */
  private static final int AT_ONCE = 4;

  private final ValueState<byte[]> state;
  private final AbstractStreamOperator<?> operator;
  private final StateCodec<V> codec;
  private final int capacity;

  private final Map<String, Entry<V>> entries = new HashMap<>();

  /** Before the least recently used and behind the most recently used, in a ring. */
  private final Entry<V> ends = new Entry<>(this, null, null, 0);

  /** Entries still to be written back, in the order in which they were changed. */
  private final Set<Entry<V>> changed = new LinkedHashSet<>();

  private long now;
  private long lastFlush;
  private long nextFlush = Long.MAX_VALUE;

  private final LongCounter keys = new LongCounter();
  private final LongCounter bytes = new LongCounter();

  /**
   * Opens the cache in an operator's {@code initializeState}.
   *
   * @param name of the state; also of the accumulators {@code <name>-keys} and {@code
   *     <name>-bytes}, and the metrics like them, which say how many keys were first written since
   *     the job started, less those that became empty, and how many bytes they take
   * @param capacity values kept on the heap
   * @param retention wall-clock time without a write after which a value is thrown away, {@link
   *     #FOREVER} for never
   */
  public WriteBackCache(
      String name,
      StateCodec<V> codec,
      int capacity,
      Duration retention,
      AbstractStreamOperator<?> operator,
      StateInitializationContext context) {
    this(name, name, codec, capacity, retention, operator, context);
  }

  /**
   * Opens a cache of some keys of a state, which others of the operator have with it. Each state
   * has files of its own, for which a checkpoint waits.
   *
   * @param shared name of the state; the retention is the same for all of it
   * @param name of the accumulators and metrics
   */
  public WriteBackCache(
      String shared,
      String name,
      StateCodec<V> codec,
      int capacity,
      Duration retention,
      AbstractStreamOperator<?> operator,
      StateInitializationContext context) {
    this.codec = codec;
    this.capacity = capacity;
    this.operator = operator;
    ValueStateDescriptor<byte[]> descriptor =
        new ValueStateDescriptor<>(shared, BytePrimitiveArraySerializer.INSTANCE);
    if (!retention.equals(FOREVER)) {
      descriptor.enableTimeToLive(
          StateTtlConfig.newBuilder(retention).cleanupInRocksdbCompactFilter(10_000).build());
    }
    this.state = context.getKeyedStateStore().getState(descriptor);
    operator.getRuntimeContext().addAccumulator(name + "-keys", keys);
    operator.getRuntimeContext().addAccumulator(name + "-bytes", bytes);
    String metric = name.replace('-', '_');
    operator.getMetricGroup().gauge(metric + "_keys", keys::getLocalValuePrimitive);
    operator.getMetricGroup().gauge(metric + "_bytes", bytes::getLocalValuePrimitive);
  }

  /**
   * The value of a key; mark it when it is changed.
   *
   * @param key must be the operator's current key
   */
  public Entry<V> get(String key) throws IOException {
    writeAhead(key);
    Entry<V> entry = entries.get(key);
    if (entry == null) {
      entry = read(key);
      makeRoom(key);
      entry.onHeap = true;
      entries.put(key, entry);
    } else if (entry.newer == ends) {
      return entry;
    } else {
      entry.unlink();
    }
    entry.link(ends.older, ends);
    return entry;
  }

  /**
   * The value of a key, which does not come onto the heap for it, nor counts as used: for going
   * through many keys once. After a change call {@link #writeThrough}.
   *
   * @param key must be the operator's current key
   */
  public Entry<V> peek(String key) throws IOException {
    Entry<V> entry = entries.get(key);
    return entry != null ? entry : read(key);
  }

  /**
   * Writes a changed value of {@link #peek} back, unless it is on the heap. Leaves the operator at
   * its key.
   */
  public void writeThrough(Entry<V> entry) throws IOException {
    if (!entry.onHeap) {
      writeBack(entry);
    }
  }

  private Entry<V> read(String key) throws IOException {
    byte[] stored = state.value();
    return stored == null
        ? new Entry<>(this, key, codec.empty(), 0)
        : new Entry<>(this, key, codec.decode(stored), stored.length);
  }

  /**
   * The values that are on the heap now, least recently used first. They may be changed as long as
   * they are still on the heap.
   */
  public List<Entry<V>> onHeap() {
    List<Entry<V>> all = new ArrayList<>(entries.size());
    for (Entry<V> entry = ends.newer; entry != ends; entry = entry.newer) {
      all.add(entry);
    }
    return all;
  }

  /** Writes every changed value back. Leaves the operator at some other current key. */
  public void flush() throws IOException {
    while (!changed.isEmpty()) {
      writeBack(changed.iterator().next());
    }
    scheduleFlush();
  }

  private void scheduleFlush() {
    now = clock();
    nextFlush = now + (now - lastFlush);
    lastFlush = now;
  }

  private void writeAhead(String current) throws IOException {
    now = clock();
    long left = nextFlush - now;
    if (left < -OVERDUE) {
      return;
    }
    long before = now - Math.max(left, JUST_NOW);
    for (int i = 0; i < AT_ONCE && !changed.isEmpty(); i++) {
      Entry<V> oldest = changed.iterator().next();
      if (oldest.changedAt >= before) {
        return;
      }
      writeBack(oldest);
      operator.setCurrentKey(current);
    }
  }

  private long clock() {
    return operator.getProcessingTimeService().getCurrentProcessingTime();
  }

  private void makeRoom(String current) throws IOException {
    if (entries.size() < capacity) {
      return;
    }
    Entry<V> leastUsed = ends.newer;
    writeBack(leastUsed);
    operator.setCurrentKey(current);
    entries.remove(leastUsed.key);
    leastUsed.unlink();
    leastUsed.onHeap = false;
  }

  private void writeBack(Entry<V> entry) throws IOException {
    if (!changed.remove(entry)) {
      return;
    }
    byte[] encoded = codec.encode(entry.value);
    int size = encoded == null ? 0 : encoded.length;
    operator.setCurrentKey(entry.key);
    if (size > 0) {
      state.update(encoded);
    } else if (entry.storedBytes > 0) {
      state.clear();
    }
    keys.add(Integer.signum(size) - Integer.signum(entry.storedBytes));
    bytes.add(size - entry.storedBytes);
    entry.storedBytes = size;
  }

  /** A value in the cache. */
  public static final class Entry<V> {
    private final WriteBackCache<V> cache;
    private final String key;
    private final V value;
    private int storedBytes;
    private boolean onHeap;
    private Entry<V> older = this;
    private Entry<V> newer = this;
    private long changedAt;

    private Entry(WriteBackCache<V> cache, String key, V value, int storedBytes) {
      this.cache = cache;
      this.key = key;
      this.value = value;
      this.storedBytes = storedBytes;
    }

    private void link(Entry<V> behind, Entry<V> before) {
      older = behind;
      newer = before;
      behind.newer = this;
      before.older = this;
    }

    private void unlink() {
      older.newer = newer;
      newer.older = older;
    }

    /** The key that the value belongs to. */
    public String key() {
      return key;
    }

    /** Whether the value is still on the heap. */
    public boolean isOnHeap() {
      return onHeap;
    }

    /** The value itself. */
    public V value() {
      return value;
    }

    /** Whether the key had no value and nothing was changed since. */
    public boolean isNew() {
      return storedBytes == 0 && !cache.changed.contains(this);
    }

    /** Says that the value was changed and must be written back. */
    public void markChanged() {
      if (cache.changed.add(this)) {
        changedAt = cache.now;
      }
    }
  }
}
