package io.millrace.jobs.evaluate;

import io.millrace.features.decision.ListLevel;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Makes figures of what a live evaluation gave. */
final class LiveReport {
  private static final String MODE = "live";
  private static final String LEARNED = "live + learned";
  private static final String METRIC = "hits per 1,000 slots";
  private static final double PER_SLOTS = 1_000;
  private static final String TOO_FEW = "too few differ to judge";
  private static final String NO_SLOT = "filled no slot";

  private final String set;
  private final LiveTally tally;
  private final LiveTally ranked;

  /**
   * @param tally of lists as the neighbours have them
   * @param ranked of those in the order learned meanwhile, null if there was no such run
   */
  LiveReport(String set, LiveTally tally, LiveTally ranked) {
    this.set = set;
    this.tally = tally;
    this.ranked = ranked;
  }

  /** All figures: the whole lists of each kind, then its levels, then those of all kinds. */
  List<Figure> figures() {
    List<Figure> figures = new ArrayList<>();
    for (LiveKind kind : LiveKind.values()) {
      whole(figures, kind);
    }
    for (LiveKind kind : LiveKind.values()) {
      for (ListLevel level : ListLevel.values()) {
        PairedHits hits = tally.level(kind, level);
        Figure figure = asking(level(kind.label(), level, hits), hits.leastHits(), hits);
        figures.add(hits.slots() > 0 && hits.isTooFew() ? figure.notJudged(TOO_FEW) : figure);
      }
    }
    for (ListLevel level : ListLevel.values()) {
      PairedHits hits = tally.level(level);
      figures.add(asking(level("all three", level, hits), hits.trendingHits(), hits));
    }
    return figures;
  }

  private void whole(List<Figure> figures, LiveKind kind) {
    Ranks lists = tally.lists(kind);
    Ranks trending = tally.trending(kind);
    String protocol = String.format(Locale.ROOT, "%s, n=%,d", kind.label(), lists.total());
    whole(figures, protocol, "HR@20", lists.hitRate(), trending.hitRate());
    whole(figures, protocol, "MRR@20", lists.meanReciprocalRank(), trending.meanReciprocalRank());
    if (ranked != null) {
      Ranks learned = ranked.lists(kind);
      figures.add(learned(protocol, "HR@20", learned.hitRate(), lists.hitRate()));
      figures.add(
          learned(protocol, "MRR@20", learned.meanReciprocalRank(), lists.meanReciprocalRank()));
    }
  }

  private Figure learned(String protocol, String metric, double value, double neighbours) {
    return Figure.plain(set, protocol, LEARNED, metric, value, true)
        .beside(Map.of(MODE, neighbours));
  }

  /** Lists that are no better than trending alone are worth nothing. */
  private void whole(
      List<Figure> figures, String protocol, String metric, double value, double trending) {
    figures.add(Figure.plain(set, protocol, MODE, metric, value, true).asking(trending, null));
    figures.add(Figure.plain(set, protocol, "trending alone", metric, trending, true));
  }

  private Figure level(String events, ListLevel level, PairedHits hits) {
    Map<String, Double> counts = new LinkedHashMap<>();
    counts.put("slots", (double) hits.slots());
    counts.put("hits", (double) hits.hits());
    counts.put("hits of trending alone", (double) hits.trendingHits());
    counts.put("of both", (double) hits.bothHits());
    return Figure.plain(
            set, events + ", " + level.label(), MODE, METRIC, rate(hits.hits(), hits), true)
        .beside(counts);
  }

  private static Figure asking(Figure figure, long least, PairedHits hits) {
    return hits.slots() == 0 ? figure.notJudged(NO_SLOT) : figure.asking(rate(least, hits), null);
  }

  private static double rate(long count, PairedHits hits) {
    return PER_SLOTS * count / hits.slots();
  }
}
