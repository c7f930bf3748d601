package io.millrace.jobs.cli;

import io.millrace.jobs.evaluate.EvaluateFraud;
import io.millrace.jobs.evaluate.FraudProtocol;
import io.millrace.jobs.local.StopSignal;
import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code evaluate fraud}: how well the fraud job tells fraud. */
@Command(
    name = "fraud",
    description = "Score recorded orders and learn from them in one pass.",
    footer = {"", "docs/evaluate.md describes the folders, the protocol and the figures."})
final class EvaluateFraudCommand implements Callable<Integer> {
  @Option(
      names = "--data",
      required = true,
      paramLabel = "DIR",
      description =
          "A folder with transactions.csv.gz or fraud_data.csv.gz, or one of such folders.")
  private Path data;

  @Option(
      names = "--from",
      paramLabel = "DAY",
      description = "The first day; orders before it are left out. All by default.")
  private LocalDate from;

  @Option(
      names = "--test-from",
      paramLabel = "DAY",
      defaultValue = "2018-08-08",
      description = "The first test day of card payments (${DEFAULT-VALUE}).")
  private LocalDate testFrom;

  @Option(
      names = "--test-days",
      paramLabel = "N",
      defaultValue = "7",
      description = "Number of test days (${DEFAULT-VALUE}).")
  private int testDays;

  @Option(
      names = "--delay",
      paramLabel = "DAYS",
      defaultValue = "7",
      description = "Days after which it is known what an order was (${DEFAULT-VALUE}).")
  private int delay;

  @Option(
      names = "--rule",
      paramLabel = "FILE",
      description =
          "Say what the rules in this file would have alerted about, instead of looking at the"
              + " model; may be repeated.")
  private List<Path> rules = List.of();

  @Mixin private JobArguments jobs;
  @Mixin private FigureOutput output;

  @Override
  public Integer call() throws IOException {
    EvaluateFraud evaluation =
        new EvaluateFraud(
            data, new FraudProtocol(from, testFrom, testDays, delay), rules, jobs.resolve());
    // The job ends and its files go with the thread that waits for it.
    StopSignal.listen().received().thenRun(Thread.currentThread()::interrupt);
    return output.print(evaluation.run());
  }
}
