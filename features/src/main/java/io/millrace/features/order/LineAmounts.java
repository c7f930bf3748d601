package io.millrace.features.order;

import io.millrace.features.event.Order;
import java.util.Iterator;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What each item of an order was sold for. The total, where there is one, is shared out by the
 * prices, so that shipping and rebates fall on all; without prices by the pieces. Without a total
 * the prices add up to it.
 */
final class LineAmounts {
  private LineAmounts() {}

  /** By item, in units of an {@link OrderEntry}; empty where nothing is known. */
  static SortedMap<String, Long> of(Order placed) {
    boolean priced = placed.lines().stream().allMatch(line -> line.unitPrice() != null);
    SortedMap<String, Double> weights = weights(placed, priced);
    double sum = sum(weights);
    long amount = OrderTotal.of(placed);
    SortedMap<String, Long> amounts = new TreeMap<>();
    if (amount == OrderTotal.UNKNOWN || weights.isEmpty()) {
      return amounts;
    }
    if (sum == 0) {
      weights = weights(placed, false);
      sum = sum(weights);
    }
    long left = amount;
    for (Iterator<Map.Entry<String, Double>> all = weights.entrySet().iterator(); all.hasNext(); ) {
      Map.Entry<String, Double> line = all.next();
      long share = Math.round(amount * (line.getValue() / sum));
      long given = all.hasNext() ? Math.min(share, left) : left;
      amounts.put(line.getKey(), given);
      left -= given;
    }
    return amounts;
  }

  private static SortedMap<String, Double> weights(Order placed, boolean priced) {
    SortedMap<String, Double> weights = new TreeMap<>();
    for (Order.Line line : placed.lines()) {
      double weight = line.quantity() * (priced ? line.unitPrice() : 1.0);
      weights.merge(line.itemId(), weight, Double::sum);
    }
    return weights;
  }

  private static double sum(SortedMap<String, Double> weights) {
    return weights.values().stream().mapToDouble(Double::doubleValue).sum();
  }
}
