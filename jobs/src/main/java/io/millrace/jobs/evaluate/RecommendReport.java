package io.millrace.jobs.evaluate;

import io.millrace.features.neighbour.NeighbourSettings.SessionItemsPolicy;
import io.millrace.jobs.evaluate.RecommendEvaluation.Mode;
import io.millrace.jobs.evaluate.RecommendEvaluation.Outcome;
import io.millrace.jobs.evaluate.RecommendTargets.Pair;
import io.millrace.jobs.evaluate.RecommendTargets.Targets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;

/** Makes figures of what the evaluation of one set gave. */
final class RecommendReport {
  private final ClickSet set;
  private final SessionItemsPolicy repeats;
  private final Map<Mode, Outcome> outcomes;

  RecommendReport(ClickSet set, SessionItemsPolicy repeats, Map<Mode, Outcome> outcomes) {
    this.set = set;
    this.repeats = repeats;
    this.outcomes = outcomes;
  }

  /** All figures, mode by mode. */
  List<Figure> figures() {
    List<Figure> figures = new ArrayList<>();
    outcomes.forEach(
        (mode, outcome) -> {
          Targets targets = RecommendTargets.all(set.name());
          quality(figures, mode, "next click", Outcome::all, targets, targets.published());
          if (outcome.published().total() > 0) {
            quality(
                figures,
                mode,
                "published positions",
                Outcome::published,
                RecommendTargets.published(set.name()),
                publishedLists());
          }
          costs(figures, mode, outcome);
        });
    return figures;
  }

  private void quality(
      List<Figure> figures,
      Mode mode,
      String protocol,
      Function<Outcome, Ranks> part,
      Targets targets,
      Map<String, Pair> others) {
    Ranks ranks = part.apply(outcomes.get(mode));
    String name =
        String.format(Locale.ROOT, "%s, %s, n=%,d", protocol, describe(repeats), ranks.total());
    Pair must = must(mode, part, targets);
    Map<String, Pair> besides = besides(mode, part, others);
    figures.add(
        Figure.plain(set.name(), name, label(mode), "HR@20", ranks.hitRate(), true)
            .asking(must.hitRate(), targets.aim().hitRate())
            .beside(column(besides, Pair::hitRate)));
    figures.add(
        Figure.plain(set.name(), name, label(mode), "MRR@20", ranks.meanReciprocalRank(), true)
            .asking(must.reciprocalRank(), targets.aim().reciprocalRank())
            .beside(column(besides, Pair::reciprocalRank)));
  }

  /**
   * Frozen and learned have their own; live must not lie below the same without learning from the
   * test clicks by more than the margin. What is ranked by what was learned must not lie below the
   * neighbours alone at all: it is there to do better.
   */
  private Pair must(Mode mode, Function<Outcome, Ranks> part, Targets targets) {
    return switch (mode) {
      case FROZEN -> targets.must();
      case LIVE -> reached(Mode.FROZEN, part, RecommendTargets.LIVE_MARGIN);
      case LEARNED -> targets.learned().higher(reached(Mode.FROZEN, part, 0));
      case LIVE_LEARNED ->
          reached(Mode.LEARNED, part, RecommendTargets.LIVE_MARGIN)
              .higher(reached(Mode.LIVE, part, 0));
    };
  }

  /** What another mode reached in this run, less a margin; nothing if it was not run. */
  private Pair reached(Mode mode, Function<Outcome, Ranks> part, double margin) {
    if (outcomes.get(mode) == null) {
      return Pair.NONE;
    }
    Pair reached = pair(part.apply(outcomes.get(mode)));
    return new Pair(reached.hitRate() - margin, reached.reciprocalRank() - margin);
  }

  private static Pair pair(Ranks ranks) {
    return new Pair(ranks.hitRate(), ranks.meanReciprocalRank());
  }

  /** The published ones, and beside what is ranked by what was learned the neighbours alone. */
  private Map<String, Pair> besides(
      Mode mode, Function<Outcome, Ranks> part, Map<String, Pair> published) {
    Mode alone = mode.isLive() ? Mode.LIVE : Mode.FROZEN;
    if (!mode.isRanked() || outcomes.get(alone) == null) {
      return published;
    }
    Map<String, Pair> besides = new LinkedHashMap<>();
    besides.put("neighbours alone", pair(part.apply(outcomes.get(alone))));
    besides.putAll(published);
    return besides;
  }

  private void costs(List<Figure> figures, Mode mode, Outcome outcome) {
    figures.add(cost(mode, "p50 ms a recommendation", outcome.delays().millis(50)));
    figures.add(cost(mode, "p99 ms a recommendation", outcome.delays().millis(99)));
    figures.add(
        cost(mode, "bytes of state an item", outcome.bytesPerItem())
            .asking(RecommendTargets.MAX_BYTES_PER_ITEM, RecommendTargets.AIM_BYTES_PER_ITEM));
    figures.add(
        cost(mode, "bytes of state a visitor", outcome.bytesPerVisitor())
            .asking(
                RecommendTargets.MAX_BYTES_PER_VISITOR, RecommendTargets.AIM_BYTES_PER_VISITOR));
  }

  private Figure cost(Mode mode, String metric, double value) {
    return Figure.plain(set.name(), "paced", label(mode), metric, value, false);
  }

  private Map<String, Pair> publishedLists() {
    Map<String, Pair> pairs = new LinkedHashMap<>();
    PublishedLists.read(set)
        .score(EvaluationInput.of(set).nextByPosition())
        .forEach(
            (name, ranks) ->
                pairs.put(name, new Pair(ranks.hitRate(), ranks.meanReciprocalRank())));
    return pairs;
  }

  private static Map<String, Double> column(
      Map<String, Pair> published, Function<Pair, Double> column) {
    Map<String, Double> values = new LinkedHashMap<>();
    published.forEach(
        (name, pair) -> {
          if (column.apply(pair) != null) {
            values.put(name, column.apply(pair));
          }
        });
    return values;
  }

  private static String describe(SessionItemsPolicy repeats) {
    return switch (repeats) {
      case KEEP -> "repeats allowed";
      case DROP_CURRENT -> "current item removed";
      case DROP -> "session items removed";
    };
  }

  private static String label(Mode mode) {
    return mode.label();
  }
}
