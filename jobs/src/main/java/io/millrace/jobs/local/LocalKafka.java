package io.millrace.jobs.local;

import io.millrace.jobs.Failure;
import java.io.File;
import java.io.IOException;
import java.io.Writer;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;

/**
 * A real Kafka broker with its controller, as one child process on loopback. Its messages outlive
 * it in the folder it was given; its log is {@code kafka.log} in the log folder.
 *
 * <pre>{@code
 * try (LocalKafka kafka = LocalKafka.start(0, dir.resolve("kafka"), dir.resolve("logs"))) {
 *   produceTo(kafka.bootstrapServers());
 * }
 * }</pre>
 */
public final class LocalKafka implements AutoCloseable {
  /** Name of its log file. */
  public static final String LOG_FILE = "kafka.log";

  private static final Duration START_LIMIT = Duration.ofSeconds(60);
  private static final Duration STOP_LIMIT = Duration.ofSeconds(6);
  private static final Duration POLL = Duration.ofMillis(100);
  private static final String CLUSTER_ID = "millrace-local-kafka00";

  private final Process process;
  private final int port;
  private final Thread hook;

  private LocalKafka(Process process, int port) {
    this.process = process;
    this.port = port;
    this.hook = new Thread(process::destroyForcibly, "kafka-last-resort");
    Runtime.getRuntime().addShutdownHook(hook);
  }

