package io.millrace.operators.state;

import io.millrace.operators.types.FlatData;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;

/**
 * One value a key, for keys of which something is known for a moment only, such as what two inputs
 * tell of the same event. It stays on the heap; what there is at a checkpoint is in it, and goes on
 * after a restore. Not safe for use by several threads.
 *
 * @param <V> the mutable value
 */
public final class HeapValues<V> {
  private final StateCodec<V> codec;
  private final Map<String, V> values = new HashMap<>();
  private final OwnRecords state;

  /**
   * Opens them in an operator's {@code initializeState}.
   *
   * @param name of the state
   * @param codec which may read null for what means nothing any more
   */
  public HeapValues(
      String name,
      StateCodec<V> codec,
      AbstractStreamOperator<?> operator,
      StateInitializationContext context)
      throws Exception {
    this.codec = codec;
    state =
        new OwnRecords(
            name,
            operator,
            context,
            (key, in) -> restore(key, codec.decode(FlatData.readBytes(in))));
  }

  private void restore(String key, V value) {
    if (value != null) {
      values.put(key, value);
    }
  }

  /** The value of a key, which stays until it is removed. */
  public V get(String key) {
    return values.computeIfAbsent(key, any -> codec.empty());
  }

  /** The value of a key, null if it has none. */
  public V peek(String key) {
    return values.get(key);
  }

  /** Nothing is known of a key any more. */
  public void remove(String key) {
    values.remove(key);
  }

  /** Removes the values of which something is so. */
  public void removeIf(Predicate<V> which) {
    values.values().removeIf(which);
  }

  /** Writes them, but for empty ones; to be called where the operator snapshots its state. */
  public void snapshot() throws Exception {
    Map<String, byte[]> encoded = new HashMap<>();
    values.forEach((key, value) -> encoded.put(key, codec.encode(value)));
    encoded.values().removeIf(Objects::isNull);
    state.write(
        encoded.entrySet(),
        Map.Entry::getKey,
        (each, out) -> FlatData.writeBytes(each.getValue(), out));
  }
}
