package io.millrace.jobs.evaluate;

import io.millrace.features.neighbour.NeighbourSettings.SessionItemsPolicy;
import java.util.LinkedHashMap;
import java.util.Map;

/** What is known of the public sets: their protocol, what is to be reached, what others reached. */
final class RecommendTargets {
  /** Live figures may lie this much below the frozen ones. */
  static final double LIVE_MARGIN = 0.005;

  static final double MAX_BYTES_PER_ITEM = 6 * 1024;
  static final double AIM_BYTES_PER_ITEM = 3 * 1024;
  static final double MAX_BYTES_PER_VISITOR = 1024;
  static final double AIM_BYTES_PER_VISITOR = 500;

  private RecommendTargets() {}

  /**
   * A hit rate and a mean reciprocal rank at 20.
   *
   * @param hitRate null where there is no such figure
   * @param reciprocalRank null where there is no such figure
   */
  record Pair(Double hitRate, Double reciprocalRank) {
    static final Pair NONE = new Pair(null, null);

    /** Of each figure the higher one, or the only one. */
    Pair higher(Pair other) {
      return new Pair(higher(hitRate, other.hitRate), higher(reciprocalRank, other.reciprocalRank));
    }

    private static Double higher(Double one, Double other) {
      if (one == null || other == null) {
        return one == null ? other : one;
      }
      return Math.max(one, other);
    }
  }

  /**
   * Targets of one protocol on one set.
   *
   * @param must to be reached by the frozen mode
   * @param learned to be reached by learned ranking, beside what the neighbours alone reach
   * @param aim where the project is going
   * @param published by name
   */
  record Targets(Pair must, Pair learned, Pair aim, Map<String, Pair> published) {
    static final Targets NONE = new Targets(Pair.NONE, Pair.NONE, Pair.NONE, Map.of());
  }

  /** What the set's protocol does with the items of the session. */
  static SessionItemsPolicy repeats(String set) {
    return set.equals("serenade") ? SessionItemsPolicy.DROP_CURRENT : SessionItemsPolicy.KEEP;
  }

  /** Over all predictions of a set. */
  static Targets all(String set) {
    return switch (set) {
      case "serenade" ->
          new Targets(
              new Pair(.655, .345),
              Pair.NONE,
              new Pair(.70, .38),
              published("Serenade README", .6402, .3277, "Serenade tuned", null, .3401));
      case "diginetica" ->
          new Targets(
              new Pair(.515, .185),
              new Pair(.530, .190),
              new Pair(.56, .205),
              published(
                  "Item-KNN",
                  .357,
                  .116,
                  "GRU4Rec",
                  .295,
                  .083,
                  "NARM",
                  .497,
                  .162,
                  "SR-GNN",
                  .507,
                  .176,
                  "GCE-GNN",
                  .542,
                  .190));
      case "rsc15_100k" ->
          new Targets(new Pair(.675, .355), Pair.NONE, new Pair(.71, .38), Map.of());
      default -> Targets.NONE;
    };
  }

  /** Over the predictions for which there are published lists. */
  static Targets published(String set) {
    return set.equals("rsc15_100k")
        ? new Targets(new Pair(.615, .330), Pair.NONE, new Pair(.65, .36), Map.of())
        : Targets.NONE;
  }

  private static Map<String, Pair> published(Object... namesAndFigures) {
    Map<String, Pair> published = new LinkedHashMap<>();
    for (int i = 0; i < namesAndFigures.length; i += 3) {
      published.put(
          (String) namesAndFigures[i],
          new Pair((Double) namesAndFigures[i + 1], (Double) namesAndFigures[i + 2]));
    }
    return published;
  }
}
