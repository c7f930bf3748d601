package io.millrace.operators.redis;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.millrace.features.redis.RedisNode;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import redis.clients.jedis.Protocol;

/** Which master of a cluster serves each of the 16,384 slots, as far as is known. */
final class SlotMap {
  private final RedisNode[] owners = new RedisNode[Protocol.CLUSTER_HASHSLOTS];

  /**
   * Reads the answer to {@code CLUSTER SLOTS}: a list of first slot, last slot, master (host and
   * port first), replicas.
   *
   * @param asked who answered; it stands for itself where its host is left empty
   */
  static SlotMap of(Object answer, RedisNode asked) {
    SlotMap map = new SlotMap();
    for (Object line : (List<?>) answer) {
      List<?> range = (List<?>) line;
      if (range.size() > 2) {
        int first = Math.toIntExact((Long) range.get(0));
        int last = Math.toIntExact((Long) range.get(1));
        List<?> master = (List<?>) range.get(2);
        byte[] host = (byte[]) master.get(0);
        boolean named = host != null && host.length > 0;
        RedisNode node =
            new RedisNode(
                named ? new String(host, UTF_8) : asked.host(),
                Math.toIntExact((Long) master.get(1)));
        Arrays.fill(map.owners, first, last + 1, node);
      }
    }
    return map;
  }

  /** Null if nobody is known to serve the slot. */
  RedisNode owner(int slot) {
    return owners[slot];
  }

  void move(int slot, RedisNode owner) {
    owners[slot] = owner;
  }

  /** Every master that serves a slot. */
  Set<RedisNode> masters() {
    Set<RedisNode> masters = new LinkedHashSet<>(Arrays.asList(owners));
    masters.removeIf(Objects::isNull);
    return masters;
  }
}
