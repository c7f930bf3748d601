package io.millrace.operators.redis;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.features.decision.Version;
import io.millrace.features.redis.RedisNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.util.JedisClusterCRC16;

class SlotCallTest {
  private static final String PREFIX = "shop:";

  private static RedisWrite set(String key) {
    byte[] value = ("{\"version\":\"" + Version.of(1, 1) + "\"}").getBytes(UTF_8);
    return RedisWrite.set(key, value, Duration.ofMinutes(1), 0);
  }

  private static RedisWrite tombstone(String key) {
    return RedisWrite.tombstone(key, Version.of(1, 1), 0);
  }

  /** Holds whatever the batch: against a map of which write belongs to which slot and key. */
  @RepeatedTest(50)
  void dividesAnyBatchBySlotAndNeverAKey() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    WriteBuffer buffer = new WriteBuffer(1_000_000, 1L << 40);
    int tags = 1 + random.nextInt(30);
    int keys = 1 + random.nextInt(200);
    for (int i = random.nextInt(600); i > 0; i--) {
      String key = random.nextInt(keys) + "{" + random.nextInt(tags) + "}";
      buffer.add(random.nextInt(3) == 0 ? tombstone(key) : set(key));
    }
    List<RedisWrite> batch = buffer.drain();

    List<SlotCall> calls = SlotCall.divide(batch, PREFIX);

    String seen = "with seed " + seed;
    assertHoldsEachWriteOnce(calls, batch.size(), seen);
    assertKeepsToSlotsAndKeys(calls, batch, seen);
    for (SlotCall call : calls) {
      assertThat(call.places().length).as(seen).isLessThanOrEqualTo(17);
      List<SlotCall> alone = call.byKey(batch);
      assertThat(alone).as(seen).allMatch(one -> one.hasOneKey(batch));
      assertKeepsToSlotsAndKeys(alone, batch, seen);
      assertThat(alone.stream().flatMapToInt(one -> IntStream.of(one.places())).toArray())
          .as(seen)
          .isEqualTo(call.places());
    }
  }

  private static void assertHoldsEachWriteOnce(List<SlotCall> calls, int size, String seen) {
    assertThat(calls.stream().flatMapToInt(call -> IntStream.of(call.places())).sorted().toArray())
        .as(seen)
        .isEqualTo(IntStream.range(0, size).toArray());
  }

  private static void assertKeepsToSlotsAndKeys(
      List<SlotCall> calls, List<RedisWrite> batch, String seen) {
    Map<String, SlotCall> callOfKey = new HashMap<>();
    for (SlotCall call : calls) {
      assertThat(call.places()).as(seen).isSorted();
      for (RedisWrite write : call.writes(batch)) {
        assertThat(JedisClusterCRC16.getSlot(PREFIX + write.key())).as(seen).isEqualTo(call.slot());
        SlotCall before = callOfKey.putIfAbsent(write.key(), call);
        assertThat(before == null || before == call).as(seen).isTrue();
      }
    }
  }

  @Test
  void fillsCallsOfASlotThatIsWrittenMuch() {
    List<RedisWrite> batch = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      batch.add(set(i + "{a}"));
    }
    assertThat(SlotCall.divide(batch, ""))
        .extracting(call -> call.places().length)
        .containsExactly(16, 16, 8);
  }

  @Test
  void readsWhichMasterHasWhichSlots() {
    RedisNode asked = new RedisNode("seed", 7000);
    List<Object> answer =
        List.of(
            range(0, 99, "10.0.0.1", 7001),
            range(100, 100, "", 7002),
            range(200, 16_383, "::1", 7003));

    SlotMap slots = SlotMap.of(answer, asked);

    assertThat(slots.owner(0)).isEqualTo(new RedisNode("10.0.0.1", 7001));
    assertThat(slots.owner(99)).isEqualTo(new RedisNode("10.0.0.1", 7001));
    assertThat(slots.owner(100)).isEqualTo(new RedisNode("seed", 7002));
    assertThat(slots.owner(150)).isNull();
    assertThat(slots.owner(16_383)).isEqualTo(new RedisNode("[::1]", 7003));
    Set<RedisNode> masters = new HashSet<>(slots.masters());
    assertThat(masters).hasSize(3).doesNotContainNull();
    slots.move(150, asked);
    assertThat(slots.owner(150)).isEqualTo(asked);
  }

  private static List<Object> range(long first, long last, String host, long port) {
    return List.of(
        first,
        last,
        List.of(host.getBytes(UTF_8), port, "id".getBytes(UTF_8)),
        List.of("replica".getBytes(UTF_8), 1L, "id".getBytes(UTF_8)));
  }
}
