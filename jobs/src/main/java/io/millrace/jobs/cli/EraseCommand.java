package io.millrace.jobs.cli;

import io.millrace.jobs.Failure;
import io.millrace.jobs.erase.ErasureRequest;
import io.millrace.jobs.options.KafkaOptions;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code erase}: has a visitor forgotten. */
@Command(
    name = "erase",
    description =
        "Have a visitor forgotten, and wait until every running job has said that it is done.",
    footer = {
      "",
      "What the visitor did up to now is forgotten; what they do later counts again.",
      "docs/privacy.md says what goes when, and what stays."
    })
final class EraseCommand implements Callable<Integer> {
  private static final int MAX_ID_BYTES = 128;

  @Parameters(paramLabel = "VISITOR", description = "The visitor_id to forget.")
  private String visitor;

  @Option(
      names = "--kafka",
      paramLabel = "HOST:PORT",
      description = "Where the engine listens; 127.0.0.1:9092 if nothing else is set.")
  private String kafka;

  @Option(
      names = "--jobs",
      paramLabel = "NAME",
      split = ",",
      description = "The jobs that run and must answer; by default all there are: recommend.")
  private List<String> running;

  @Option(
      names = "--timeout",
      paramLabel = "SECONDS",
      defaultValue = "60",
      description = "How long to wait for the answers (${DEFAULT-VALUE}).")
  private int timeout;

  @Mixin private JobArguments jobs;

  @Override
  public Integer call() throws IOException {
    int bytes = visitor.getBytes(StandardCharsets.UTF_8).length;
    if (bytes == 0 || bytes > MAX_ID_BYTES) {
      throw Failure.usage("VISITOR has " + bytes + " bytes; give an id of 1 to " + MAX_ID_BYTES);
    }
    if (timeout < 1 || timeout > 86_400) {
      throw Failure.usage("--timeout is " + timeout + "; give 1 to 86400 seconds");
    }
    String servers = kafka != null ? kafka : jobs.resolve().get(KafkaOptions.BOOTSTRAP_SERVERS);
    Path logs = Files.createTempDirectory("millrace-erase-");
    LogFiles.into(logs);
    ErasureRequest request = ErasureRequest.now(visitor, Clock.systemUTC());
    request
        .send(servers, LocalJobs.names(running), Duration.ofSeconds(timeout))
        .forEach(
            receipt ->
                System.out.printf(
                    Locale.ROOT,
                    "%s: the %s job has forgotten what came up to %s (%d ms after the request)%n",
                    visitor,
                    receipt.job(),
                    request.requestedAt(),
                    receipt.completedAt() - receipt.requestedAt()));
    Files.deleteIfExists(LogFiles.place());
    Files.deleteIfExists(logs);
    return 0;
  }
}
