package io.millrace.jobs.cli;

import io.millrace.jobs.Failure;
import io.millrace.jobs.local.Engine;
import io.millrace.jobs.local.EngineDirs;
import io.millrace.jobs.local.Progress;
import io.millrace.jobs.local.StopSignal;
import io.millrace.jobs.options.Options;
import java.util.concurrent.CompletableFuture;

/** Starts the engine, says READY, and keeps it until a signal comes or a part of it ends. */
final class EngineRun {
  private EngineRun() {}

  /** What goes on beside a running engine. */
  interface Company extends AutoCloseable {
    /** Completes with a sentence when it cannot go on. */
    CompletableFuture<String> onTrouble();

    @Override
    void close();
  }

  /** Begins what goes on beside the engine. */
  interface Companion {
    Company begin(Engine engine, Progress progress);
  }

  /**
   * Runs the engine to its end.
   *
   * @param options of the jobs
   * @return 0 after a signal
   * @throws Failure if it does not start or a part of it ends by itself
   */
  static int run(EngineArguments arguments, Options options, Companion companion) {
    StopSignal stop = StopSignal.listen();
    Progress progress = new Progress(System.err);
    try (EngineDirs dirs = arguments.dirs()) {
      LogFiles.into(dirs.logs());
      progress.say("Starting the engine; logs are in " + dirs.logs());
      try {
        return run(arguments, options, dirs, stop, progress, companion);
      } catch (RuntimeException e) {
        dirs.keepLogs();
        throw e;
      }
    }
  }

  private static int run(
      EngineArguments arguments,
      Options options,
      EngineDirs dirs,
      StopSignal stop,
      Progress progress,
      Companion companion) {
    try (Engine engine =
        Engine.start(arguments.settings(dirs, options), progress, () -> stop.received().isDone())) {
      System.out.println(engine.readyLine());
      System.out.flush();
      try (Company company = companion.begin(engine, progress)) {
        CompletableFuture.anyOf(stop.received(), engine.onTrouble(), company.onTrouble()).join();
        if (!stop.received().isDone()) {
          String sentence = engine.onTrouble().getNow(null);
          throw Failure.failed(sentence != null ? sentence : company.onTrouble().join());
        }
        progress.say("Stopping");
      }
    }
    return 0;
  }
}
