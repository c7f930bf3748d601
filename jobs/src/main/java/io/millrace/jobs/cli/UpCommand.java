package io.millrace.jobs.cli;

import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code up}: the engine on this machine, waiting for events. */
@Command(
    name = "up",
    description =
        "Start the engine on this machine: real Kafka, Redis and Flink, waiting for events.",
    footer = {
      "",
      "Prints one line on standard output once everything answers:",
      "READY kafka=HOST:PORT redis=HOST:PORT flink=URL console=URL",
      "Ctrl-C stops it."
    })
final class UpCommand implements Callable<Integer> {
  @Mixin private EngineArguments arguments;

  @Override
  public Integer call() {
    return EngineRun.run(
        arguments,
        arguments.options(),
        (engine, progress) -> {
          progress.say("Ready for events on topic clickstream; Ctrl-C stops the engine");
          return new Alone();
        });
  }

  /** Nobody beside the engine. */
  private static final class Alone implements EngineRun.Company {
    @Override
    public CompletableFuture<String> onTrouble() {
      return new CompletableFuture<>();
    }

    @Override
    public void close() {}
  }
}
