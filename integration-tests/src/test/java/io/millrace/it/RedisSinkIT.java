package io.millrace.it;

import static io.millrace.it.Writes.deleted;
import static io.millrace.it.Writes.set;
import static io.millrace.it.Writes.tombstone;
import static io.millrace.it.Writes.value;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.features.decision.Version;
import io.millrace.features.redis.RedisSettings;
import io.millrace.jobs.local.LocalRedis;
import io.millrace.operators.redis.RedisSink;
import io.millrace.operators.redis.RedisWrite;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import redis.clients.jedis.Jedis;

/** What the sink leaves in a real Redis, write by write. */
class RedisSinkIT {
  private static final Duration LIMIT = Duration.ofSeconds(20);

  @TempDir private static Path dir;
  private static LocalRedis server;

  private Jedis redis;
  private SinkTask<RedisWrite> task;

  @BeforeAll
  static void startRedis() throws IOException {
    server = LocalRedis.start(0, dir, false);
  }

  @AfterAll
  static void stopRedis() {
    server.close();
  }

  @BeforeEach
  void connect() throws Exception {
    redis = new Jedis("127.0.0.1", server.port());
    redis.flushAll();
    task = new SinkTask<>(sink(server.settings()));
  }

  @AfterEach
  void disconnect() throws Exception {
    task.close();
    redis.close();
  }

  private static RedisSink sink(RedisSettings settings) {
    return RedisSink.builder().settings(settings).build();
  }

  /** Writes each by itself, so that the buffer does not decide for Redis. */
  private void writeEach(RedisWrite... writes) throws Exception {
    for (RedisWrite write : writes) {
      task.write(write);
      task.flush();
    }
  }

  @Test
  void appliesNewerVersionsOnly() throws Exception {
    writeEach(set("k", 5, "five"), set("k", 6, "six"), set("k", 4, "four"));

    assertThat(redis.get("k")).isEqualTo(value(6, "six"));
    assertThat(task.metrics().count("redis_writes")).isEqualTo(2);
    assertThat(task.metrics().count("redis_fenced")).isEqualTo(1);
  }

  @Test
  void overwritesAnEqualVersion() throws Exception {
    writeEach(set("k", 5, "first"), set("k", 5, "second"));

    assertThat(redis.get("k")).isEqualTo(value(5, "second"));
  }

  @Test
  void comparesTheEpochBeforeTheTime() throws Exception {
    String rebuilt = "{\"version\":\"" + Version.of(2, 1) + "\"}";
    writeEach(set("k", 1_764_000_000_000L, "old epoch"));
    writeEach(RedisWrite.set("k", rebuilt.getBytes(), Writes.TTL, 0));

    assertThat(redis.get("k")).isEqualTo(rebuilt);
  }

  @Test
  void setsTheTimeToLiveWithTheValue() throws Exception {
    writeEach(set("k", 5, "five"));
    assertThat(redis.pttl("k")).isBetween(590_000L, 600_000L);

    redis.pexpire("k", 1_000);
    writeEach(set("k", 4, "fenced"));
    assertThat(redis.pttl("k")).isLessThanOrEqualTo(1_000);
  }

  @Test
  void putsThePrefixBeforeEveryKey() throws Exception {
    try (SinkTask<RedisWrite> shop =
        new SinkTask<>(sink(server.settings().withKeyPrefix("shop:")))) {
      shop.write(set("rec:{ü}", 1, "a"));
      shop.flush();
    }
    assertThat(redis.keys("*")).containsExactly("shop:rec:{ü}");
  }

  @Test
  void marksADeletedKeyForAnHour() throws Exception {
    writeEach(set("k", 5, "five"), tombstone("k", 6));

    assertThat(redis.get("k")).isEqualTo(deleted(6));
    assertThat(redis.pttl("k")).isBetween(3_590_000L, 3_600_000L);
  }

