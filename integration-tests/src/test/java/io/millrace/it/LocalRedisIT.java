package io.millrace.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.jobs.local.LocalRedis;
import java.io.BufferedReader;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import redis.clients.jedis.Jedis;

/** The Redis server that the engine starts for itself. */
class LocalRedisIT {
  private static final Duration LIMIT = Duration.ofSeconds(30);

  @TempDir private Path dir;

  @Test
  void answersOnLoopbackOnlyUnderItsOwnProcessId() throws Exception {
    try (LocalRedis server = LocalRedis.start(0, dir.resolve("a \"strange\" place"), false);
        Jedis redis = new Jedis("127.0.0.1", server.port())) {
      assertThat(redis.info("server")).contains("process_id:" + server.pid());
      assertThat(redis.configGet("bind")).isEqualTo(Map.of("bind", "127.0.0.1"));
    }
  }

  @Test
  void leavesNoProcessBehind() throws Exception {
    LocalRedis server = LocalRedis.start(0, dir, false);
    server.pause();
    server.close();

    assertThat(ProcessHandle.of(server.pid())).isEmpty();
    Await.until(
        "no child is left",
        LIMIT,
        () -> ProcessHandle.current().descendants().noneMatch(ProcessHandle::isAlive));
  }

  @Test
  void goesWhenItsParentIsKilled() throws Exception {
    Process parent =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Parent.class.getName(),
                dir.toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    BufferedReader said = parent.inputReader();
    ProcessHandle server = ProcessHandle.of(Long.parseLong(said.readLine())).orElseThrow();
    assertThat(server.isAlive()).isTrue();

    parent.destroyForcibly().waitFor();

    Await.until("the server is gone", LIMIT, () -> !server.isAlive());
  }

  /** Starts a server and waits to be killed. */
  static final class Parent {
    private Parent() {}

    public static void main(String[] args) throws Exception {
      System.out.println(LocalRedis.start(0, Path.of(args[0]), false).pid());
      System.in.read();
    }
  }

  @Test
  void keepsWhatWasWrittenIfItIsPersistent() throws Exception {
    int port;
    try (LocalRedis server = LocalRedis.start(0, dir, true);
        Jedis redis = new Jedis("127.0.0.1", server.port())) {
      port = server.port();
      redis.set("k", "v");
    }
    try (LocalRedis server = LocalRedis.start(port, dir, true);
        Jedis redis = new Jedis("127.0.0.1", port)) {
      assertThat(server.port()).isEqualTo(port);
      assertThat(redis.get("k")).isEqualTo("v");
    }
  }

  @Test
  void saysThatAPortIsTaken() throws Exception {
    try (LocalRedis server = LocalRedis.start(0, dir, false)) {
      assertThatThrownBy(() -> LocalRedis.start(server.port(), dir.resolve("b"), false))
          .hasMessageContaining("port " + server.port() + ": it is taken")
          .hasMessageContaining("--ports auto");
    }
  }

  @Test
  void saysWhereToLookWhenItEndsWhileStarting() throws Exception {
    // The folder that Redis keeps its append-only file in cannot be a file.
    java.nio.file.Files.createDirectories(dir.resolve("appendonly.aof"));

    assertThatThrownBy(() -> LocalRedis.start(0, dir, true))
        .hasMessageContaining("ended while starting")
        .hasMessageContaining(dir.resolve("redis.log").toString());
  }
}
