package io.millrace.jobs.cli;

import io.millrace.jobs.Failure;
import io.millrace.jobs.erase.ErasureRequest;
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
      names = "--timeout",
      paramLabel = "SECONDS",
      defaultValue = "60",
      description = "How long to wait for the answers (${DEFAULT-VALUE}).")
  private int timeout;

  @Mixin private RunningEngine engine;

  @Override
  public Integer call() throws IOException {
    int bytes = visitor.getBytes(StandardCharsets.UTF_8).length;
    if (bytes == 0 || bytes > MAX_ID_BYTES) {
      throw Failure.usage("VISITOR has " + bytes + " bytes; give an id of 1 to " + MAX_ID_BYTES);
    }
    if (timeout < 1 || timeout > 86_400) {
      throw Failure.usage("--timeout is " + timeout + "; give 1 to 86400 seconds");
    }
    List<String> jobs = engine.jobs();
    String servers = engine.servers();
    Path logs = Files.createTempDirectory("millrace-erase-");
    LogFiles.into(logs);
    ErasureRequest request = ErasureRequest.now(visitor, Clock.systemUTC());
    request
        .send(servers, jobs, Duration.ofSeconds(timeout))
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
