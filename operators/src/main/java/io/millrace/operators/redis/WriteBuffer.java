package io.millrace.operators.redis;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Writes that wait for the next batch, at most one value a key: the newest, or of equal versions
 * the last to come. A tombstone is not lost when a newer value follows it, as it also deletes what
 * Redis may hold of a version beyond that value; then both are sent, in order.
 */
final class WriteBuffer {
  /** What became of a write. */
  enum Outcome {
    /** It waits, and nothing gave way to it. */
    ADDED,
    /** It waits in place of the write that waited for its key. */
    REPLACED,
    /** It is older than the write that waits for its key, and was dropped. */
    OLDER
  }

  private final int maxKeys;
  private final long maxBytes;
  private final Map<String, RedisWrite> last = new LinkedHashMap<>();
  private final Map<String, RedisWrite> tombstonesBefore = new HashMap<>();
  private long bytes;

  /**
   * @param maxKeys keys at which the buffer is full
   * @param maxBytes bytes of keys and values at which it is full
   */
  WriteBuffer(int maxKeys, long maxBytes) {
    this.maxKeys = maxKeys;
    this.maxBytes = maxBytes;
  }

  Outcome add(RedisWrite write) {
    // Most keys are not waiting: so put first, and look only where that displaced something.
    RedisWrite waiting = last.put(write.key(), write);
    bytes += size(write);
    if (waiting == null) {
      return Outcome.ADDED;
    }
    if (write.isTombstone()) {
      bytes -= size(waiting) + size(tombstonesBefore.remove(write.key()));
      if (write.isOlderThan(waiting)) {
        last.put(write.key(), RedisWrite.tombstone(write.key(), waiting.version(), write.origin()));
      }
      return Outcome.REPLACED;
    }
    if (write.isOlderThan(waiting)) {
      last.put(write.key(), waiting);
      bytes -= size(write);
      return Outcome.OLDER;
    }
    if (waiting.isTombstone()) {
      tombstonesBefore.put(write.key(), waiting);
      return Outcome.ADDED;
    }
    bytes -= size(waiting);
    return Outcome.REPLACED;
  }

  private static int size(RedisWrite write) {
    return write == null ? 0 : write.key().length() + write.value().length;
  }

  boolean isEmpty() {
    return last.isEmpty();
  }

  boolean isFull() {
    return last.size() >= maxKeys || bytes >= maxBytes;
  }

  /** Takes everything out, a key's tombstone before its value. */
  List<RedisWrite> drain() {
    List<RedisWrite> batch = new ArrayList<>(last.size() + tombstonesBefore.size());
    for (RedisWrite write : last.values()) {
      RedisWrite before = tombstonesBefore.get(write.key());
      if (before != null) {
        batch.add(before);
      }
      batch.add(write);
    }
    last.clear();
    tombstonesBefore.clear();
    bytes = 0;
    return batch;
  }
}
