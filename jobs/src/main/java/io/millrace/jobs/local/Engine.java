package io.millrace.jobs.local;

import io.millrace.features.redis.RedisSettings;
import io.millrace.jobs.Failure;
import io.millrace.jobs.options.EngineOptions;
import io.millrace.jobs.options.KafkaOptions;
import io.millrace.jobs.options.Options;
import io.millrace.jobs.options.RedisOptions;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.admin.Admin;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The whole engine on this machine: Kafka, Redis, Flink and the jobs, started in this order and
 * stopped in reverse.
 *
 * <pre>{@code
 * try (Engine engine = Engine.start(settings, progress, () -> false)) {
 *   System.out.println(engine.readyLine());
 *   engine.onTrouble().join();
 * }
 * }</pre>
 */
public final class Engine implements AutoCloseable {
  /** Name of the log file of this process. */
  public static final String LOG_FILE = "millrace.log";

  private static final Logger LOG = LoggerFactory.getLogger(Engine.class);
  private static final Duration TOPICS_LIMIT = Duration.ofSeconds(10);

  private final EngineSettings settings;
  private final Progress progress;
  private final CompletableFuture<String> trouble = new CompletableFuture<>();
  private Options options;
  private LocalKafka kafka;
  private LocalRedis redis;
  private LocalFlink flink;
  private boolean closing;

  private Engine(EngineSettings settings, Progress progress) {
    this.settings = settings;
    this.progress = progress;
    this.options = settings.options();
  }

  /**
   * Starts everything; returns once all of it answers and the jobs run. What had been started is
   * stopped again where something fails.
   *
   * @param stopped asked between two steps: whether nobody wants the engine any more
   * @throws Failure naming what does not start, why, and what to try
   */
  public static Engine start(EngineSettings settings, Progress progress, BooleanSupplier stopped) {
    Engine engine = new Engine(settings, progress);
    LOG.info("options {}", settings.options());
    try {
      engine.checkBefore();
      engine.startKafka();
      requireWanted(stopped);
      engine.startRedis();
      requireWanted(stopped);
      engine.startFlink();
      return engine;
    } catch (IOException e) {
      engine.close();
      throw Failure.failed("the engine does not start: " + e, e);
    } catch (RuntimeException e) {
      engine.close();
      throw e;
    }
  }

  private static void requireWanted(BooleanSupplier stopped) {
    if (stopped.getAsBoolean()) {
      throw Failure.failed("stopped before it was ready");
    }
  }

  /** All of it before the first start: a late surprise costs seconds. */
  private void checkBefore() {
    Ports ports = settings.ports();
    if (settings.ownKafka()) {
      Ports.requireFree("Kafka", ports.kafka());
    } else {
      KafkaConnection.require(kafkaServers());
    }
    if (settings.ownRedis()) {
      requireNoReplicas();
      Ports.requireFree("Redis", ports.redis());
    } else {
      RedisConnection.require(redis());
    }
    Ports.requireFree("Flink's dashboard", ports.flink());
  }

  private void requireNoReplicas() {
    int replicas = options.get(RedisOptions.WAIT_REPLICAS);
    if (replicas > 0) {
      throw Failure.usage(
          "redis.wait-replicas is "
              + replicas
              + ", but the Redis that is started here has no replicas, so no checkpoint would ever"
              + " complete; leave it out, or name a Redis that has replicas with --redis URL");
    }
  }

  private void startKafka() throws IOException {
    long start = System.nanoTime();
    if (settings.ownKafka()) {
      EngineDirs dirs = settings.dirs();
      kafka = LocalKafka.start(settings.ports().kafka(), dirs.kafka(), dirs.logs());
      kafka.onExit().thenAccept(process -> report("Kafka ended", process.exitValue()));
      options = options.with(KafkaOptions.BOOTSTRAP_SERVERS, kafka.bootstrapServers());
    } else {
      try (Admin admin = KafkaConnection.admin(kafkaServers())) {
        EngineTopics.createMissing(admin, TOPICS_LIMIT);
      }
    }
    progress.took("Kafka", kafkaServers() + (kafka == null ? " (yours)" : ""), start);
  }

  private void startRedis() throws IOException {
    long start = System.nanoTime();
    if (settings.ownRedis()) {
      EngineDirs dirs = settings.dirs();
      redis = startOwnRedis(dirs);
      options = options.with(RedisOptions.URL, "redis://127.0.0.1:" + redis.port());
      RedisConnection.require(redis());
    }
    progress.took("Redis", redis().address() + (redis == null ? " (yours)" : ""), start);
  }

  private LocalRedis startOwnRedis(EngineDirs dirs) throws IOException {
    try {
      return LocalRedis.start(settings.ports().redis(), dirs.redis(), dirs.kept());
    } catch (IllegalStateException e) {
      // Its message says what to do.
      throw Failure.failed(e.getMessage(), e);
    }
  }

  private void startFlink() throws IOException {
    long start = System.nanoTime();
    EngineDirs dirs = settings.dirs();
    int jobs = Math.max(1, settings.jobs().size());
    Path log = dirs.logs().resolve(LOG_FILE);
    flink = LocalFlink.start(settings.ports().flink(), dirs.flink(), log, jobs, options);
    int parallelism = EngineOptions.localParallelism(options);
    progress.took("Flink", flink.dashboard() + ", parallelism " + parallelism, start);
    for (LocalJob job : settings.jobs()) {
      start = System.nanoTime();
      Optional<Path> state = flink.run(job);
      String from = state.map(path -> "from " + path.getFileName()).orElse("from the beginning");
      progress.took(job.name(), "runs, " + from, start);
    }
    flink.onJobEnd().thenAccept(sentence -> report(sentence, 0));
  }

  private synchronized void report(String what, int exitCode) {
    if (!closing) {
      LOG.error("{} (exit code {})", what, exitCode);
      trouble.complete(what + "; the logs in " + settings.dirs().logs() + " say why");
    }
  }

  /** Completes with a sentence when a part has ended while it should run. */
  public CompletableFuture<String> onTrouble() {
    return trouble;
  }

  /** The options of the jobs, with the addresses of this engine's Kafka and Redis. */
  public Options options() {
    return options;
  }

  /** Addresses of the brokers. */
  public String kafkaServers() {
    return options.get(KafkaOptions.BOOTSTRAP_SERVERS);
  }

  /** How to reach Redis. */
  public RedisSettings redis() {
    return RedisOptions.settings(options);
  }

  /** Address of Flink's dashboard. */
  public URI dashboard() {
    return flink.dashboard();
  }

  /** The one line that says that everything answers, as the contract words it. */
  public String readyLine() {
    return "READY kafka="
        + kafkaServers()
        + " redis="
        + redis().address()
        + " flink="
        + dashboard()
        + " console=-";
  }

  /** Stops everything in reverse, within 20 seconds; does nothing the second time. */
  @Override
  public void close() {
    synchronized (this) {
      if (closing) {
        return;
      }
      closing = true;
    }
    if (settings.dirs().kept()) {
      close("jobs", flink, () -> flink.stopWithSavepoints());
    }
    close("Flink", flink, () -> flink.close());
    close("Redis", redis, () -> redis.close());
    close("Kafka", kafka, () -> kafka.close());
  }

  private void close(String name, Object started, Runnable stop) {
    if (started == null) {
      return;
    }
    long start = System.nanoTime();
    try {
      stop.run();
      progress.took(name, "stopped", start);
    } catch (RuntimeException e) {
      LOG.warn("{} did not stop cleanly", name, e);
      progress.say(name, "did not stop cleanly; see the log");
    }
  }
}
