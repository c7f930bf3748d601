package io.millrace.jobs.evaluate;

import io.millrace.features.neighbour.NeighbourSettings.SessionItemsPolicy;
import io.millrace.jobs.Failure;
import io.millrace.jobs.evaluate.RecommendEvaluation.Mode;
import io.millrace.jobs.evaluate.RecommendEvaluation.Outcome;
import io.millrace.jobs.options.Options;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Evaluates the recommender on every set of a folder, in every mode asked for. */
public final class EvaluateRecommend {
  private final List<ClickSet> sets;
  private final List<LiveSet> liveSets;
  private final Modes modes;
  private final SessionItemsPolicy repeats;
  private final int testsPerSecond;
  private final double warmUp;
  private final Options options;

  /** Which modes to run. */
  public enum Modes {
    /** Only what was learned from the train clicks. */
    FROZEN(Mode.FROZEN),
    /** Learning goes on. */
    LIVE(Mode.LIVE),
    /** Only that, ranked by what the train clicks taught of ranking. */
    LEARNED(Mode.FROZEN, Mode.LEARNED),
    /** All, and learning and ranking both. */
    ALL(Mode.FROZEN, Mode.LIVE, Mode.LEARNED, Mode.LIVE_LEARNED);

    private final List<Mode> modes;

    Modes(Mode... modes) {
      this.modes = List.of(modes);
    }

    private boolean isLive() {
      return modes.stream().anyMatch(Mode::isLive);
    }
  }

  /**
   * @param folder of a set, or of such folders
   * @param names of the sets wanted, empty for all
   * @param repeats the protocol, null for the set's own
   * @param testsPerSecond pace of the clicks to predict from
   * @param warmUp share of a live set's events, the first, that are only learned from
   * @param options of the job
   * @throws Failure if there is no such set, or none for the mode
   */
  public EvaluateRecommend(
      Path folder,
      List<String> names,
      Modes modes,
      SessionItemsPolicy repeats,
      int testsPerSecond,
      double warmUp,
      Options options) {
    List<LiveSet> foundLive = LiveSet.in(folder);
    List<ClickSet> found = foundLive.isEmpty() ? ClickSet.in(folder) : ClickSet.found(folder);
    List<String> known =
        Stream.concat(found.stream().map(ClickSet::name), foundLive.stream().map(LiveSet::name))
            .toList();
    for (String name : names) {
      if (!known.contains(name)) {
        throw Failure.usage(
            "--set: there is no set " + name + " in " + folder + "; it has " + known);
      }
    }
    this.sets = found.stream().filter(s -> names.isEmpty() || names.contains(s.name())).toList();
    this.liveSets =
        foundLive.stream()
            .filter(s -> modes.isLive() && (names.isEmpty() || names.contains(s.name())))
            .toList();
    if (sets.isEmpty() && liveSets.isEmpty()) {
      throw Failure.usage(
          "--mode: recorded streams can only be run live: "
              + foundLive.stream().map(LiveSet::name).toList());
    }
    this.modes = modes;
    this.repeats = repeats;
    this.testsPerSecond = testsPerSecond;
    this.warmUp = warmUp;
    this.options = options;
  }

  /** Runs all; the figures of all sets, set by set. */
  public List<Figure> run() throws IOException {
    List<Figure> figures = new ArrayList<>();
    for (ClickSet set : sets) {
      SessionItemsPolicy policy = repeats == null ? RecommendTargets.repeats(set.name()) : repeats;
      Map<Mode, Outcome> outcomes = new EnumMap<>(Mode.class);
      for (Mode mode : modes.modes) {
        String task = set.name() + " " + mode.label();
        var evaluation = new RecommendEvaluation(set, policy, options, testsPerSecond);
        outcomes.put(
            mode,
            EvaluationRun.of(
                task,
                EvaluationInput.of(set).size(),
                (dir, progress) -> evaluation.run(mode, dir, progress)));
      }
      figures.addAll(new RecommendReport(set, policy, outcomes).figures());
      EvaluationInput.forget(set);
    }
    for (LiveSet set : liveSets) {
      LiveTally live = run(set, false);
      LiveTally ranked = modes.modes.contains(Mode.LIVE_LEARNED) ? run(set, true) : null;
      figures.addAll(new LiveReport(set.name(), live, ranked).figures());
    }
    return figures;
  }

  private LiveTally run(LiveSet set, boolean ranked) throws IOException {
    LiveInput input = LiveInput.load(set, warmUp, ranked);
    Mode mode = ranked ? Mode.LIVE_LEARNED : Mode.LIVE;
    try {
      return EvaluationRun.of(
          set.name() + " " + mode.label(),
          input.size(),
          new LiveEvaluation(set, input, ranked, options)::run);
    } finally {
      LiveInput.forget(set);
    }
  }
}
