package io.millrace.jobs.bench;

import io.millrace.jobs.evaluate.Delays;
import io.millrace.jobs.evaluate.Figure;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What a bench of the catalogue has measured so far, and the table of it. */
final class CatalogueReport {
  private static final double MUST_GONE_P99_MS = 2_000;

  /** However long a burst goes on, all lists are looked through so often. */
  private static final double LONGEST_WAIT_SECONDS = 30;

  int items;
  double itemsPerSecond;
  double tableBytesPerItem;
  Delays gone;
  Delays quietClicks;
  int updates;
  double sentSeconds;
  double takenSeconds;
  double rounds;
  Delays burstClicks;
  List<StateSize> states = List.of();

  private final String set;
  private final int visitors;
  private final double clickRate;

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
    active(figures);
    burst(figures);
    for (StateSize state : states) {
      figures.add(state.figure(set));
    }
    return figures;
  }

  private void active(List<Figure> figures) {
    String active = format("%,d visitors, %,.0f clicks/s", visitors, clickRate);
    String metric = " ms, update to gone from all lists";
    figures.add(plain(active, "p50" + metric, gone.millis(50), false));
    figures.add(
        plain(active, "p99" + metric, gone.millis(99), false).asking(MUST_GONE_P99_MS, null));
    figures.add(plain(active, "max" + metric, gone.millis(100), false));
  }

  private void burst(List<Figure> figures) {
    String burst = format("burst of %,d updates", updates);
    figures.add(plain(burst, "s until Kafka had taken them", sentSeconds, false));
    figures.add(plain(burst, "s until every merger knew all", takenSeconds, false));
    figures.add(plain(burst, "updates/s", updates / takenSeconds, true));
    figures.add(
        plain(burst, "rounds over all lists", rounds, false)
            .asking(mostRounds(takenSeconds), null));
    for (double percentile : new double[] {50, 99}) {
      figures.add(
          plain(
                  burst,
                  format("p%.0f ms, click to list, meanwhile", percentile),
                  burstClicks.millis(percentile),
                  false)
              .beside(Map.of("before the burst", quietClicks.millis(percentile))));
    }
  }

  /** One when it is quiet again, and one whenever a burst has gone on for so long. */
  static double mostRounds(double seconds) {
    return 1 + Math.floor(seconds / LONGEST_WAIT_SECONDS);
  }

  private Figure plain(String protocol, String metric, double value, boolean higher) {
    return Figure.plain(set, protocol, "recommend", metric, value, higher);
  }

  private static String format(String format, Object... values) {
    return String.format(Locale.ROOT, format, values);
  }
}
