package io.millrace.jobs.cli;

import io.millrace.jobs.bench.BenchCatalogue;
import io.millrace.jobs.bench.BenchRecommend;
import io.millrace.jobs.evaluate.Figure;
import io.millrace.jobs.evaluate.TrainClicks;
import io.millrace.jobs.local.Progress;
import io.millrace.jobs.local.StopSignal;
import io.millrace.jobs.options.Options;
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
  private static final String RECOMMEND = "recommend";
  private static final String CATALOGUE = "catalogue";
  private static final int LEAST_CLICKS = 20_000;
  private static final int MOST_CLICKS = 10_000_000;
  private static final int MOST_ITEMS = 5_000_000;
  private static final int MOST_LISTS = 5_000_000;
  private static final double MOST_HOT = 0.9;

  @Parameters(
      arity = "0..1",
      paramLabel = "JOB",
      defaultValue = RECOMMEND,
      description =
          "recommend: clicks to lists; catalogue: what the same job makes of a large catalogue and"
              + " its updates (${DEFAULT-VALUE}).")
  private String job;

  @Option(
      names = "--clicks",
      paramLabel = "N",
      description =
          "recommend: clicks at saturation, warm-up included (" + BenchRecommend.CLICKS + ").")
  private Integer clicks;

  @Option(
      names = "--items",
      paramLabel = "N",
      description = "catalogue: items of the catalogue (" + BenchCatalogue.ITEMS + ").")
  private Integer items;

  @Option(
      names = "--lists",
      paramLabel = "N",
      description =
          "catalogue: visitors who clicked once and have a list, beside some 13,000 others (0).")
  private Integer lists;

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description =
          "recommend: send the train clicks of this folder (as for evaluate), over and over if they are too"
              + " few, instead of made-up ones.")
  private Path data;

  @Option(
      names = "--hot",
      paramLabel = "SHARE",
      defaultValue = "0",
      description =
          "recommend: of made-up clicks, the share that falls on one item, and of sessions the share of one"
              + " visitor: 0 to 0.9 (${DEFAULT-VALUE}).")
  private double hot;

  @Mixin private JobArguments jobs;
  @Mixin private FigureOutput output;
  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws IOException, InterruptedException {
    check();
    Path logs = Files.createTempDirectory("millrace-bench-log-");
    LogFiles.into(logs);
    Path dir = Files.createTempDirectory("millrace-bench-");
    StopSignal.listen().received().thenRun(() -> StopSignal.endNow(dir, logs));
    List<Figure> figures;
    try {
      Options options = jobs.resolve();
      Progress progress = new Progress(System.err);
      figures =
          job.equals(CATALOGUE)
              ? BenchCatalogue.run(itemCount(), listCount(), options, progress, dir)
              : recommend(options, progress, dir);
    } finally {
      FileUtils.deleteDirectoryQuietly(dir.toFile());
    }
    // Where something failed they stay.
    FileUtils.deleteDirectoryQuietly(logs.toFile());
    return output.print(figures);
  }

  private void check() {
    boolean catalogue = job.equals(CATALOGUE);
    if (!catalogue && !job.equals(RECOMMEND)) {
      throw wrong("There is no job '" + job + "' to bench; there are recommend and catalogue");
    }
    if (catalogue && (clicks != null || data != null || hot != 0)) {
      throw wrong(
          "--clicks, --data and --hot are for bench recommend; bench catalogue has --items and --lists");
    }
    if (!catalogue && (items != null || lists != null)) {
      throw wrong("--items and --lists are for bench catalogue; bench recommend has --clicks");
    }
    if (itemCount() < BenchCatalogue.LEAST_ITEMS || itemCount() > MOST_ITEMS) {
      throw wrong(
          "--items is " + items + "; give " + BenchCatalogue.LEAST_ITEMS + " to " + MOST_ITEMS);
    }
    if (listCount() < 0 || listCount() > MOST_LISTS) {
      throw wrong("--lists is " + lists + "; give 0 to " + MOST_LISTS);
    }
    if (clickCount() < LEAST_CLICKS || clickCount() > MOST_CLICKS) {
      throw wrong("--clicks is " + clicks + "; give " + LEAST_CLICKS + " to " + MOST_CLICKS);
    }
    if (!(hot >= 0 && hot <= MOST_HOT) || hot > 0 && data != null) {
      throw wrong("--hot is " + hot + "; give 0 to " + MOST_HOT + ", and no --data beside it");
    }
  }

  private ParameterException wrong(String message) {
    return new ParameterException(spec.commandLine(), message);
  }

  private int itemCount() {
    return items == null ? BenchCatalogue.ITEMS : items;
  }

  private int listCount() {
    return lists == null ? 0 : lists;
  }

  private int clickCount() {
    return clicks == null ? BenchRecommend.CLICKS : clicks;
  }

  private List<Figure> recommend(Options options, Progress progress, Path dir)
      throws IOException, InterruptedException {
    ClickLog log = data == null ? null : TrainClicks.read(data);
    String name = data == null ? madeUp() : data.toAbsolutePath().normalize().getFileName() + "";
    return BenchRecommend.run(clickCount(), log, hot, name, options, progress, dir);
  }

  private String madeUp() {
    return hot == 0 ? "made up" : "made up, " + hot + " hot";
  }
}
