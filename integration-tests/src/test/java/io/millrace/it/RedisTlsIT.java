package io.millrace.it;

import static io.millrace.it.Writes.set;
import static io.millrace.it.Writes.value;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.features.decision.DecisionJson;
import io.millrace.features.decision.RedisKeys;
import io.millrace.features.decision.TrendList;
import io.millrace.features.decision.Version;
import io.millrace.features.redis.RedisSettings;
import io.millrace.jobs.local.LocalRedis;
import io.millrace.jobs.local.RedisConnection;
import io.millrace.jobs.options.Options;
import io.millrace.jobs.options.RedisOptions;
import io.millrace.operators.redis.RedisSink;
import io.millrace.operators.redis.RedisWrite;
import io.millrace.serving.DecisionReader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.exceptions.JedisException;

/** The sink and the reader at a Redis that talks TLS. */
class RedisTlsIT {
  private static final Duration LIMIT = Duration.ofSeconds(20);
  private static final TrendList TREND =
      new TrendList(Version.of(1, 5), List.of(new TrendList.Item("hot", 12)));

  @TempDir private static Path dir;
  private static TestCertificates certificates;
  private static LocalRedis server;
  private static int tlsPort;

  @BeforeAll
  static void startRedis() throws Exception {
    certificates = TestCertificates.make(dir);
    tlsPort = freePort();
    server = LocalRedis.start(0, dir, false, certificates.directives(tlsPort));
  }

  @AfterAll
  static void stopRedis() {
    server.close();
  }

  private static RedisSettings trusting(String url) {
    return RedisOptions.settings(
        Options.defaults()
            .with(RedisOptions.URL, url)
            .with(RedisOptions.TLS_CA_FILE, certificates.authority().toString()));
  }

  private static SinkTask<RedisWrite> sinkTask(RedisSettings settings) throws Exception {
    return new SinkTask<>(
        RedisSink.builder().settings(settings.withTimeout(Duration.ofMillis(500))).build());
  }

  @Test
  void writesAndReadsWhereTheAuthorityIsTrusted() throws Exception {
    RedisSettings settings = trusting("rediss://127.0.0.1:" + tlsPort);
    RedisConnection.require(settings);
    try (SinkTask<RedisWrite> task = sinkTask(settings);
        DecisionReader reader = DecisionReader.open(settings);
        Jedis redis = new Jedis("127.0.0.1", server.port())) {
      for (int i = 0; i < 2_000; i++) {
        task.write(set("k" + i, 1, "v" + i));
      }
      task.flush();

      assertThat(redis.get("k1999")).isEqualTo(value(1, "v1999"));
      assertThat(reader.recommendations("nobody")).isEmpty();
    }
  }

  @Test
  void writesAndReadsThroughSentinels() throws Exception {
    int sentinelPort = freePort();
    List<String> directives = new ArrayList<>(certificates.directives(sentinelPort));
    directives.add("tls-replication yes");
    directives.add("sentinel monitor shop 127.0.0.1 " + tlsPort + " 1");
    try (LocalRedis sentinel = LocalRedis.start(0, dir.resolve("sentinel"), false, directives)) {
      assertThat(sentinel.isAlive()).isTrue();
      assertWritesAndReads(trusting("rediss-sentinel://127.0.0.1:" + sentinelPort + "/shop"));
    }
  }

  @Test
  void writesAndReadsInACluster() throws Exception {
    int nodeTlsPort = ClusterServers.freePort();
    List<String> directives = new ArrayList<>(certificates.directives(nodeTlsPort));
    directives.addAll(
        List.of("cluster-enabled yes", "tls-cluster yes", "cluster-announce-ip 127.0.0.1"));
    try (LocalRedis node =
            LocalRedis.start(ClusterServers.freePort(), dir.resolve("node"), false, directives);
        Jedis jedis = new Jedis("127.0.0.1", node.port())) {
      jedis.clusterAddSlots(IntStream.range(0, ClusterServers.SLOTS).toArray());
      assertWritesAndReads(trusting("rediss-cluster://127.0.0.1:" + nodeTlsPort));
    }
  }

  private static void assertWritesAndReads(RedisSettings settings) throws Exception {
    try (SinkTask<RedisWrite> task = sinkTask(settings)) {
      task.write(
          RedisWrite.set(RedisKeys.TREND_ALL, DecisionJson.write(TREND), RedisKeys.TREND_TTL, 0));
      task.flush();
    }
    try (DecisionReader reader = DecisionReader.open(settings)) {
      assertThat(reader.trend()).contains(TREND);
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return free.getLocalPort();
    }
  }

  @Test
  void noticesARedisThatTakesNoBytes() throws Exception {
    try (SinkTask<RedisWrite> task = sinkTask(trusting("rediss://127.0.0.1:" + tlsPort));
        Jedis redis = new Jedis("127.0.0.1", server.port())) {
      task.write(set("k", 1, "warm"));
      task.flush();
      server.pause();
      // More than the buffers of a connection hold, so that sending itself gets stuck.
      task.write(set("k", 2, "x".repeat(14_000_000)));
      task.runUntil("it was tried again", LIMIT, () -> task.metrics().count("redis_retries") >= 1);
      server.resume();
      task.flush();

      assertThat(redis.strlen("k")).isGreaterThan(14_000_000);
    }
  }

  @Test
  void refusesAnAuthorityItDoesNotKnow() throws Exception {
    RedisSettings settings = RedisSettings.parse("rediss://127.0.0.1:" + tlsPort);

    assertFails(settings, "unable to find valid certification path", "redis.tls-ca-file");
    try (DecisionReader reader = DecisionReader.open(settings)) {
      assertThatThrownBy(reader::trend).isInstanceOf(JedisException.class);
    }
    assertThatThrownBy(() -> RedisConnection.require(settings))
        .hasMessageContaining("unable to find valid certification path");
  }

  @Test
  void refusesACertificateOfAnotherHost() throws Exception {
    RedisSettings settings = trusting("rediss://localhost:" + tlsPort);

    assertFails(settings, "localhost", "The certificate was issued for another host");
    try (DecisionReader reader = DecisionReader.open(settings)) {
      assertThatThrownBy(reader::trend).isInstanceOf(JedisException.class);
    }
  }

  private static void assertFails(RedisSettings settings, String... parts) throws Exception {
    try (SinkTask<RedisWrite> task = sinkTask(settings)) {
      task.write(set("k", 3, "a"));
      assertThatThrownBy(task::flush)
          .hasMessageContaining(settings.address())
          .hasMessageContainingAll(parts);
    }
  }
}
