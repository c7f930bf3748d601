package io.millrace.operators.redis;

import io.millrace.features.redis.RedisNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import redis.clients.jedis.util.JedisClusterCRC16;

/**
 * Writes of a batch that go to a cluster in one call: of one slot, and never some of a key's writes
 * without the others. So calls may take effect in any order, and each may be repeated.
 *
 * @param slot 0 to 16,383
 * @param places of the writes in the batch, ascending
 * @param asked the node to ask out of turn ({@code ASKING}), null for the owner of the slot
 */
record SlotCall(int slot, int[] places, RedisNode asked) {

  /**
   * Divides a batch.
   *
   * @param batch the writes of a key stand side by side, as {@link WriteBuffer#drain} leaves them
   * @param prefix stands before every key
   */
  static List<SlotCall> divide(List<RedisWrite> batch, String prefix) {
    Map<Integer, List<Integer>> bySlot = new LinkedHashMap<>();
    for (int i = 0; i < batch.size(); i++) {
      int slot = JedisClusterCRC16.getSlot(prefix + batch.get(i).key());
      bySlot.computeIfAbsent(slot, made -> new ArrayList<>(1)).add(i);
    }
    List<SlotCall> calls = new ArrayList<>(bySlot.size());
    bySlot.forEach(
        (slot, places) -> cut(slot, places, VersionedWrites.KEYS_PER_CALL, batch, calls));
    return calls;
  }

  /** One call a key, for a slot some of whose keys have left while others have not. */
  List<SlotCall> byKey(List<RedisWrite> batch) {
    List<Integer> all = new ArrayList<>(places.length);
    for (int place : places) {
      all.add(place);
    }
    List<SlotCall> calls = new ArrayList<>(places.length);
    cut(slot, all, 1, batch, calls);
    return calls;
  }

  /** The same call for a node that is about to get the slot. */
  SlotCall askedOf(RedisNode node) {
    return new SlotCall(slot, places, node);
  }

  boolean hasOneKey(List<RedisWrite> batch) {
    String first = batch.get(places[0]).key();
    return first.equals(batch.get(places[places.length - 1]).key());
  }

  List<RedisWrite> writes(List<RedisWrite> batch) {
    List<RedisWrite> writes = new ArrayList<>(places.length);
    for (int place : places) {
      writes.add(batch.get(place));
    }
    return writes;
  }

  /** Cuts after {@code size} writes, or later where a key goes on. */
  private static void cut(
      int slot, List<Integer> places, int size, List<RedisWrite> batch, List<SlotCall> calls) {
    int from = 0;
    for (int to = 1; to <= places.size(); to++) {
      boolean end = to == places.size();
      if (end
          || (to - from >= size
              && !batch.get(places.get(to)).key().equals(batch.get(places.get(to - 1)).key()))) {
        int[] cut = places.subList(from, to).stream().mapToInt(Integer::intValue).toArray();
        calls.add(new SlotCall(slot, cut, null));
        from = to;
      }
    }
  }
}
