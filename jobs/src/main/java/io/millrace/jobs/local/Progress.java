package io.millrace.jobs.local;

import java.io.PrintStream;

/** Tells the person at the terminal, on standard error, what is going on. */
public final class Progress {
  private final PrintStream out;

  /** Writes to {@code out}. */
  public Progress(PrintStream out) {
    this.out = out;
  }

  /** One line. */
  public void say(String line) {
    out.println(line);
  }

  /** One line about a component, aligned with the others. */
  public void say(String component, String line) {
    out.printf("  %-10s %s%n", component, line);
  }

  /** One line about a component that took from {@code startNanos} until now. */
  void took(String component, String line, long startNanos) {
    double seconds = (System.nanoTime() - startNanos) / 1e9;
    out.printf("  %-10s %s (%.1f s)%n", component, line, seconds);
  }
}
