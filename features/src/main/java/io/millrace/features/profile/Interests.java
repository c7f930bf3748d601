package io.millrace.features.profile;

import io.millrace.features.algebra.Weighted;
import io.millrace.features.catalogue.FacetTable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What the items that a visitor cares for have in common, by the catalogue as it is now.
 *
 * @param categories by their share of the interest in items that have a category, largest first
 * @param brands likewise
 * @param priceAffinity from 0, the cheapest of their categories, to 1, the dearest; NaN if no price
 *     is known
 */
record Interests(List<Weighted> categories, List<Weighted> brands, double priceAffinity) {
  /** Categories and brands that are told. */
  static final int TOLD = 5;

  private static final double ROUNDING = 1e4;

  private static final Comparator<Weighted> HEAVIEST =
      Comparator.comparingDouble(Weighted::weight).reversed().thenComparing(Weighted::value);

  static Interests of(List<Weighted> items, FacetTable facets) {
    Map<String, Double> categories = new TreeMap<>();
    Map<String, Double> brands = new TreeMap<>();
    double weights = 0;
    double levels = 0;
    for (Weighted item : items) {
      add(facets.category(item.value()), item.weight(), categories);
      add(facets.brand(item.value()), item.weight(), brands);
      double level = facets.priceLevel(item.value());
      if (!Double.isNaN(level)) {
        weights += item.weight();
        levels += item.weight() * level;
      }
    }
    return new Interests(
        top(categories), top(brands), Math.rint(levels / weights * ROUNDING) / ROUNDING);
  }

  private static void add(String name, double weight, Map<String, Double> sums) {
    if (name != null) {
      sums.merge(name, weight, Double::sum);
    }
  }

  private static List<Weighted> top(Map<String, Double> sums) {
    double all = sums.values().stream().mapToDouble(Double::doubleValue).sum();
    List<Weighted> shares = new ArrayList<>(sums.size());
    sums.forEach((name, sum) -> shares.add(new Weighted(name, sum / all)));
    shares.sort(HEAVIEST);
    return List.copyOf(shares.subList(0, Math.min(TOLD, shares.size())));
  }
}
