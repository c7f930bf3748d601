package io.millrace.jobs.cli;

import io.millrace.jobs.local.EngineDirs;
import io.millrace.jobs.local.EngineSettings;
import io.millrace.jobs.local.Ports;
import io.millrace.jobs.options.KafkaOptions;
import io.millrace.jobs.options.Options;
import io.millrace.jobs.options.RankingOptions;
import io.millrace.jobs.options.RedisOptions;
import java.nio.file.Path;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The arguments of the commands that start the local engine. */
final class EngineArguments {
  @Mixin private JobArguments jobs;

  @Option(
      names = "--kafka",
      paramLabel = "HOST:PORT",
      description = "Use a Kafka that runs already instead of starting one.")
  private String kafka;

  @Option(
      names = "--redis",
      paramLabel = "URL",
      description =
          "Use a Redis that runs already (redis://HOST:PORT, or sentinels or a cluster as"
              + " docs/redis.md says) instead of starting one; its password is taken from"
              + " MILLRACE_REDIS_PASSWORD.")
  private String redis;

  @Option(
      names = "--data-dir",
      paramLabel = "DIR",
      description =
          "Keep Kafka's messages, Redis and checkpoints here across restarts; by default they are"
              + " temporary.")
  private Path dataDir;

  @Option(
      names = "--ports",
      paramLabel = "auto",
      description = "Take any free ports instead of 9092 (Kafka), 6379 (Redis), 8081 (Flink).")
  private PortChoice ports;

  /** What {@code --ports} takes. */
  private enum PortChoice {
    AUTO
  }

  /** The options, with the addresses given by name over those among the options. */
  Options options() {
    Options options = jobs.resolve();
    if (kafka != null) {
      options = options.with(KafkaOptions.BOOTSTRAP_SERVERS, kafka);
    }
    if (redis != null) {
      RedisOptions.refusePassword("--redis", redis);
      options = options.with(RedisOptions.URL, redis);
    }
    // Read once here, so that what does not fit is refused before anything is started.
    RedisOptions.settings(options);
    RankingOptions.settings(options);
    return options;
  }

  /** Where the engine keeps everything. */
  EngineDirs dirs() {
    return dataDir == null ? EngineDirs.fresh() : EngineDirs.in(dataDir);
  }

  /** What the engine starts. */
  EngineSettings settings(EngineDirs dirs, Options options) {
    Ports chosen = ports == PortChoice.AUTO ? Ports.AUTO : Ports.DEFAULT;
    return new EngineSettings(dirs, chosen, options, LocalJobs.ALL);
  }
}
