package io.millrace.jobs.bench;

import io.millrace.jobs.evaluate.Delays;
import io.millrace.jobs.evaluate.Figure;
import io.millrace.operators.recommend.RecommendTopology;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What a bench of the catalogue has measured so far, and the table of it. */
final class CatalogueReport {
  private static final double MUST_GONE_P99_MS = 2_000;

  /** However long a burst goes on, all lists are looked through so often. */
  private static final double LONGEST_WAIT_SECONDS = 120;

  private static final double[] CLICK_PERCENTILES = {50, 99};

  int items;
  double itemsPerSecond;
  double comparedPerSecond;
  double sweepSeconds;
  double tableBytesPerItem;

  /** While the catalogue was still being compared; null if that did not take long. */
  Gone goneMeanwhile;

  Gone gone;
  final List<Burst> bursts = new ArrayList<>();
  List<StateSize> states = List.of();

  private final String set;
  private final int visitors;
  private final double clickRate;

  /**
   * What a burst of updates cost.
   *
   * @param name what the updates said
   * @param updates how many there were
   * @param sentSeconds until Kafka had them
   * @param takenSeconds until every merger knew all
   * @param comparedSeconds until all were compared with others by content
   * @param rounds over all lists, in lists looked through a list
   * @param clicks how long the lists of clicks took meanwhile
   */
  record Burst(
      String name,
      int updates,
      double sentSeconds,
      double takenSeconds,
      double comparedSeconds,
      double rounds,
      Delays clicks) {}

  /**
   * How soon items leave lists, beside clicks.
   *
   * @param items how long they took from the update on
   * @param clicks how long the lists of clicks took meanwhile
   */
  record Gone(Delays items, Delays clicks) {}

  CatalogueReport(int visitors, double clickRate) {
    this.set = "made up";
    this.visitors = visitors;
    this.clickRate = clickRate;
  }

  List<Figure> figures() {
    List<Figure> figures = new ArrayList<>();
    String load = format("%,d items", items);
    figures.add(plain(load, "items/s until every merger knows all", itemsPerSecond, true));
    figures.add(plain(load, "bytes on the heap an item, item table", tableBytesPerItem, false));
    figures.add(plain(load, "items/s until all are compared", comparedPerSecond, true));
    if (goneMeanwhile != null) {
      add(", items compared", goneMeanwhile, figures);
    }
    add("", gone, figures);
    for (Burst burst : bursts) {
      add(burst, figures);
    }
    figures.add(plain("all lists", "s a round over all lists", sweepSeconds, false));
    for (StateSize state : states) {
      figures.add(state.figure(set, RecommendTopology.JOB));
    }
    return figures;
  }

  private void add(String meanwhile, Gone measured, List<Figure> figures) {
    String active = format("%,d visitors, %,.0f clicks/s%s", visitors, clickRate, meanwhile);
    String metric = " ms, update to gone from all lists";
    Delays items = measured.items();
    figures.add(plain(active, "p50" + metric, items.millis(50), false));
    figures.add(
        plain(active, "p99" + metric, items.millis(99), false).asking(MUST_GONE_P99_MS, null));
    figures.add(plain(active, "max" + metric, items.millis(100), false));
    for (double percentile : CLICK_PERCENTILES) {
      figures.add(
          plain(active, clickMetric(percentile), measured.clicks().millis(percentile), false));
    }
  }

  private void add(Burst burst, List<Figure> figures) {
    String name = format("%,d %s", burst.updates(), burst.name());
    double seconds = burst.takenSeconds();
    figures.add(plain(name, "s until Kafka had them", burst.sentSeconds(), false));
    figures.add(plain(name, "s until every merger knew all", seconds, false));
    figures.add(plain(name, "s until all were compared", burst.comparedSeconds(), false));
    figures.add(plain(name, "updates/s", burst.updates() / seconds, true));
    figures.add(
        plain(name, "rounds over all lists", burst.rounds(), false)
            .asking(mostRounds(seconds), null));
    for (double percentile : CLICK_PERCENTILES) {
      figures.add(
          plain(name, clickMetric(percentile), burst.clicks().millis(percentile), false)
              .beside(Map.of("before the bursts", gone.clicks().millis(percentile))));
    }
  }

  /** One when it is quiet again, and one whenever a burst has gone on for so long. */
  static double mostRounds(double seconds) {
    return 1 + Math.floor(seconds / LONGEST_WAIT_SECONDS);
  }

  private static String clickMetric(double percentile) {
    return format("p%.0f ms, click to list, meanwhile", percentile);
  }

  private Figure plain(String protocol, String metric, double value, boolean higher) {
    return Figure.plain(set, protocol, "recommend", metric, value, higher);
  }

  private static String format(String format, Object... values) {
    return String.format(Locale.ROOT, format, values);
  }
}
