package io.millrace.jobs.evaluate;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * One row of a table of {@code evaluate} or {@code bench}.
 *
 * @param set data set
 * @param protocol how it was measured
 * @param mode of the job, for example {@code frozen}
 * @param metric what was measured, with its unit
 * @param value the figure
 * @param higherIsBetter whether more is better
 * @param must what has to be reached, null for no demand
 * @param aim where the project is going, null for none
 * @param published figures of others on the same data, by name
 * @param note why nothing is asked of it where something is of its like, else empty
 */
public record Figure(
    String set,
    String protocol,
    String mode,
    String metric,
    double value,
    boolean higherIsBetter,
    Double must,
    Double aim,
    Map<String, Double> published,
    String note) {

  public Figure {
    published = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(published));
  }

  /** A figure that nothing is asked of. */
  public static Figure plain(
      String set, String protocol, String mode, String metric, double value, boolean higher) {
    return new Figure(set, protocol, mode, metric, value, higher, null, null, Map.of(), "");
  }

  /** The same figure with what is asked of it. */
  public Figure asking(Double itsMust, Double itsAim) {
    return new Figure(
        set, protocol, mode, metric, value, higherIsBetter, itsMust, itsAim, published, note);
  }

  /** The same figure beside those of others. */
  public Figure beside(Map<String, Double> others) {
    return new Figure(set, protocol, mode, metric, value, higherIsBetter, must, aim, others, note);
  }

  /** The same figure, of which nothing is asked, with the reason. */
  public Figure notJudged(String reason) {
    return new Figure(
        set, protocol, mode, metric, value, higherIsBetter, null, null, published, reason);
  }

  /** Whether it falls short of what must be reached, as one that was not measured does. */
  public boolean misses() {
    return must != null && !(higherIsBetter ? value >= must : value <= must);
  }
}
