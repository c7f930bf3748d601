package io.millrace.jobs.cli;

import io.millrace.jobs.evaluate.Figure;
import io.millrace.jobs.evaluate.FigureTable;
import java.util.List;
import picocli.CommandLine.Option;

/** How figures leave: as a table or JSON, and whether a missed target fails the command. */
final class FigureOutput {
  @Option(names = "--json", description = "Print one JSON array, an object a figure.")
  private boolean json;

  @Option(names = "--enforce", description = "Exit with 1 where a figure that must be is missed.")
  private boolean enforce;

  /** Prints the figures on standard output; the command's exit code. */
  int print(List<Figure> figures) {
    System.out.println(
        json ? FigureTable.toJson(figures) : FigureTable.toText(figures).stripTrailing());
    List<Figure> missed = figures.stream().filter(Figure::misses).toList();
    for (Figure figure : missed) {
      System.err.printf(
          "missed: %s %s %s %s is %s, must be %s%n",
          figure.set(),
          figure.protocol(),
          figure.mode(),
          figure.metric(),
          figure.value(),
          figure.must());
    }
    return enforce && !missed.isEmpty() ? 1 : 0;
  }
}
