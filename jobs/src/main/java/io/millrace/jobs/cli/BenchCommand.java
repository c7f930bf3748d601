package io.millrace.jobs.cli;

import io.millrace.jobs.bench.BenchRecommend;
import io.millrace.jobs.evaluate.Figure;
import io.millrace.jobs.evaluate.TrainClicks;
import io.millrace.jobs.local.Progress;
import io.millrace.jobs.replay.ClickLog;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.apache.flink.util.FileUtils;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code bench}: how fast the jobs are on this machine. */
@Command(
    name = "bench",
    description = "Measure throughput, delay and state of a job on this machine, beside its peers.",
    footer = {"", "docs/bench.md says what is measured and how to read it."})
final class BenchCommand implements Callable<Integer> {
  private static final int LEAST_CLICKS = 20_000;
  private static final int MOST_CLICKS = 10_000_000;
  private static final double MOST_HOT = 0.9;

  @Parameters(
      arity = "0..1",
      paramLabel = "JOB",
      defaultValue = "recommend",
      description = "The job; recommend is the only one so far.")
  private String job;

  @Option(
      names = "--clicks",
      paramLabel = "N",
      defaultValue = "" + BenchRecommend.CLICKS,
      description = "Clicks at saturation, warm-up included (${DEFAULT-VALUE}).")
  private int clicks;

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description =
          "Send the train clicks of this folder (as for evaluate), over and over if they are too"
              + " few, instead of made-up ones.")
  private Path data;

  @Option(
      names = "--hot",
      paramLabel = "SHARE",
      defaultValue = "0",
      description =
          "Of made-up clicks, the share that falls on one item, and of sessions the share of one"
              + " visitor: 0 to 0.9 (${DEFAULT-VALUE}).")
  private double hot;

  @Mixin private JobArguments jobs;
  @Mixin private FigureOutput output;
  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws IOException, InterruptedException {
    if (!job.equals("recommend")) {
      throw new ParameterException(
          spec.commandLine(), "There is no job '" + job + "' to bench; there is recommend");
    }
    if (clicks < LEAST_CLICKS || clicks > MOST_CLICKS) {
      throw new ParameterException(
          spec.commandLine(),
          "--clicks is " + clicks + "; give " + LEAST_CLICKS + " to " + MOST_CLICKS);
    }
    if (!(hot >= 0 && hot <= MOST_HOT) || hot > 0 && data != null) {
      throw new ParameterException(
          spec.commandLine(),
          "--hot is " + hot + "; give 0 to " + MOST_HOT + ", and no --data beside it");
    }
    Path logs = Files.createTempDirectory("millrace-bench-log-");
    LogFiles.into(logs);
    ClickLog log = data == null ? null : TrainClicks.read(data);
    String name = data == null ? madeUp() : data.toAbsolutePath().normalize().getFileName() + "";
    List<Figure> figures =
        BenchRecommend.run(clicks, log, hot, name, jobs.resolve(), new Progress(System.err));
    // Where something failed they stay.
    FileUtils.deleteDirectoryQuietly(logs.toFile());
    return output.print(figures);
  }

  private String madeUp() {
    return hot == 0 ? "made up" : "made up, " + hot + " hot";
  }
}
