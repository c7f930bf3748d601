package io.millrace.jobs.options;

import io.millrace.features.kafka.KafkaSettings;
import java.util.List;

/** Where Kafka is and from where it is read. */
public final class KafkaOptions {
  /** The brokers to begin with. */
  public static final Option<String> BOOTSTRAP_SERVERS =
      Option.stringOption(
          "kafka.bootstrap-servers",
          "127.0.0.1:9092",
          "HOST:PORT, several separated by commas",
          "Brokers through which the cluster is found; `up` and `demo` use them instead of a Kafka"
              + " of their own where this is set.");

  /** Where a job without state begins to read. */
  public static final Option<KafkaSettings.Start> STARTING_OFFSETS =
      Option.enumOption(
          "kafka.starting-offsets",
          KafkaSettings.Start.EARLIEST,
          "Where a job that has no state yet begins to read clicks and orders; the other topics are"
              + " read from their beginning.");

  static final List<Option<?>> ALL = List.of(BOOTSTRAP_SERVERS, STARTING_OFFSETS);

  private KafkaOptions() {}
}
