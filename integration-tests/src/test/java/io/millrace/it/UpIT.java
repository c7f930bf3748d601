package io.millrace.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UpIT {
  private static final Duration STOP_LIMIT = Duration.ofSeconds(20);
  private static final Duration REFUSAL_LIMIT = Duration.ofSeconds(15);

  @TempDir Path dir;

  @Test
  void saysReadyOnceAndLeavesNoProcessAfterSigterm() throws Exception {
    try (MillraceProcess up = MillraceProcess.start(dir, "up", "--ports", "auto")) {
      String flink = up.awaitReady().get(2);
      // Every task, not the job alone: a job whose tasks are being made counts as running too.
      assertThat(get(flink + "/jobs/overview"))
          .contains("\"state\":\"RUNNING\"", "\"initializing\":0", "\"created\":0")
          .doesNotContain("\"running\":0");
      assertThat(get(flink + "/index.html")).contains("<html");
      CompletableFuture<Void> childrenEnd = childrenEnd(up);

      up.terminate();
      childrenEnd.get(STOP_LIMIT.toSeconds(), TimeUnit.SECONDS);

      assertThat(up.awaitExit(STOP_LIMIT)).isZero();
      assertThat(up.standardOutput()).singleElement().asString().startsWith("READY kafka=");
    }
  }

  @Test
  void goesOnFromItsDataDirectoryAfterRestart() throws Exception {
    Path data = dir.resolve("data of a store");
    Path clicks = dir.resolve("clicks.tsv");
    Files.writeString(clicks, "SessionId\tItemId\tTime\ns\ta\t1500000000\ns\tb\t1500000030\n");
    try (MillraceProcess up = up(data)) {
      String kafka = up.awaitReady().get(0);
      try (MillraceProcess replay = replay(clicks, kafka)) {
        assertThat(replay.awaitExit(Duration.ofSeconds(60))).as(replay.standardError()).isZero();
        assertThat(replay.standardOutput()).singleElement().asString().startsWith("2 events in");
      }
      up.terminate();
      assertThat(up.awaitExit(STOP_LIMIT)).isZero();
    }
    try (MillraceProcess up = up(data)) {
      up.awaitReady();
      assertThat(up.standardError()).contains("runs, from savepoint-");
      try (MillraceProcess second = up(data)) {
        assertThat(second.awaitExit(REFUSAL_LIMIT)).isEqualTo(1);
        assertThat(second.standardError()).contains("another engine uses the data directory");
      }
      up.terminate();
      assertThat(up.awaitExit(STOP_LIMIT)).isZero();
    }
  }

  @Test
  void takesItsServersAlongWhenItIsKilled() throws Exception {
    try (MillraceProcess up = MillraceProcess.start(dir, "up", "--ports", "auto")) {
      up.awaitReady();
      CompletableFuture<Void> childrenEnd = childrenEnd(up);
      up.kill();
      childrenEnd.get(STOP_LIMIT.toSeconds(), TimeUnit.SECONDS);
    }
  }

  @Test
  void namesThePortThatIsTaken() throws Exception {
    // Where something else holds it already, that serves as well.
    try (ServerSocket taken = taken(9092);
        MillraceProcess up = MillraceProcess.start(dir, "up")) {
      assertThat(up.awaitExit(REFUSAL_LIMIT)).isEqualTo(1);
      assertThat(up.standardError()).contains("port 9092", "--ports auto");
      assertThat(up.standardOutput()).isEmpty();
      assertThat(taken == null || taken.isBound()).isTrue();
    }
  }

  @Test
  void saysWhatCannotBeReached() throws Exception {
    assertRefused("Kafka at 127.0.0.1:1", "up", "--ports", "auto", "--kafka", "127.0.0.1:1");
    assertRefused("Redis at 127.0.0.1:1", "up", "--ports", "auto", "--redis", "127.0.0.1:1");
    Path clicks = dir.resolve("clicks.tsv");
    Files.writeString(clicks, "SessionId\tItemId\tTime\ns\ta\t1500000000\n");
    String file = clicks.toString();
    assertRefused(
        "Kafka at 127.0.0.1:1",
        "replay",
        "--preset",
        "rsc15",
        "--file",
        file,
        "--kafka",
        "127.0.0.1:1");
  }

  @Test
  void givesUpOnAServerThatListensButNeverAnswers() throws Exception {
    try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
      String address = "127.0.0.1:" + silent.getLocalPort();
      assertRefused("Kafka at " + address, "up", "--ports", "auto", "--kafka", address);
      assertRefused("Redis at " + address, "up", "--ports", "auto", "--redis", address);
    }
  }

  /** Completes when every process it has started is gone. */
  private static CompletableFuture<Void> childrenEnd(MillraceProcess up) {
    Set<ProcessHandle> children = up.descendants();
    assertThat(children).hasSizeGreaterThanOrEqualTo(2);
    return CompletableFuture.allOf(
        children.stream().map(ProcessHandle::onExit).toArray(CompletableFuture[]::new));
  }

  private void assertRefused(String part, String... args) throws Exception {
    try (MillraceProcess process = MillraceProcess.start(dir, args)) {
      assertThat(process.awaitExit(REFUSAL_LIMIT)).isEqualTo(1);
      assertThat(process.standardError()).contains(part).doesNotContain("\tat ");
      assertThat(process.standardOutput()).isEmpty();
    }
  }

  private MillraceProcess up(Path data) throws Exception {
    return MillraceProcess.start(dir, "up", "--ports", "auto", "--data-dir", data.toString());
  }

  private MillraceProcess replay(Path clicks, String kafka) throws Exception {
    return MillraceProcess.start(
        dir, "replay", "--preset", "rsc15", "--file", clicks.toString(), "--kafka", kafka);
  }

  private static ServerSocket taken(int port) {
    try {
      return new ServerSocket(port, 1, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      return null;
    }
  }

  private static String get(String url) throws Exception {
    return HttpClient.newHttpClient()
        .send(HttpRequest.newBuilder(URI.create(url)).build(), HttpResponse.BodyHandlers.ofString())
        .body();
  }
}
