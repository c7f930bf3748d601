package io.millrace.jobs.cli;

import io.millrace.jobs.Failure;
import io.millrace.jobs.options.KafkaOptions;
import java.util.List;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * Which engine a command speaks to, and which of its jobs, to every command that asks for
 * something.
 */
final class RunningEngine {
  @Option(
      names = "--kafka",
      paramLabel = "HOST:PORT",
      description = "Where the engine listens; 127.0.0.1:9092 if nothing else is set.")
  private String kafka;

  @Option(
      names = "--jobs",
      paramLabel = "NAME",
      split = ",",
      description = "The jobs that are asked; by default all there are: recommend, profile, fraud.")
  private List<String> asked;

  @Mixin private JobArguments options;

  /** Kafka's address. */
  String servers() {
    return kafka != null ? kafka : options.resolve().get(KafkaOptions.BOOTSTRAP_SERVERS);
  }

  /**
   * The jobs' names.
   *
   * @throws Failure if there is no job of a name
   */
  List<String> jobs() {
    return LocalJobs.names(asked);
  }
}
