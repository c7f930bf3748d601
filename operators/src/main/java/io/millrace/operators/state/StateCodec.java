package io.millrace.operators.state;

/**
 * How a value lies in state. The bytes begin with a version of their layout.
 *
 * @param <V> the decoded, mutable value
 */
public interface StateCodec<V> {
  /** The value of a key that has none yet. */
  V empty();

  /** Reads what {@link #encode} wrote. */
  V decode(byte[] bytes);

  /** The flat bytes of a value, null if it is empty and its key need not be kept. */
  byte[] encode(V value);
}
