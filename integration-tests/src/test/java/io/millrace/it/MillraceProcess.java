package io.millrace.it;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The command line as a user starts it: a process of its own, with its output. */
final class MillraceProcess implements AutoCloseable {
  private static final Path HOME = Path.of(System.getProperty("millrace.home"));
  private static final Pattern READY =
      Pattern.compile(
          "READY kafka=(127\\.0\\.0\\.1:\\d+) redis=(127\\.0\\.0\\.1:\\d+)"
              + " flink=(http://127\\.0\\.0\\.1:\\d+) console=\\S+");

  private final Process process;
  private final Path errors;
  private final Set<ProcessHandle> children = new HashSet<>();
  private final List<String> lines = new ArrayList<>();
  private final CompletableFuture<Matcher> ready = new CompletableFuture<>();
  private final Thread reader = new Thread(this::read, "millrace-output");

  private MillraceProcess(Process process, Path errors) {
    this.process = process;
    this.errors = errors;
    reader.start();
  }

  /** Starts a command; its standard error goes to a file in {@code dir}. */
  static MillraceProcess start(Path dir, String... args) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    for (String name : List.of("lang", "net", "io", "nio", "text", "time", "util")) {
      command.add("--add-opens=java.base/java." + name + "=ALL-UNNAMED");
    }
    command.add("--add-opens=java.base/java.util.concurrent=ALL-UNNAMED");
    command.add("-Xmx1g");
    command.add("-Dmillrace.home=" + HOME);
    command.add("-cp");
    command.add(
        HOME.resolve("jobs/target/millrace-jobs.jar") + ":" + HOME.resolve("jobs/target/lib/*"));
    command.add("io.millrace.jobs.cli.Millrace");
    command.addAll(List.of(args));
    Path errors = Files.createTempFile(dir, "stderr", ".txt");
    Process process = new ProcessBuilder(command).redirectError(errors.toFile()).start();
    return new MillraceProcess(process, errors);
  }

  private void read() {
    try (BufferedReader in =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        synchronized (lines) {
          lines.add(line);
        }
        Matcher matcher = READY.matcher(line);
        if (matcher.matches()) {
          ready.complete(matcher);
        }
      }
    } catch (IOException e) {
      ready.completeExceptionally(e);
    }
    ready.completeExceptionally(new IllegalStateException("it ended before READY"));
  }

  /** Addresses of Kafka, Redis and Flink, once it is ready. */
  List<String> awaitReady() throws Exception {
    try {
      Matcher matcher = ready.get(90, TimeUnit.SECONDS);
      return List.of(matcher.group(1), matcher.group(2), matcher.group(3));
    } catch (Exception e) {
      throw new AssertionError("not ready; standard error:\n" + standardError(), e);
    }
  }

  /** Sends SIGTERM. */
  void terminate() {
    process.destroy();
  }

  /** Sends SIGKILL. */
  void kill() {
    process.destroyForcibly();
  }

  /** Its exit code, once it has ended. */
  int awaitExit(Duration limit) throws Exception {
    if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
      throw new AssertionError("still runs after " + limit + ":\n" + standardError());
    }
    reader.join();
    return process.exitValue();
  }

  /** The processes it has started; remembered, because orphans cannot be found by their parent. */
  Set<ProcessHandle> descendants() {
    process.toHandle().descendants().forEach(children::add);
    return Set.copyOf(children);
  }

  List<String> standardOutput() {
    synchronized (lines) {
      return List.copyOf(lines);
    }
  }

  String standardError() throws IOException {
    return Files.readString(errors);
  }

  /** Leaves nothing behind, whatever the test has found. */
  @Override
  public void close() {
    Set<ProcessHandle> started = descendants();
    process.destroyForcibly().onExit().join();
    started.forEach(ProcessHandle::destroyForcibly);
  }
}
