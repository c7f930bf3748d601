package io.millrace.operators.recommend;

import io.millrace.features.decision.ReasonType;
import io.millrace.features.decision.RecommendationList.Item;
import io.millrace.features.decision.RecommendationList.Reason;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What is trending, in the store and in every category, as candidates for lists. */
final class TrendTops {
  private static final Reason TRENDING = new Reason(ReasonType.TRENDING, null, null);

  private final Map<String, TrendTop> byList = new HashMap<>();

  void put(TrendTop top) {
    if (top.items().isEmpty()) {
      byList.remove(top.list());
    } else {
      byList.put(top.list(), top);
    }
  }

  Collection<TrendTop> all() {
    return byList.values();
  }

  /**
   * The candidates of a list; none if nothing is trending there. Zero points: they say nothing
   * about the visitor, and stand below all that does.
   */
  List<Item> candidates(String list) {
    TrendTop top = byList.get(list);
    if (top == null) {
      return List.of();
    }
    List<Item> items = new ArrayList<>(top.items().size());
    top.items().forEach(trending -> items.add(new Item(trending.item(), 0, TRENDING)));
    return items;
  }

  /** The lists that suit a category, the nearest first: its own, those above, the store's. */
  static List<String> listsAround(String category) {
    List<String> lists = new ArrayList<>(4);
    for (String path = category; path != null && !path.isEmpty(); ) {
      lists.add(path);
      int slash = path.lastIndexOf('/');
      path = slash < 0 ? null : path.substring(0, slash);
    }
    lists.add(TrendUpdate.ALL);
    return lists;
  }
}
