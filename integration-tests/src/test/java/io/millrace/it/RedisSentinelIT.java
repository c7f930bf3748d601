package io.millrace.it;

import static io.millrace.it.Writes.set;
import static io.millrace.it.Writes.value;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.features.decision.DecisionJson;
import io.millrace.features.decision.RedisKeys;
import io.millrace.features.decision.TrendList;
import io.millrace.features.decision.Version;
import io.millrace.features.redis.RedisNode;
import io.millrace.features.redis.RedisSettings;
import io.millrace.jobs.local.RedisConnection;
import io.millrace.operators.redis.RedisSink;
import io.millrace.operators.redis.RedisWrite;
import io.millrace.serving.DecisionReader;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import redis.clients.jedis.Jedis;

/** The sink and the reader where sentinels say who is master. */
class RedisSentinelIT {
  private static final Duration LIMIT = Duration.ofSeconds(40);
  private static final Duration TIMEOUT = Duration.ofMillis(500);
  private static final int KEYS = 300;
  private static final String SENDER = "io.millrace.operators.redis.BatchSender";

  private static final Pattern CONTENT = Pattern.compile("\"v(\\d+)\"");

  @TempDir private Path dir;

  private static RedisSink.Builder sink(RedisSettings settings) {
    return RedisSink.builder().settings(settings.withTimeout(TIMEOUT)).batchKeys(100);
  }

  private static void writeAll(SinkTask<RedisWrite> task, int version) throws Exception {
    for (int key = 0; key < KEYS; key++) {
      task.write(set("k" + key, version, "v" + version));
    }
  }

  private static void assertHoldsAll(int port, int version) {
    try (Jedis redis = new Jedis("127.0.0.1", port)) {
      for (int key = 0; key < KEYS; key++) {
        assertThat(redis.get("k" + key)).isEqualTo(value(version, "v" + version));
      }
    }
  }

  private static long oldestVersion(int port) {
    try (Jedis redis = new Jedis("127.0.0.1", port)) {
      long oldest = Long.MAX_VALUE;
      for (int key = 0; key < KEYS; key++) {
        Matcher version = CONTENT.matcher(String.valueOf(redis.get("k" + key)));
        oldest = Math.min(oldest, version.find() ? Long.parseLong(version.group(1)) : 0);
      }
      return oldest;
    }
  }

  @Test
  void losesNothingThatACheckpointCountsOnWhenTheMasterDies() throws Exception {
    try (SentinelServers servers = SentinelServers.start(dir, 3);
        LogLines log = new LogLines(SENDER);
        SinkTask<RedisWrite> task =
            new SinkTask<>(
                sink(servers.settings()).waitForReplicas(1, Duration.ofMillis(200)).build())) {
      writeAll(task, 1);
      task.flush();
      writeAll(task, 2);
      servers.server(0).kill();
      CompletableFuture<Void> cured = CompletableFuture.runAsync(() -> cure(servers, log));
      for (int version = 3; version <= 12; version++) {
        writeAll(task, version);
      }
      task.flush();
      cured.join();

      assertHoldsAll(servers.server(1).port(), 12);
      Await.until(
          "the replica of the new master has all as well",
          LIMIT,
          () -> oldestVersion(servers.server(2).port()) == 12);
      assertThat(log.lines()).hasSizeGreaterThanOrEqualTo(3);
      assertThat(log.lines().get(0)).startsWith("WARN").contains("takes no writes");
      assertThat(log.lines().get(1))
          .startsWith("WARN")
          .contains("0 of the 1 replicas that redis.wait-replicas asks for", "The job waits");
      assertThat(log.lines().get(2)).startsWith("INFO").contains("takes writes again");
      // On a slow machine the replica may fall behind again: said once, and once that it is over.
      for (int i = 3; i < log.lines().size(); i++) {
        assertThat(log.lines().get(i))
            .contains(i % 2 == 1 ? "redis.wait-replicas asks for" : "takes writes again");
      }
    }
  }

