package io.millrace.jobs.evaluate;

import io.millrace.jobs.Failure;
import io.millrace.jobs.evaluate.FeatureEvaluation.Outcome;
import io.millrace.jobs.options.Options;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;

/** Holds window features that a job computes against those of the Fraud Detection Handbook. */
public final class EvaluateFeatures {
  private final List<HandbookSet> sets;
  private final Modes modes;
  private final Options options;
  private final Consumer<String> remarks;

  /** Which modes to run. */
  public enum Modes {
    /** The payments arrive in the order of time. */
    IN_ORDER(FeatureMode.IN_ORDER),
    /** They arrive in any order within the allowed lateness. */
    SHUFFLED(FeatureMode.SHUFFLED),
    /** Likewise, and the job fails in the middle. */
    RESTART(FeatureMode.RESTART),
    /** All, one after the other. */
    ALL(FeatureMode.values());

    private final List<FeatureMode> modes;

    Modes(FeatureMode... modes) {
      this.modes = List.of(modes);
    }

    /** Its name on the command line. */
    public String label() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /**
     * Those of that name.
     *
     * @throws Failure of wrong usage if there is none
     */
    public static Modes named(String name) {
      return Arrays.stream(values())
          .filter(modes -> modes.label().equals(name))
          .findFirst()
          .orElseThrow(
              () ->
                  Failure.usage(
                      "--mode is '" + name + "'; give in-order, shuffled, restart or all"));
    }
  }

  /**
   * @param folder of a set, or of such folders
   * @param options of the job
   * @param remarks is told where the largest difference is, if there is one
   * @throws Failure if there is no such set
   */
  public EvaluateFeatures(Path folder, Modes modes, Options options, Consumer<String> remarks) {
    this.sets = HandbookSet.in(folder);
    this.modes = modes;
    this.options = options;
    this.remarks = remarks;
  }

  /** Runs all; the figures of all sets, set by set. */
  public List<Figure> run() throws IOException {
    List<Figure> figures = new ArrayList<>();
    for (HandbookSet set : sets) {
      try {
        for (FeatureMode mode : modes.modes) {
          figures.addAll(run(set, mode));
        }
      } finally {
        FeatureInput.forget(set);
      }
    }
    return figures;
  }

  private List<Figure> run(HandbookSet set, FeatureMode mode) throws IOException {
    FeatureInput input = FeatureInput.of(set);
    input.begin(mode);
    String task = set.name() + " " + mode.label();
    Outcome outcome =
        EvaluationRun.of(
            task, input.arrivals().size(), new FeatureEvaluation(set, mode, options)::run);
    if (!outcome.comparison().worst().isEmpty()) {
      remarks.accept(task + ": " + outcome.comparison().worst());
    }
    return figures(set, mode, input.oracle().size(), outcome);
  }

  private static List<Figure> figures(
      HandbookSet set, FeatureMode mode, int rows, Outcome outcome) {
    FeatureComparison comparison = outcome.comparison();
    String protocol =
        String.format(Locale.ROOT, "%d features, n=%,d", HandbookFeatures.ALL.size(), rows);
    return List.of(
        Figure.plain(set.name(), protocol, mode.label(), "rows compared", comparison.rows(), true)
            .asking((double) rows, null),
        Figure.plain(
                set.name(),
                protocol,
                mode.label(),
                "values equal within 1e-9",
                comparison.equalShare(),
                true)
            .asking(1.0, null),
        Figure.plain(
            set.name(), protocol, mode.label(), "largest difference", comparison.largest(), false),
        Figure.plain(
                set.name(), protocol, mode.label(), "answered twice", comparison.surplus(), false)
            .asking(0.0, null),
        Figure.plain(set.name(), protocol, mode.label(), "payments/s", outcome.perSecond(), true));
  }
}
