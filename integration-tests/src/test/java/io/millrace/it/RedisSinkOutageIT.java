package io.millrace.it;

import static io.millrace.it.Writes.set;
import static io.millrace.it.Writes.value;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.features.redis.RedisSettings;
import io.millrace.jobs.local.LocalRedis;
import io.millrace.operators.redis.RedisSink;
import io.millrace.operators.redis.RedisWrite;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import redis.clients.jedis.Jedis;

/** The sink while Redis is away. */
class RedisSinkOutageIT {
  private static final Duration LIMIT = Duration.ofSeconds(40);
  private static final int KEYS = 400;
  private static final int VERSIONS = 60;

  @TempDir private Path dir;
  private LocalRedis server;

  @BeforeEach
  void startRedis() throws Exception {
    server = LocalRedis.start(0, dir, true);
    try (Jedis redis = new Jedis("127.0.0.1", server.port())) {
      // So that what Redis has acknowledged survives its sudden end; the sink answers for the rest.
      redis.configSet("appendfsync", "always");
    }
  }

  @AfterEach
  void stopRedis() {
    server.close();
  }

  private static RedisSink sink(RedisSettings at) {
    RedisSettings impatient = at.withTimeout(Duration.ofMillis(300));
    return RedisSink.builder().settings(impatient).batchKeys(100).build();
  }

  @FunctionalInterface
  private interface Action {
    void run() throws Exception;
  }

  @Test
  void losesNothingWhileRedisHangs() throws Exception {
    writeThrough(server::pause, server::resume);
  }

  @Test
  void losesNothingWhenRedisIsKilledAndStartedAgain() throws Exception {
    writeThrough(server::kill, () -> server = LocalRedis.start(server.port(), dir, true));
  }

  /** Writes a stream in the midst of which Redis goes, and stays away for some retries. */
  private void writeThrough(Action away, Action back) throws Exception {
    try (LogLines log = new LogLines("io.millrace.operators.redis.BatchSender");
        SinkTask<RedisWrite> task = new SinkTask<>(sink(server.settings()))) {
      CompletableFuture<Void> returned = null;
      for (int version = 1; version <= VERSIONS; version++) {
        if (version == VERSIONS / 2) {
          away.run();
          returned = afterRetries(task, 6, back);
        }
        for (int key = 0; key < KEYS; key++) {
          task.write(set("k" + key, version, "v" + version));
        }
      }
      task.flush();
      returned.join();

      try (Jedis redis = new Jedis("127.0.0.1", server.port())) {
        for (int key = 0; key < KEYS; key++) {
          assertThat(redis.get("k" + key)).isEqualTo(value(VERSIONS, "v" + VERSIONS));
        }
      }
      assertThat(written(task)).isEqualTo((long) KEYS * VERSIONS);
      assertSaysOnceThatItIsAwayAndOnceThatItIsBack(log.lines());
    }
  }

  /** A slow machine may miss the timeout at another time as well: then it says so of that too. */
  private void assertSaysOnceThatItIsAwayAndOnceThatItIsBack(List<String> lines) {
    assertThat(lines).isNotEmpty();
    assertThat(lines.size() % 2).isZero();
    for (int i = 0; i < lines.size(); i += 2) {
      assertThat(lines.get(i))
          .contains("WARN", server.address() + " takes no writes", "The job waits");
      assertThat(lines.get(i + 1)).contains("INFO", "takes writes again");
    }
  }

  private static long written(SinkTask<RedisWrite> task) {
    return LongStream.of(
            task.metrics().count("redis_writes"),
            task.metrics().count("redis_coalesced"),
            task.metrics().count("redis_fenced"))
        .sum();
  }

  private static CompletableFuture<Void> afterRetries(
      SinkTask<RedisWrite> task, int retries, Action action) {
    return CompletableFuture.runAsync(
        () -> {
          try {
            Await.until(
                "it was tried again",
                LIMIT,
                () -> task.metrics().count("redis_retries") >= retries);
            action.run();
          } catch (Exception e) {
            throw new IllegalStateException(e);
          }
        });
  }

  @Test
  void waitsForARedisThatIsNotThereYet() throws Exception {
    int port = freePort();
    try (SinkTask<RedisWrite> task = new SinkTask<>(sink(RedisSettings.of("127.0.0.1", port)))) {
      CompletableFuture<LocalRedis> late = new CompletableFuture<>();
      CompletableFuture<Void> started =
          afterRetries(
              task, 3, () -> late.complete(LocalRedis.start(port, dir.resolve("late"), false)));
      task.write(set("k", 1, "a"));
      task.flush();
      started.join();

      try (LocalRedis redis = late.join();
          Jedis jedis = new Jedis("127.0.0.1", redis.port())) {
        assertThat(jedis.get("k")).isEqualTo(value(1, "a"));
      }
    }
  }

  @Test
  void noticesARedisThatTakesNoBytes() throws Exception {
    try (SinkTask<RedisWrite> task = new SinkTask<>(sink(server.settings()))) {
      task.write(set("k", 1, "warm"));
      task.flush();
      server.pause();
      // More than the buffers of a connection hold, so that sending itself gets stuck.
      task.write(set("k", 2, "x".repeat(30_000_000)));
      task.runUntil("it was tried again", LIMIT, () -> task.metrics().count("redis_retries") >= 1);
      server.resume();
      task.flush();
    }
    try (Jedis redis = new Jedis("127.0.0.1", server.port())) {
      assertThat(redis.strlen("k")).isGreaterThan(30_000_000);
    }
  }

  @Test
  void closesAtOnceWhileRedisHangs() throws Exception {
    assertClosesAtOnce(server::pause);
  }

  @Test
  void closesAtOnceWhileRedisIsGone() throws Exception {
    assertClosesAtOnce(server::kill);
  }

  private void assertClosesAtOnce(Action away) throws Exception {
    SinkTask<RedisWrite> task = new SinkTask<>(sink(server.settings()));
    task.write(set("k", 1, "a"));
    task.flush();
    away.run();
    task.write(set("k", 2, "b"));
    task.runUntil("it was tried again", LIMIT, () -> task.metrics().count("redis_retries") >= 2);

    long start = System.nanoTime();
    task.close();

    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(3));
    Await.until(
        "the sender is gone",
        LIMIT,
        () ->
            Thread.getAllStackTraces().keySet().stream()
                .noneMatch(thread -> thread.getName().startsWith("redis-sink-")));
  }

  private static int freePort() throws Exception {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