  /**
   * Starts a broker and creates the engine's topics.
   *
   * @param port 0 for any that is free
   * @param dir where messages are kept; formatted if it is new
   * @param logDir where it logs
   * @throws Failure if the port is taken or the broker does not come up within a minute
   */
  public static LocalKafka start(int port, Path dir, Path logDir) throws IOException {
    Ports.requireFree("Kafka", port);
    int chosen = port == 0 ? Ports.free() : port;
    Files.createDirectories(dir);
    Files.createDirectories(logDir);
    Path properties = dir.resolve("server.properties");
    writeProperties(properties, dir.resolve("messages"), chosen, Ports.free());
    Path log = logDir.resolve(LOG_FILE);
    Process process =
        new ProcessBuilder(command(properties, writeLogging(dir, log)))
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(logDir.resolve("kafka.out").toFile()))
            .start();
    LocalKafka kafka = new LocalKafka(process, chosen);
    try {
      kafka.awaitReady(log);
      return kafka;
    } catch (RuntimeException e) {
      kafka.close();
      throw e;
    }
  }

  private static List<String> command(Path properties, Path logging) {
    String classPath =
        ownClasses() + File.pathSeparator + MillraceHome.brokerLib() + File.separator + "*";
    return List.of(
        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "-Xmx384m",
        "-XX:+UseSerialGC",
        "-Dlog4j2.configurationFile=" + logging.toUri(),
        "-cp",
        classPath,
        BrokerProcess.class.getName(),
        properties.toString(),
        CLUSTER_ID);
  }

  private static Path ownClasses() {
    try {
      return Path.of(LocalKafka.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException("the place of these classes is no path", e);
    }
  }

  private static void writeProperties(Path file, Path messages, int port, int controllerPort)
      throws IOException {
    Properties set = new Properties();
    set.setProperty("process.roles", "broker,controller");
    set.setProperty("node.id", "1");
    set.setProperty("controller.quorum.voters", "1@127.0.0.1:" + controllerPort);
    set.setProperty("controller.listener.names", "CONTROLLER");
    set.setProperty(
        "listeners", "PLAINTEXT://127.0.0.1:" + port + ",CONTROLLER://127.0.0.1:" + controllerPort);
    set.setProperty("advertised.listeners", "PLAINTEXT://127.0.0.1:" + port);
    set.setProperty("listener.security.protocol.map", "PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT");
    set.setProperty("log.dirs", messages.toString());
    set.setProperty("default.replication.factor", "1");
    set.setProperty("offsets.topic.replication.factor", "1");
    set.setProperty("offsets.topic.num.partitions", "4");
    set.setProperty("transaction.state.log.replication.factor", "1");
    set.setProperty("transaction.state.log.min.isr", "1");
    set.setProperty("transaction.state.log.num.partitions", "4");
    set.setProperty("group.initial.rebalance.delay.ms", "0");
    set.setProperty("auto.create.topics.enable", "false");
    String largest = String.valueOf(EngineTopics.MAX_MESSAGE_BYTES);
    set.setProperty("message.max.bytes", largest);
    set.setProperty("replica.fetch.max.bytes", largest);
    // By the time of arrival, not of the event: a replayed past must not be deleted on sight.
    set.setProperty("log.message.timestamp.type", "LogAppendTime");
    set.setProperty("log.retention.hours", "168");
    set.setProperty("log.segment.bytes", String.valueOf(128 << 20));
    try (Writer out = Files.newBufferedWriter(file, StandardCharsets.UTF_8)) {
      set.store(out, null);
    }
  }

  private static Path writeLogging(Path dir, Path log) throws IOException {
    Properties set = new Properties();
    set.setProperty("appender.file.type", "RollingFile");
    set.setProperty("appender.file.name", "file");
    set.setProperty("appender.file.fileName", log.toString());
    set.setProperty("appender.file.filePattern", log + ".%i");
    set.setProperty("appender.file.layout.type", "PatternLayout");
    set.setProperty("appender.file.layout.pattern", "%d %-5p %c{1} %m%n");
    set.setProperty("appender.file.policy.type", "SizeBasedTriggeringPolicy");
    set.setProperty("appender.file.policy.size", "20MB");
    set.setProperty("appender.file.strategy.type", "DefaultRolloverStrategy");
    set.setProperty("appender.file.strategy.max", "2");
    set.setProperty("rootLogger.level", "info");
    set.setProperty("rootLogger.appenderRef.file.ref", "file");
    Path file = dir.resolve("log4j2.properties");
    try (Writer out = Files.newBufferedWriter(file, StandardCharsets.UTF_8)) {
      set.store(out, null);
    }
    return file;
  }

  private void awaitReady(Path log) {
    long deadline = System.nanoTime() + START_LIMIT.toNanos();
    boolean answers = false;
    try (Admin admin = KafkaConnection.admin(bootstrapServers())) {
      while (!answers) {
        boolean exited = process.waitFor(POLL.toMillis(), TimeUnit.MILLISECONDS);
        if (exited || System.nanoTime() > deadline) {
          throw Failure.failed(
              (exited
                      ? "Kafka ended while starting (exit code " + process.exitValue() + ")"
                      : "Kafka did not answer within " + START_LIMIT.toSeconds() + " s")
                  + "; its log "
                  + log
                  + " says why");
        }
        answers = answers(admin);
      }
      EngineTopics.createMissing(admin, START_LIMIT);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw Failure.failed("interrupted while Kafka was starting", e);
    }
  }

  private static boolean answers(Admin admin) throws InterruptedException {
    try {
      return !admin.describeCluster().nodes().get(1, TimeUnit.SECONDS).isEmpty();
    } catch (ExecutionException | TimeoutException e) {
      return false;
    }
  }

  /** {@code 127.0.0.1:port}. */
  public String bootstrapServers() {
    return "127.0.0.1:" + port;
  }

  /** The port it listens on. */
  public int port() {
    return port;
  }

  /** The process id, for tests that stop or pause it. */
  public long pid() {
    return process.pid();
  }

  /** Completes when the process has ended, for whatever reason. */
  CompletableFuture<Process> onExit() {
    return process.onExit();
  }

  /** Stops the broker and waits until its process is gone. */
  @Override
  public void close() {
    process.destroy();
    boolean interrupted = false;
    try {
      if (!process.waitFor(STOP_LIMIT.toMillis(), TimeUnit.MILLISECONDS)) {
        process.destroyForcibly().waitFor(STOP_LIMIT.toMillis(), TimeUnit.MILLISECONDS);
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      interrupted = true;
    }
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // The JVM is going down already, and the hook finds nothing to do.
      interrupted |= Thread.interrupted();
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
