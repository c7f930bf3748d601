package io.millrace.it;

import static io.millrace.it.Writes.deleted;
import static io.millrace.it.Writes.set;
import static io.millrace.it.Writes.tombstone;
import static io.millrace.it.Writes.value;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.features.decision.Version;
import io.millrace.jobs.local.LocalRedis;
import io.millrace.operators.redis.RedisSink;
import io.millrace.operators.redis.RedisWrite;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import redis.clients.jedis.Jedis;

/** What becomes of a key that is rewritten for another cause, deleted, and written anew. */
class VersionRulesIT {
  @TempDir private static Path dir;
  private static LocalRedis server;

  @BeforeAll
  static void startRedis() throws IOException {
    server = LocalRedis.start(0, dir, false);
  }

  @AfterAll
  static void stopRedis() {
    server.close();
  }

  @BeforeEach
  void empty() {
    try (Jedis redis = redis()) {
      redis.flushAll();
    }
  }

  private static Jedis redis() {
    return new Jedis("127.0.0.1", server.port());
  }

  private static SinkTask<RedisWrite> sinkTask() throws Exception {
    return new SinkTask<>(RedisSink.builder().settings(server.settings()).build());
  }

  @Test
  void rewritesAValueForAnotherCauseUnderItsOldVersion() throws Exception {
    try (SinkTask<RedisWrite> task = sinkTask();
        Jedis redis = redis()) {
      task.write(set("k", 5, "with the hidden item"));
      task.flush();
      redis.pexpire("k", 1_000);
      task.write(set("k", 5, "without it"));
      task.flush();

      assertThat(redis.get("k")).isEqualTo(value(5, "without it"));
      assertThat(redis.pttl("k")).isGreaterThan(500_000);
    }
  }

  @Test
  void doesNotBringBackByARewriteWhatWasDeletedLater() throws Exception {
    try (SinkTask<RedisWrite> task = sinkTask();
        Jedis redis = redis()) {
      for (RedisWrite write :
          new RedisWrite[] {set("k", 5, "a"), tombstone("k", 7), set("k", 5, "a rewrite")}) {
        task.write(write);
        task.flush();
      }
      assertThat(redis.get("k")).isEqualTo(deleted(7));
      assertThat(redis.pttl("k")).isBetween(3_590_000L, 3_600_000L);

      task.write(set("k", 8, "afresh"));
      task.flush();
      assertThat(redis.get("k")).isEqualTo(value(8, "afresh"));
    }
  }

  /** Any writes, in any division into batches, against the rules of the contract taken plainly. */
  @RepeatedTest(5)
  void holdsWhatTheRulesSayWhateverIsWritten() throws Exception {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    Map<String, String> expected = new TreeMap<>();
    try (SinkTask<RedisWrite> task = sinkTask();
        Jedis redis = redis()) {
      for (int i = 0; i < 2_000; i++) {
        String key = "k" + random.nextInt(40);
        int version = random.nextInt(12);
        boolean deletes = random.nextInt(4) == 0;
        task.write(deletes ? tombstone(key, version) : set(key, version, "v" + i));
        expected.merge(
            key,
            deletes ? deleted(version) : value(version, "v" + i),
            (stored, written) -> apply(stored, written, deletes));
        if (random.nextInt(60) == 0) {
          task.flush();
        }
      }
      task.flush();
      expected.forEach(
          (key, value) ->
              assertThat(redis.get(key)).as("%s, with seed %d", key, seed).isEqualTo(value));
    }
  }

  private static String apply(String stored, String written, boolean deletes) {
    boolean older = version(written).compareTo(version(stored)) < 0;
    if (deletes) {
      return older ? written.replace(version(written), version(stored)) : written;
    }
    return older ? stored : written;
  }

  private static String version(String value) {
    int start = Version.VALUE_PREFIX.length();
    return value.substring(start, start + Version.LENGTH);
  }
}
