package io.millrace.operators.redis;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.features.decision.Version;
import io.millrace.operators.redis.WriteBuffer.Outcome;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class WriteBufferTest {
  private final WriteBuffer buffer = new WriteBuffer(100, 1_000_000);

  @Test
  void keepsTheNewestOfAKey() {
    assertThat(buffer.add(set("k", 1, "a"))).isEqualTo(Outcome.ADDED);
    assertThat(buffer.add(set("k", 2, "b"))).isEqualTo(Outcome.REPLACED);
    assertThat(buffer.add(set("k", 1, "c"))).isEqualTo(Outcome.OLDER);

    assertThat(buffer.drain()).containsExactly(set("k", 2, "b"));
  }

  @Test
  void letsTheLaterOfEqualVersionsReplace() {
    buffer.add(set("k", 1, "a"));
    assertThat(buffer.add(set("k", 1, "b"))).isEqualTo(Outcome.REPLACED);

    assertThat(buffer.drain()).containsExactly(set("k", 1, "b"));
  }

  @Test
  void givesATombstoneTheLargerVersion() {
    buffer.add(set("k", 5, "a"));
    assertThat(buffer.add(tombstone("k", 3))).isEqualTo(Outcome.REPLACED);

    assertThat(buffer.drain()).containsExactly(tombstone("k", 5));
  }

  @Test
  void sendsATombstoneBeforeTheValueThatFollowsIt() {
    buffer.add(set("k", 1, "a"));
    buffer.add(tombstone("k", 3));
    assertThat(buffer.add(set("k", 2, "too old"))).isEqualTo(Outcome.OLDER);
    assertThat(buffer.add(set("k", 3, "b"))).isEqualTo(Outcome.ADDED);
    assertThat(buffer.add(set("k", 4, "c"))).isEqualTo(Outcome.REPLACED);

    assertThat(buffer.drain()).containsExactly(tombstone("k", 3), set("k", 4, "c"));
  }

  @Test
  void needsOneTombstoneOnly() {
    buffer.add(tombstone("k", 1));
    buffer.add(set("k", 2, "a"));
    buffer.add(tombstone("k", 2));

    assertThat(buffer.drain()).containsExactly(tombstone("k", 2));
  }

  @Test
  void isFullByKeys() {
    WriteBuffer small = new WriteBuffer(2, 1_000_000);
    small.add(set("a", 1, "x"));
    small.add(set("a", 2, "x"));
    assertThat(small.isFull()).isFalse();
    small.add(set("b", 1, "x"));
    assertThat(small.isFull()).isTrue();

    small.drain();
    assertThat(small.isFull()).isFalse();
    assertThat(small.isEmpty()).isTrue();
  }

  @Test
  void isFullByBytesOfWhatIsKept() {
    WriteBuffer small = new WriteBuffer(100, 2_000);
    for (int version = 1; version <= 50; version++) {
      small.add(set("a", version, "x".repeat(1_000)));
      small.add(tombstone("a", version));
    }
    assertThat(small.isFull()).isFalse();
    small.add(set("b", 1, "x".repeat(2_000)));
    assertThat(small.isFull()).isTrue();
  }

  /** Redis as the script makes it, one write after the other without a buffer, is the oracle. */
  @Test
  void leavesRedisAsEveryWriteByItselfWould() {
    long seed = 20_251_124;
    Random random = new Random(seed);
    for (int round = 0; round < 2_000; round++) {
      Map<String, RedisWrite> direct = new HashMap<>();
      Map<String, RedisWrite> buffered = new HashMap<>();
      List<RedisWrite> history = new ArrayList<>();
      for (int i = 0; i < 30; i++) {
        RedisWrite write = randomWrite(random, i);
        history.add(write);
        apply(direct, write);
        buffer.add(write);
        if (random.nextInt(8) == 0) {
          buffer.drain().forEach(w -> apply(buffered, w));
        }
      }
      buffer.drain().forEach(w -> apply(buffered, w));
      assertThat(buffered).as("seed %d, round %d, %s", seed, round, history).isEqualTo(direct);
    }
  }

  private static RedisWrite randomWrite(Random random, int i) {
    String key = "k" + random.nextInt(3);
    int version = random.nextInt(6);
    return random.nextInt(4) == 0 ? tombstone(key, version) : set(key, version, "v" + i);
  }

  private static void apply(Map<String, RedisWrite> redis, RedisWrite write) {
    RedisWrite stored = redis.get(write.key());
    boolean older = stored != null && write.version().compareTo(stored.version()) < 0;
    if (write.isTombstone()) {
      String version = older ? stored.version() : write.version();
      redis.put(write.key(), RedisWrite.tombstone(write.key(), version, 0));
    } else if (!older) {
      redis.put(write.key(), write);
    }
  }

  private static RedisWrite set(String key, int version, String content) {
    String value = "{\"version\":\"" + Version.of(1, version) + "\",\"x\":\"" + content + "\"}";
    return RedisWrite.set(key, value.getBytes(UTF_8), Duration.ofDays(1), 0);
  }

  private static RedisWrite tombstone(String key, int version) {
    return RedisWrite.tombstone(key, Version.of(1, version), 0);
  }
}
