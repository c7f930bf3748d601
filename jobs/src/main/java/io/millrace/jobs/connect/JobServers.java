package io.millrace.jobs.connect;

import io.millrace.features.event.ErasureReceipt;
import io.millrace.features.kafka.KafkaSettings;
import io.millrace.jobs.Failure;
import io.millrace.jobs.options.EngineOptions;
import io.millrace.jobs.options.KafkaOptions;
import io.millrace.jobs.options.Options;
import io.millrace.jobs.options.RedisOptions;
import io.millrace.operators.kafka.EventTimeSettings;
import io.millrace.operators.kafka.ExactlyOnceSink;
import io.millrace.operators.redis.RedisSink;
import io.millrace.operators.redis.RedisWrite;
import java.time.Duration;
import org.apache.flink.api.connector.sink2.Sink;

/** The servers that a job reads from and writes to. */
public final class JobServers {
  private final KafkaSettings kafka;
  private final Options options;

  private JobServers(KafkaSettings kafka, Options options) {
    this.kafka = kafka;
    this.options = options;
  }

  /**
   * Those of one job.
   *
   * @param job its name, by which its consumer group and its transactions are told from others'
   * @throws Failure of wrong usage if options do not go together
   */
  public static JobServers of(String job, Options options) {
    requireTransactionsOutliveCheckpoints(options);
    KafkaSettings kafka =
        KafkaSettings.of(options.get(KafkaOptions.BOOTSTRAP_SERVERS), "millrace-" + job)
            .startingAt(options.get(KafkaOptions.STARTING_OFFSETS));
    return new JobServers(kafka, options);
  }

  /** Receipts wait in a transaction for their checkpoint; Kafka must not give it up before. */
  private static void requireTransactionsOutliveCheckpoints(Options options) {
    Duration longest =
        options
            .get(EngineOptions.CHECKPOINT_INTERVAL)
            .plus(options.get(EngineOptions.CHECKPOINT_TIMEOUT));
    if (longest.compareTo(ExactlyOnceSink.TRANSACTION_TIMEOUT) > 0) {
      throw Failure.usage(
          "checkpoint.interval and checkpoint.timeout are "
              + longest.toMinutes()
              + " min together; what is written exactly once waits for a checkpoint, and Kafka drops"
              + " it after "
              + ExactlyOnceSink.TRANSACTION_TIMEOUT.toMinutes()
              + " min: give less");
    }
  }

  /** Where topics are read and written. */
  public KafkaSettings kafka() {
    return kafka;
  }

  /** How event time moves. */
  public static EventTimeSettings eventTime(Options options) {
    return new EventTimeSettings(
        options.get(EngineOptions.OUT_OF_ORDERNESS), options.get(EngineOptions.IDLE_ADVANCE));
  }

  /** Where decisions go. */
  public Sink<RedisWrite> redis() {
    return RedisSink.builder()
        .settings(RedisOptions.settings(options))
        .waitForReplicas(
            options.get(RedisOptions.WAIT_REPLICAS), options.get(RedisOptions.WAIT_TIMEOUT))
        .build();
  }

  /** Where the job's answers to erasures go. */
  public Sink<ErasureReceipt> receipts() {
    return ExactlyOnceSink.receipts(kafka);
  }
}
