package io.millrace.features.bundle;

import io.millrace.features.catalogue.ItemFact;
import io.millrace.features.decision.BundleList;
import io.millrace.features.neighbour.SessionItems;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/**
 * The reference for bundles: every order of the store in a map, counted anew whenever a bundle is
 * asked for, and the ratio in sixty digits.
 */
public final class NaiveBundles {
  private static final Comparator<SessionItems> NEWEST_FIRST =
      Comparator.comparingLong(SessionItems::time).thenComparingLong(SessionItems::id).reversed();

  private final Map<Long, SessionItems> orders = new HashMap<>();
  private final Set<Long> takenBack = new HashSet<>();

  /** An order of the log, in place of an earlier state with the same items or others. */
  public void put(SessionItems order) {
    orders.put(order.id(), order);
    takenBack.remove(order.id());
  }

  /** An order is taken back whole. */
  public void takeBack(long id) {
    takenBack.add(id);
  }

  /** All that was ever known of an order is forgotten. */
  public void forget(Predicate<SessionItems> which) {
    orders.values().removeIf(which);
  }

  /** Net orders that hold an item, or all for the pseudo item. */
  public int orders(String item) {
    return (int)
        orders.values().stream()
            .filter(order -> !takenBack.contains(order.id()))
            .filter(order -> item.equals(ItemFact.ALL_ORDERS) || holds(order, item))
            .count();
  }

  /**
   * The bundle as lines of item, score, orders and of.
   *
   * @param shown which candidates may be listed
   */
  public List<String> bundle(String item, BundleSettings settings, Predicate<String> shown) {
    List<SessionItems> own =
        orders.values().stream()
            .filter(order -> holds(order, item))
            .sorted(NEWEST_FIRST)
            .limit(settings.ordersPerItem())
            .filter(order -> !takenBack.contains(order.id()))
            .toList();
    List<String> best = listed(item, own, settings.minimumOrders(), shown);
    return best.isEmpty() ? listed(item, own, 1, shown) : best;
  }

  private record Row(String item, float score, int orders) {}

  private List<String> listed(
      String item, List<SessionItems> own, int minimum, Predicate<String> shown) {
    Set<String> others = new HashSet<>();
    own.forEach(order -> others.addAll(List.of(order.items())));
    others.remove(item);
    List<Row> rows = new ArrayList<>();
    for (String other : others) {
      int both = (int) own.stream().filter(order -> holds(order, other)).count();
      float score = score(both, own.size(), orders(other), orders(ItemFact.ALL_ORDERS));
      if (both >= minimum && score > 0 && shown.test(other)) {
        rows.add(new Row(other, score, both));
      }
    }
    rows.sort(Comparator.comparingDouble(Row::score).reversed().thenComparing(Row::item));
    return rows.stream()
        .limit(BundleList.MAX_ITEMS)
        .map(row -> row.item() + " " + row.score() + " " + row.orders() + " of " + own.size())
        .toList();
  }

  private static float score(int both, int own, int withOther, int all) {
    int elsewhere = withOther - both;
    int neither = all - own - elsewhere;
    if (neither + elsewhere == 0 || (long) both * (neither + elsewhere) <= (long) elsewhere * own) {
      return 0;
    }
    double ratio = ExactRatio.of(both, own - both, elsewhere, neither);
    return BigDecimal.valueOf(ratio).round(new MathContext(3, RoundingMode.HALF_UP)).floatValue();
  }

  private static boolean holds(SessionItems order, String item) {
    return List.of(order.items()).contains(item);
  }
}
