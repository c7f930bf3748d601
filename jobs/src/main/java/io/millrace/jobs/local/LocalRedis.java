package io.millrace.jobs.local;

import io.millrace.features.redis.RedisSettings;
import io.millrace.jobs.Failure;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/**
 * A real Redis server on loopback, as a child process that goes when this process goes. Its log is
 * {@code redis.log} in its folder.
 *
 * <pre>{@code
 * try (LocalRedis redis = LocalRedis.start(0, dir.resolve("redis"), false)) {
 *   writeTo(redis.settings());
 * }
 * }</pre>
 */
public final class LocalRedis implements AutoCloseable {
  /** Name of the log file. */
  public static final String LOG_FILE = "redis.log";

  private static final String HOST = "127.0.0.1";
  private static final Duration START_LIMIT = Duration.ofSeconds(60);
  private static final Duration STOP_LIMIT = Duration.ofSeconds(6);
  private static final int PROBE_TIMEOUT_MS = 500;
  private static final long PROBE_INTERVAL_MS = 20;

  /**
   * Becomes the server, with the process id it was started with. Before that it leaves a watcher
   * behind, which stops the server when this JVM is gone and with it the other end of standard
   * input. In a session of its own the server does not hear a Ctrl-C in the terminal, so those who
   * write to it can finish first.
   */
  private static final String LAUNCHER =
      """
      exec 3<&0
      (read -r _ <&3; kill -CONT $$; kill -TERM $$) >/dev/null 2>&1 &
      exec $(command -v setsid) "$@" </dev/null 3<&-
      """;

  private final Process process;
  private final int port;
  private final Path log;

  private LocalRedis(Process process, int port, Path log) {
    this.process = process;
    this.port = port;
    this.log = log;
  }

  /**
   * Starts a server and waits until it answers.
   *
   * @param port 0 for any that is free
   * @param dir where it keeps its files; made where it is missing
   * @param persistent whether what is written is kept in {@code dir}, and read from there at the
   *     start
   * @throws IOException if the folder cannot be written
   * @throws Failure if the port is taken, no server can run here, or it does not answer within a
   *     minute; says what to do
   */
  public static LocalRedis start(int port, Path dir, boolean persistent) throws IOException {
    return start(port, dir, persistent, List.of());
  }

  /**
   * Starts a server that is more than one by itself: a replica, a node of a cluster, one that talks
   * TLS beside its port; or a sentinel, where any directive is one of a sentinel's.
   *
   * @param directives lines of its configuration besides port, folder and persistence
   * @throws IOException as {@link #start(int, Path, boolean)}
   * @throws Failure as there
   */
  public static LocalRedis start(int port, Path dir, boolean persistent, List<String> directives)
      throws IOException {
    Ports.requireFree("Redis", port);
    Path home = Files.createDirectories(dir.toAbsolutePath());
    Path binary = RedisBinary.find(home.resolve("bin"), System.getenv("PATH"));
    int chosen = port == 0 ? freePort() : port;
    Path config =
        Files.writeString(home.resolve("redis.conf"), config(chosen, home, persistent, directives));
    Path log = home.resolve(LOG_FILE);
    List<String> command = new ArrayList<>();
    Collections.addAll(
        command, "sh", "-c", LAUNCHER, "redis", binary.toString(), config.toString());
    if (directives.stream().anyMatch(directive -> directive.startsWith("sentinel "))) {
      command.add("--sentinel");
    }
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
            .start();
    LocalRedis redis = new LocalRedis(process, chosen, log);
    try {
      redis.awaitReady();
      return redis;
    } catch (RuntimeException e) {
      redis.kill();
      throw e;
    }
  }

  private static String config(int port, Path home, boolean persistent, List<String> directives) {
    String dir = home.toString().replace("\\", "\\\\").replace("\"", "\\\"");
    return String.join(
            "\n",
            "bind " + HOST,
            "port " + port,
            "dir \"" + dir + "\"",
            "save \"\"",
            "appendonly " + (persistent ? "yes" : "no"),
            "daemonize no",
            "")
        + directives.stream().map(line -> line + "\n").collect(Collectors.joining());
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getByName(HOST))) {
      return socket.getLocalPort();
    }
  }

  private void awaitReady() {
    long deadline = System.nanoTime() + START_LIMIT.toNanos();
    try {
      while (!answersPing()) {
        if (process.waitFor(PROBE_INTERVAL_MS, TimeUnit.MILLISECONDS)) {
          throw Failure.failed(
              "Redis ended while starting (exit code "
                  + process.exitValue()
                  + "); its log "
                  + log
                  + " says why");
        }
        if (System.nanoTime() > deadline) {
          throw Failure.failed(
              "Redis did not answer within " + START_LIMIT.toSeconds() + " s; see its log " + log);
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw Failure.failed("interrupted while Redis was starting", e);
    }
  }

  /** Not so while it still reads what it kept: then it answers with an error. */
  private boolean answersPing() {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(HOST, port), PROBE_TIMEOUT_MS);
      socket.setSoTimeout(PROBE_TIMEOUT_MS);
      socket.getOutputStream().write("PING\r\n".getBytes(StandardCharsets.US_ASCII));
      byte[] answer = socket.getInputStream().readNBytes(5);
      return new String(answer, StandardCharsets.US_ASCII).equals("+PONG");
    } catch (IOException e) {
      return false;
    }
  }

  /** How to reach it. */
  public RedisSettings settings() {
    return RedisSettings.of(HOST, port);
  }

  /** {@code 127.0.0.1:port}. */
  public String address() {
    return HOST + ":" + port;
  }

  /** The port it listens on. */
  public int port() {
    return port;
  }

  /** Its process id. */
  public long pid() {
    return process.pid();
  }

  /** Whether its process runs (or is paused). */
  public boolean isAlive() {
    return process.isAlive();
  }

  /** Stops it in its tracks, as if the machine hung; for tests. */
  public void pause() throws IOException {
    signal("STOP");
  }

  /** Lets it go on after {@link #pause()}. */
  public void resume() throws IOException {
    signal("CONT");
  }

  private void signal(String name) throws IOException {
    try {
      Process kill = new ProcessBuilder("kill", "-" + name, String.valueOf(pid())).start();
      if (kill.waitFor() != 0) {
        throw new IOException("Redis, process " + pid() + ", is gone");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while signalling Redis", e);
    }
  }

  /** Ends it without warning, as if the power failed; for tests. */
  public void kill() {
    process.destroyForcibly();
    awaitExit();
  }

  /** Stops it, with its last writes on disk if it is persistent, and waits until it is gone. */
  @Override
  public void close() {
    if (process.isAlive()) {
      try {
        resume();
      } catch (IOException e) {
        // It ended by itself just now.
      }
      process.destroy();
    }
    awaitExit();
  }

  private void awaitExit() {
    try {
      if (!process.waitFor(STOP_LIMIT.toMillis(), TimeUnit.MILLISECONDS)) {
        process.destroyForcibly().waitFor(STOP_LIMIT.toMillis(), TimeUnit.MILLISECONDS);
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
    try {
      process.getOutputStream().close();
    } catch (IOException e) {
      // The watcher was first; it is what this is for.
    }
  }
}
