package io.millrace.operators.state;

import java.io.IOException;
import java.time.Duration;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.BiConsumer;
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
 * prepareSnapshotPreBarrier}) and at its end, so a checkpoint always holds everything.
 *
 * @param <V> the decoded, mutable value
 */
public final class WriteBackCache<V> {
  /** The retention of what is never thrown away. */
  public static final Duration FOREVER = Duration.ZERO;

  private final ValueState<byte[]> state;
  private final AbstractStreamOperator<?> operator;
  private final StateCodec<V> codec;
  private final int capacity;
  private final Map<String, Entry<V>> entries;
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
    this.codec = codec;
    this.capacity = capacity;
    this.operator = operator;
    this.entries = new LinkedHashMap<>(1024, 0.75f, true);
    ValueStateDescriptor<byte[]> descriptor =
        new ValueStateDescriptor<>(name, BytePrimitiveArraySerializer.INSTANCE);
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
    Entry<V> entry = entries.get(key);
    if (entry == null) {
      entry = read();
      makeRoom(key);
      entries.put(key, entry);
    }
    return entry;
  }

  /**
   * The value of a key, which does not come onto the heap for it: for going through many keys once.
   * After a change call {@link #writeThrough}.
   *
   * @param key must be the operator's current key
   */
  public Entry<V> peek(String key) throws IOException {
    Entry<V> entry = entries.get(key);
    return entry != null ? entry : read();
  }

  /**
   * Writes a changed value of {@link #peek} back, unless it is on the heap.
   *
   * @param key must be the operator's current key
   */
  public void writeThrough(String key, Entry<V> entry) throws IOException {
    if (entries.get(key) != entry) {
      writeBack(key, entry);
    }
  }

  private Entry<V> read() throws IOException {
    byte[] stored = state.value();
    return stored == null
        ? new Entry<>(codec.empty(), 0)
        : new Entry<>(codec.decode(stored), stored.length);
  }

  /** Shows every value on the heap with its key; the action may mark it changed, no more. */
  public void forEachCached(BiConsumer<String, Entry<V>> action) {
    entries.forEach(action);
  }

  /** Writes every changed value back. Leaves the operator at some other current key. */
  public void flush() throws IOException {
    for (Map.Entry<String, Entry<V>> entry : entries.entrySet()) {
      writeBack(entry.getKey(), entry.getValue());
    }
  }

  private void makeRoom(String current) throws IOException {
    if (entries.size() < capacity) {
      return;
    }
    Iterator<Map.Entry<String, Entry<V>>> oldest = entries.entrySet().iterator();
    Map.Entry<String, Entry<V>> entry = oldest.next();
    if (entry.getValue().changed) {
      writeBack(entry.getKey(), entry.getValue());
      operator.setCurrentKey(current);
    }
    oldest.remove();
  }

  private void writeBack(String key, Entry<V> entry) throws IOException {
    if (!entry.changed) {
      return;
    }
    byte[] encoded = codec.encode(entry.value);
    int size = encoded == null ? 0 : encoded.length;
    operator.setCurrentKey(key);
    if (size > 0) {
      state.update(encoded);
    } else if (entry.storedBytes > 0) {
      state.clear();
    }
    keys.add(Integer.signum(size) - Integer.signum(entry.storedBytes));
    bytes.add(size - entry.storedBytes);
    entry.storedBytes = size;
    entry.changed = false;
  }

  /** A value in the cache. */
  public static final class Entry<V> {
    private final V value;
    private int storedBytes;
    private boolean changed;

    private Entry(V value, int storedBytes) {
      this.value = value;
      this.storedBytes = storedBytes;
    }

    /** The value itself. */
    public V value() {
      return value;
    }

    /** Whether the key had no value and nothing was changed since. */
    public boolean isNew() {
      return storedBytes == 0 && !changed;
    }

    /** Says that the value was changed and must be written back. */
    public void markChanged() {
      changed = true;
    }
  }
}