  @Test
  void deletesWithTheLargerVersionEvenIfTheTombstoneIsOlder() throws Exception {
    writeEach(set("k", 9, "nine"), tombstone("k", 6));
    assertThat(redis.get("k")).isEqualTo(deleted(9));

    writeEach(set("k", 8, "eight"));
    assertThat(redis.get("k")).isEqualTo(deleted(9));

    writeEach(set("k", 10, "ten"));
    assertThat(redis.get("k")).isEqualTo(value(10, "ten"));
  }

  @Test
  void deletesBeforeANewerValueOfTheSameBatch() throws Exception {
    writeEach(set("k", 9, "nine"));
    task.write(tombstone("k", 3));
    task.write(set("k", 5, "five"));
    task.flush();

    assertThat(redis.get("k")).isEqualTo(deleted(9));
  }

  @Test
  void replacesStringsThatAreNotOurs() throws Exception {
    redis.set("word", "zzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzz");
    redis.set("json", "{\"version\":\"zz011764000000000000\",\"x\":1}");
    redis.set("short", "~");

    writeEach(set("word", 1, "a"), set("json", 1, "b"), tombstone("short", 2));

    assertThat(redis.get("word")).isEqualTo(value(1, "a"));
    assertThat(redis.get("json")).isEqualTo(value(1, "b"));
    assertThat(redis.get("short")).isEqualTo(deleted(2));
  }

  @Test
  void setsAsideAKeyOfAnotherTypeAndWritesItsNeighbours() throws Exception {
    redis.lpush("k7", "a list");
    for (int i = 0; i < 40; i++) {
      task.write(i == 23 ? tombstone("k7", 1) : set("k" + i, 1, "v" + i));
    }
    task.flush();

    for (int i = 0; i < 40; i++) {
      if (i != 7 && i != 23) {
        assertThat(redis.get("k" + i)).isEqualTo(value(1, "v" + i));
      }
    }
    assertThat(redis.type("k7")).isEqualTo("list");
    assertThat(task.metrics().count("redis_rejected")).isEqualTo(1);
    assertThat(task.metrics().count("redis_writes")).isEqualTo(38);
  }

  @Test
  void loadsItsScriptAgainWhenRedisForgot() throws Exception {
    writeEach(set("k", 1, "a"));
    redis.scriptFlush();
    writeEach(set("k", 2, "b"));

    assertThat(redis.get("k")).isEqualTo(value(2, "b"));
    assertThat(task.metrics().count("redis_retries")).isEqualTo(1);
  }

  @Test
  void sendsTheLastWriteOfAKeyOnly() throws Exception {
    for (int version = 1; version <= 100; version++) {
      task.write(set("k", version, "v" + version));
    }
    task.flush();

    assertThat(redis.get("k")).isEqualTo(value(100, "v100"));
    assertThat(task.metrics().count("redis_writes") + task.metrics().count("redis_coalesced"))
        .isEqualTo(100);
    assertThat(task.metrics().count("redis_coalesced")).isGreaterThan(80);
  }

  @Test
  void sendsAfterLingeringWithoutACheckpoint() throws Exception {
    task.write(set("k", 1, "a"));

    task.runUntil("the write has arrived", LIMIT, () -> redis.exists("k"));
  }

  @Test
  void sendsFullBatchesWithoutACheckpoint() throws Exception {
    RedisSink patient =
        RedisSink.builder()
            .settings(server.settings())
            .batchKeys(100)
            .linger(Duration.ofMinutes(1))
            .build();
    try (SinkTask<RedisWrite> batches = new SinkTask<>(patient)) {
      for (int i = 0; i < 1_050; i++) {
        batches.write(set("k" + i, 1, "a"));
      }
      batches.runUntil("ten batches have arrived", LIMIT, () -> redis.dbSize() == 1_000);
      assertThat(batches.metrics().histogramNamed("redis_batch_size").getStatistics().getMax())
          .isEqualTo(100);
    }
  }