  /** Looks at the new master before anything waits for its replica, and then gives it one. */
  private static void cure(SentinelServers servers, LogLines log) {
    try {
      int dead = servers.server(0).port();
      int successor = servers.server(1).port();
      Await.until("the replica is master", LIMIT, () -> servers.agreedMaster() == successor);
      Await.until("it takes writes", LIMIT, () -> isMaster(successor));
      long before = oldestVersion(successor);
      assertThat(before).isGreaterThanOrEqualTo(1);
      Await.until(
          "the sink misses a replica",
          LIMIT,
          () -> log.lines().stream().anyMatch(line -> line.contains("redis.wait-replicas")));
      assertThat(oldestVersion(successor)).isGreaterThanOrEqualTo(before);
      servers.startReplica("master", dead, successor);
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  private static boolean isMaster(int port) {
    try (Jedis redis = new Jedis("127.0.0.1", port)) {
      return redis.info("replication").contains("role:master");
    }
  }

  @Test
  void asksAgainWhenTheMasterHasBecomeAReplica() throws Exception {
    try (SentinelServers servers = SentinelServers.start(dir, 1);
        SinkTask<RedisWrite> task = new SinkTask<>(sink(servers.settings()).build());
        Jedis master = new Jedis("127.0.0.1", servers.server(0).port());
        Jedis successor = new Jedis("127.0.0.1", servers.server(1).port());
        Jedis sentinel = servers.sentinel(0)) {
      writeAll(task, 1);
      task.flush();
      Await.until("the replica has it", LIMIT, () -> oldestVersion(servers.server(1).port()) == 1);

      // As after a failover of which the sink has not heard: its connection lives on.
      sentinel.sentinelRemove(SentinelServers.MASTER);
      successor.replicaofNoOne();
      master.replicaof("127.0.0.1", servers.server(1).port());
      CompletableFuture<Void> named =
          CompletableFuture.runAsync(
              () -> {
                try {
                  Await.until(
                      "the sink has met the old one",
                      LIMIT,
                      () -> task.metrics().count("redis_retries") > 0);
                  sentinel.sentinelMonitor(
                      SentinelServers.MASTER, "127.0.0.1", servers.server(1).port(), 1);
                } catch (Exception e) {
                  throw new IllegalStateException(e);
                }
              });
      writeAll(task, 2);
      task.flush();
      named.join();

      assertHoldsAll(servers.server(1).port(), 2);
    }
  }

  @Test
  void readsWhatTheSinkWroteThroughAnySentinelThatAnswers() throws Exception {
    TrendList trend = new TrendList(Version.of(1, 5), List.of(new TrendList.Item("hot", 12)));
    try (SentinelServers servers = SentinelServers.start(dir, 1)) {
      RedisNode sentinel = servers.settings().nodes().get(0);
      RedisSettings settings =
          RedisSettings.parse("redis-sentinel://127.0.0.1:1," + sentinel + "/shop/2")
              .withKeyPrefix("shop:");
      try (SinkTask<RedisWrite> task = new SinkTask<>(sink(settings).build());
          DecisionReader reader = DecisionReader.open(settings)) {
        task.write(
            RedisWrite.set(RedisKeys.TREND_ALL, DecisionJson.write(trend), RedisKeys.TREND_TTL, 0));
        task.flush();

        assertThat(reader.trend()).contains(trend);
        assertThat(reader.similarItems(List.of("i1", "i2"))).isEmpty();
      }
      try (Jedis redis = new Jedis("127.0.0.1", servers.server(0).port())) {
        redis.select(2);
        assertThat(redis.keys("*")).containsExactly("shop:trend:{_all}");
      }
    }
  }

  @Test
  void failsWithAClearMessageWhereTheSentinelsKnowNoSuchMaster() throws Exception {
    try (SentinelServers servers = SentinelServers.start(dir, 1)) {
      String sentinel = servers.settings().address();
      RedisConnection.require(servers.settings());
      RedisSettings unknown = RedisSettings.parse("redis-sentinel://" + sentinel + "/stop");
      assertThatThrownBy(() -> RedisConnection.require(unknown))
          .hasMessageContaining("Redis at " + sentinel + " cannot be used")
          .hasMessageContaining("stop");
      assertFails(
          "redis-sentinel://" + sentinel + "/stop",
          "knows no master 'stop' but [shop]; correct the name at the end of redis.url");
      assertFails(
          "redis-sentinel://" + servers.server(0).address() + "/shop",
          "is no sentinel; for a single server let redis.url begin with redis://");
    }
  }

  private static void assertFails(String url, String part) throws Exception {
    try (SinkTask<RedisWrite> task = new SinkTask<>(sink(RedisSettings.parse(url)).build())) {
      task.write(set("k", 1, "a"));
      assertThatThrownBy(task::flush).hasMessageContaining(part);
    }
  }

  @Test
  void logsInAtSentinelsThatAskForIt() throws Exception {
    try (SentinelServers servers = SentinelServers.start(dir, 1)) {
      try (Jedis master = new Jedis("127.0.0.1", servers.server(0).port());
          Jedis sentinel = servers.sentinel(0)) {
        master.aclSetUser("default", "resetpass", ">hush");
        sentinel.aclSetUser("default", "resetpass", ">hush");
      }
      RedisSettings settings = servers.settings().withPassword("hush");
      try (SinkTask<RedisWrite> task = new SinkTask<>(sink(settings).build());
          DecisionReader reader = DecisionReader.open(settings)) {
        writeAll(task, 1);
        task.flush();

        assertThat(reader.trend()).isEmpty();
      }
      try (Jedis master = new Jedis("127.0.0.1", servers.server(0).port())) {
        master.auth("hush");
        assertThat(master.get("k0")).isEqualTo(value(1, "v1"));
      }
    }
  }
}
