package io.millrace.jobs.cli;

import io.millrace.jobs.Failure;
import java.io.PrintWriter;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;
import picocli.CommandLine.UnmatchedArgumentException;

/** The command line. A new command is a class with {@code @Command}, named in the list below. */
@Command(
    name = "millrace",
    description = "The real-time decision engine for online stores, on Apache Flink.",
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {
      DemoCommand.class,
      UpCommand.class,
      ReplayCommand.class,
      EvaluateCommand.class,
      BenchCommand.class,
      EraseCommand.class,
      RepublishCommand.class
    })
public final class Millrace implements Runnable {
  @Spec private CommandSpec spec;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      scope = ScopeType.INHERIT,
      description = "Show this help and exit.")
  private boolean help;

  /** Runs the command and exits: 0 done, 1 failed, 2 wrong usage. */
  public static void main(String[] args) {
    System.exit(commandLine().execute(args));
  }

  /** All commands, with the exit codes and messages of the contract. */
  static CommandLine commandLine() {
    return new CommandLine(new Millrace())
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setUsageHelpAutoWidth(true)
        .setParameterExceptionHandler(Millrace::explainUsage)
        .setExecutionExceptionHandler(Millrace::explainFailure);
  }

  /** Without a command there is nothing to do. */
  @Override
  public void run() {
    throw new ParameterException(
        spec.commandLine(), "Name a command: demo, up, replay, evaluate, bench, erase, republish");
  }

  private static int explainUsage(ParameterException e, String[] args) {
    CommandLine command = e.getCommandLine();
    PrintWriter err = command.getErr();
    String path = command.getCommandSpec().qualifiedName();
    String nearest =
        e instanceof UnmatchedArgumentException unmatched && !unmatched.getSuggestions().isEmpty()
            ? "; did you mean " + unmatched.getSuggestions().get(0) + "?"
            : "";
    err.println(
        "millrace: " + firstLine(e.getMessage()) + nearest + " (./" + path + " --help shows more)");
    return Failure.Kind.WRONG_USAGE.exitCode();
  }

  private static int explainFailure(
      Exception e, CommandLine command, CommandLine.ParseResult parsed) {
    PrintWriter err = command.getErr();
    if (e instanceof Failure failure) {
      err.println("millrace: " + failure.getMessage());
      if (failure.getCause() != null) {
        LogFiles.record(failure);
      }
      return failure.kind().exitCode();
    }
    LogFiles.record(e);
    err.println(
        "millrace: something went wrong that should not: "
            + firstLine(String.valueOf(e))
            + "; please report it with the log "
            + LogFiles.place());
    return Failure.Kind.FAILED.exitCode();
  }

  private static String firstLine(String text) {
    return text.lines().findFirst().orElse("");
  }
}