  @Test
  void measuresTheDelayFromTheEventToRedis() throws Exception {
    byte[] value = value(1, "a").getBytes();
    writeEach(RedisWrite.set("k", value, Writes.TTL, System.currentTimeMillis() - 5_000));

    assertThat(task.metrics().histogramNamed("redis_event_delay_ms").getStatistics().getMax())
        .isBetween(5_000L, 15_000L);
  }

  @Test
  void waitsWhileRedisIsOutOfMemory() throws Exception {
    redis.configSet("maxmemory", "1");
    writesOnceCured(() -> redis.configSet("maxmemory", "0"));
  }

  @Test
  void waitsWhileRedisIsAReadOnlyReplica() throws Exception {
    redis.replicaof("127.0.0.1", 1);
    writesOnceCured(redis::replicaofNoOne);
  }

  @Test
  void waitsWhileRedisIsBusyWithAScript() throws Exception {
    redis.configSet("lua-time-limit", "1");
    CompletableFuture<Void> busy =
        CompletableFuture.runAsync(
            () -> {
              try (Jedis other = new Jedis("127.0.0.1", server.port(), 60_000)) {
                other.eval("while true do end");
              }
            });
    Await.until("Redis is busy", LIMIT, RedisSinkIT::isBusy);
    writesOnceCured(redis::scriptKill);
    assertThatThrownBy(busy::join).hasMessageContaining("Script killed");
  }

  private static boolean isBusy() {
    try (Jedis other = new Jedis("127.0.0.1", server.port())) {
      other.get("k");
      return false;
    } catch (redis.clients.jedis.exceptions.JedisBusyException e) {
      return true;
    }
  }

  /** Writes to a Redis that cannot take it, and cures that after some retries. */
  private void writesOnceCured(Runnable cure) throws Exception {
    CompletableFuture<Void> cured =
        CompletableFuture.runAsync(
            () -> {
              try {
                Await.until("it was tried again", LIMIT, () -> retries() >= 3);
              } catch (Exception e) {
                throw new IllegalStateException(e);
              } finally {
                cure.run();
              }
            });
    try {
      writeEach(set("k", 1, "a"));
    } finally {
      cured.join();
    }

    assertThat(redis.get("k")).isEqualTo(value(1, "a"));
  }

  private long retries() {
    return task.metrics().count("redis_retries");
  }

  @Test
  void failsWithAClearMessageOnAWrongPassword() throws Exception {
    redis.configSet("requirepass", "right");
    try {
      assertDenied(server.settings().withPassword("wrong-secret"), "WRONGPASS");
      assertDenied(server.settings(), "NOAUTH");

      try (SinkTask<RedisWrite> known =
          new SinkTask<>(sink(server.settings().withPassword("right")))) {
        known.write(set("k", 1, "a"));
        known.flush();
      }
    } finally {
      redis.auth("right");
      redis.configSet("requirepass", "");
    }
    assertThat(redis.get("k")).isEqualTo(value(1, "a"));
  }

  @Test
  void failsWithAClearMessageWhereAPermissionIsMissing() throws Exception {
    redis.aclSetUser("reader", "on", ">pass", "~*", "+@all", "-set");
    RedisSettings settings = RedisSettings.parse("redis://reader:pass@" + server.address());

    assertDenied(settings, "can't run this command");
    assertThat(redis.exists("k")).isFalse();
  }

  private static void assertDenied(RedisSettings settings, String code) throws Exception {
    try (SinkTask<RedisWrite> stranger = new SinkTask<>(sink(settings))) {
      stranger.write(set("k", 1, "a"));
      assertThatThrownBy(stranger::flush)
          .hasMessageContaining(settings.address())
          .hasMessageContaining(code)
          .hasMessageContaining("Check the user and password")
          .message()
          .doesNotContain("secret");
      assertThatThrownBy(() -> stranger.write(set("k", 2, "b")))
          .isInstanceOf(IOException.class)
          .hasMessageContaining(code);
    }
  }
}
