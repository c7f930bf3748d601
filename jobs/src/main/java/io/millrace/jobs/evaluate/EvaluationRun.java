package io.millrace.jobs.evaluate;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.LongConsumer;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.apache.flink.util.FileUtils;

/** One run of an evaluation's job: a folder for its files, and a bar on standard error. */
final class EvaluationRun {
  private static final int BAR_WIDTH = 100;

  private EvaluationRun() {}

  /** What is run. */
  @FunctionalInterface
  interface Work<T> {
    /**
     * @param dir for its files; gone afterwards
     * @param progress is told how much is done
     */
    T run(Path dir, LongConsumer progress);
  }

  /**
   * Runs it.
   *
   * @param task as the bar names it
   * @param size how much there is to do
   */
  static <T> T of(String task, long size, Work<T> work) throws IOException {
    Path dir = Files.createTempDirectory("millrace-evaluate-");
    try (ProgressBar bar = bar(task, size)) {
      return work.run(dir, bar::stepTo);
    } finally {
      FileUtils.deleteDirectory(dir.toFile());
    }
  }

  private static ProgressBar bar(String task, long size) {
    return new ProgressBarBuilder()
        .setTaskName(task)
        .setInitialMax(size)
        .setUpdateIntervalMillis(500)
        .setStyle(ProgressBarStyle.ASCII)
        .setConsumer(new ConsoleProgressBarConsumer(System.err, BAR_WIDTH))
        .build();
  }
}
