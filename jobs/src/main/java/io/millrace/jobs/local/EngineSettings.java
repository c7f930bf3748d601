package io.millrace.jobs.local;

import io.millrace.features.redis.RedisSettings;
import io.millrace.jobs.options.KafkaOptions;
import io.millrace.jobs.options.Options;
import io.millrace.jobs.options.RedisOptions;
import java.util.List;
import java.util.Objects;

/**
 * What the local engine starts. A Kafka or a Redis whose address is set among the options is used
 * instead of one of its own.
 *
 * @param dirs where everything is kept
 * @param ports where it listens
 * @param options of the jobs
 * @param jobs what runs
 */
public record EngineSettings(EngineDirs dirs, Ports ports, Options options, List<LocalJob> jobs) {

  public EngineSettings {
    Objects.requireNonNull(dirs, "dirs");
    Objects.requireNonNull(ports, "ports");
    Objects.requireNonNull(options, "options");
    jobs = List.copyOf(jobs);
  }

  boolean ownKafka() {
    return !options.isSet(KafkaOptions.BOOTSTRAP_SERVERS);
  }

  boolean ownRedis() {
    return !options.isSet(RedisOptions.URL);
  }

  RedisSettings redis() {
    return RedisOptions.settings(options);
  }
}
