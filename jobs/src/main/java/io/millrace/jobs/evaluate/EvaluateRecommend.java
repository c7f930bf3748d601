package io.millrace.jobs.evaluate;

import io.millrace.features.neighbour.NeighbourSettings.SessionItemsPolicy;
import io.millrace.jobs.Failure;
import io.millrace.jobs.evaluate.RecommendEvaluation.Mode;
import io.millrace.jobs.evaluate.RecommendEvaluation.Outcome;
import io.millrace.jobs.options.Options;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.apache.flink.util.FileUtils;

/** Evaluates the recommender on every set of a folder, in every mode asked for. */
public final class EvaluateRecommend {
  private static final int BAR_WIDTH = 100;

  private final List<ClickSet> sets;
  private final Modes modes;
  private final SessionItemsPolicy repeats;
  private final int testsPerSecond;
  private final Options options;

  /** Which modes to run. */
  public enum Modes {
    /** Only what was learned from the train clicks. */
    FROZEN(Mode.FROZEN),
    /** Learning goes on. */
    LIVE(Mode.LIVE),
    /** Both. */
    ALL(Mode.FROZEN, Mode.LIVE);

    private final List<Mode> modes;

    Modes(Mode... modes) {
      this.modes = List.of(modes);
    }
  }

  /**
   * @param folder of a set, or of such folders
   * @param names of the sets wanted, empty for all
   * @param repeats the protocol, null for the set's own
   * @param testsPerSecond pace of the clicks to predict from
   * @param options of the job
   * @throws Failure if there is no such set
   */
  public EvaluateRecommend(
      Path folder,
      List<String> names,
      Modes modes,
      SessionItemsPolicy repeats,
      int testsPerSecond,
      Options options) {
    List<ClickSet> found = ClickSet.in(folder);
    List<String> known = found.stream().map(ClickSet::name).toList();
    for (String name : names) {
      if (!known.contains(name)) {
        throw Failure.usage(
            "--set: there is no set " + name + " in " + folder + "; it has " + known);
      }
    }
    this.sets = found.stream().filter(s -> names.isEmpty() || names.contains(s.name())).toList();
    this.modes = modes;
    this.repeats = repeats;
    this.testsPerSecond = testsPerSecond;
    this.options = options;
  }

  /** Runs all; the figures of all sets, set by set. */
  public List<Figure> run() throws IOException {
    List<Figure> figures = new ArrayList<>();
    for (ClickSet set : sets) {
      SessionItemsPolicy policy = repeats == null ? RecommendTargets.repeats(set.name()) : repeats;
      Map<Mode, Outcome> outcomes = new EnumMap<>(Mode.class);
      for (Mode mode : modes.modes) {
        outcomes.put(mode, run(set, policy, mode));
      }
      figures.addAll(new RecommendReport(set, policy, outcomes).figures());
      EvaluationInput.forget(set);
    }
    return figures;
  }

  private Outcome run(ClickSet set, SessionItemsPolicy policy, Mode mode) throws IOException {
    Path dir = Files.createTempDirectory("millrace-evaluate-");
    String task = set.name() + " " + mode.name().toLowerCase(java.util.Locale.ROOT);
    try (ProgressBar bar =
        new ProgressBarBuilder()
            .setTaskName(task)
            .setInitialMax(EvaluationInput.of(set).size())
            .setUpdateIntervalMillis(500)
            .setStyle(ProgressBarStyle.ASCII)
            .setConsumer(new ConsoleProgressBarConsumer(System.err, BAR_WIDTH))
            .build()) {
      return new RecommendEvaluation(set, policy, options, testsPerSecond)
          .run(mode, dir, bar::stepTo);
    } finally {
      FileUtils.deleteDirectory(dir.toFile());
    }
  }
}
