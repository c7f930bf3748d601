package io.millrace.jobs.cli;

import io.millrace.features.neighbour.NeighbourSettings.SessionItemsPolicy;
import io.millrace.jobs.evaluate.EvaluateFeatures;
import io.millrace.jobs.evaluate.EvaluateRecommend;
import io.millrace.jobs.evaluate.Figure;
import io.millrace.jobs.local.StopSignal;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code evaluate}: how good the jobs are on recorded data. */
@Command(
    name = "evaluate",
    description = "Run a job over recorded data and print its quality beside published figures.",
    subcommands = {
      EvaluateCommand.Recommend.class,
      EvaluateCommand.Features.class,
      EvaluateFraudCommand.class
    })
final class EvaluateCommand implements Runnable {
  @Spec private CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(
        spec.commandLine(), "Name what to evaluate: recommend, features, fraud");
  }

  /** {@code evaluate recommend}. */
  @Command(
      name = "recommend",
      description = "Predict the next click of recorded sessions.",
      footer = {"", "docs/evaluate.md describes the folders, the protocol and the figures."})
  static final class Recommend implements Callable<Integer> {
    @Option(
        names = "--data",
        required = true,
        paramLabel = "DIR",
        description =
            "A folder with a train and a test file, or with a recorded stream (taobao), or one of"
                + " such folders.")
    private Path data;

    @Option(
        names = "--set",
        paramLabel = "NAME",
        description = "Only the set in this subfolder; may be repeated.")
    private List<String> sets = List.of();

    @Option(
        names = "--mode",
        paramLabel = "MODE",
        description = "frozen, live, learned or all (the default).",
        defaultValue = "all")
    private EvaluateRecommend.Modes mode;

    @Option(
        names = "--repeats",
        paramLabel = "POLICY",
        description =
            "Whether items of the session may be predicted: keep, drop-current or drop; by default"
                + " as the set's published figures have it, else keep.")
    private String repeats;

    @Option(
        names = "--rate",
        paramLabel = "N",
        defaultValue = "3000",
        description = "Test clicks a second (${DEFAULT-VALUE}); sets the pace of the timing only.")
    private int rate;

    @Option(
        names = "--warm-up",
        paramLabel = "SHARE",
        defaultValue = "0.25",
        description =
            "Share of a recorded stream (taobao), its first, that is only learned from"
                + " (${DEFAULT-VALUE}).")
    private double warmUp;

    @Mixin private JobArguments jobs;
    @Mixin private FigureOutput output;
    @Spec private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
      if (rate < 1 || rate > 1_000_000) {
        throw new ParameterException(
            spec.commandLine(), "--rate is " + rate + "; give 1 to 1000000");
      }
      if (!(warmUp >= 0 && warmUp < 1)) {
        throw new ParameterException(
            spec.commandLine(), "--warm-up is " + warmUp + "; give 0 to less than 1");
      }
      // The job ends and its files go with the thread that waits for it.
      StopSignal.listen().received().thenRun(Thread.currentThread()::interrupt);
      List<Figure> figures =
          new EvaluateRecommend(data, sets, mode, policy(), rate, warmUp, jobs.resolve()).run();
      return output.print(figures);
    }

    private SessionItemsPolicy policy() {
      if (repeats == null) {
        return null;
      }
      return switch (repeats) {
        case "keep" -> SessionItemsPolicy.KEEP;
        case "drop-current" -> SessionItemsPolicy.DROP_CURRENT;
        case "drop" -> SessionItemsPolicy.DROP;
        default ->
            throw new ParameterException(
                spec.commandLine(),
                "--repeats is '" + repeats + "'; give keep, drop-current or drop");
      };
    }
  }

  /** {@code evaluate features}. */
  @Command(
      name = "features",
      description = "Hold window features of card payments against an exact oracle.",
      footer = {"", "docs/evaluate.md describes the folder, the protocol and the figures."})
  static final class Features implements Callable<Integer> {
    @Option(
        names = "--data",
        required = true,
        paramLabel = "DIR",
        description =
            "A folder with transactions.csv.gz and window_features*.csv.gz, or one of such"
                + " folders.")
    private Path data;

    @Option(
        names = "--mode",
        paramLabel = "MODE",
        description = "in-order, shuffled, restart or all (the default).",
        defaultValue = "all")
    private String mode;

    @Mixin private JobArguments jobs;
    @Mixin private FigureOutput output;

    @Override
    public Integer call() throws IOException {
      EvaluateFeatures evaluation =
          new EvaluateFeatures(
              data,
              EvaluateFeatures.Modes.named(mode),
              jobs.resolve(),
              remark -> System.err.println(remark));
      // The job ends and its files go with the thread that waits for it.
      StopSignal.listen().received().thenRun(Thread.currentThread()::interrupt);
      return output.print(evaluation.run());
    }
  }
}
