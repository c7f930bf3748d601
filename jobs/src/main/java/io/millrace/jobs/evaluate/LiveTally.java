package io.millrace.jobs.evaluate;

import io.millrace.features.decision.ListLevel;
import io.millrace.features.decision.RecommendationList.Item;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/**
 * What lists foresaw, kind by kind: whole, and level by level beside what is trending in the store,
 * put in the very same places.
 */
final class LiveTally {
  private final Map<LiveKind, Ranks> lists = new EnumMap<>(LiveKind.class);
  private final Map<LiveKind, Ranks> trending = new EnumMap<>(LiveKind.class);
  private final Map<LiveKind, Map<ListLevel, PairedHits>> levels = new EnumMap<>(LiveKind.class);

  LiveTally() {
    for (LiveKind kind : LiveKind.values()) {
      lists.put(kind, new Ranks());
      trending.put(kind, new Ranks());
      Map<ListLevel, PairedHits> empty = new EnumMap<>(ListLevel.class);
      for (ListLevel level : ListLevel.values()) {
        empty.put(level, new PairedHits());
      }
      levels.put(kind, empty);
    }
  }

  /**
   * Holds one list against one event.
   *
   * @param target the item of the event
   * @param list what was recommended
   * @param trends what was trending in the store when the list was made, best first
   * @param levelOf names the level an item of the list came from
   */
  void add(
      LiveKind kind,
      String target,
      List<Item> list,
      List<String> trends,
      Function<Item, ListLevel> levelOf) {
    List<String> items = list.stream().map(Item::itemId).toList();
    lists.get(kind).add(items.indexOf(target) + 1);
    trending.get(kind).add(trends.indexOf(target) + 1);
    for (int start = 0, end; start < items.size(); start = end) {
      ListLevel from = levelOf.apply(list.get(start));
      for (end = start + 1; end < items.size(); end++) {
        if (levelOf.apply(list.get(end)) != from) {
          break;
        }
      }
      levels
          .get(kind)
          .get(from)
          .add(
              end - start,
              items.subList(start, end).contains(target),
              instead(trends, items.subList(0, start), end - start).contains(target));
    }
  }

  /** The first that are trending and not above. */
  private static List<String> instead(List<String> trends, List<String> above, int slots) {
    Set<String> taken = new HashSet<>(above);
    List<String> instead = new ArrayList<>(slots);
    for (String trend : trends) {
      if (instead.size() < slots && !taken.contains(trend)) {
        instead.add(trend);
      }
    }
    return instead;
  }

  Ranks lists(LiveKind kind) {
    return lists.get(kind);
  }

  Ranks trending(LiveKind kind) {
    return trending.get(kind);
  }

  /** What a level of candidates did for events of a kind. */
  PairedHits level(LiveKind kind, ListLevel level) {
    return levels.get(kind).get(level);
  }

  /** What a level of candidates did for events of all kinds. */
  PairedHits level(ListLevel level) {
    PairedHits sum = new PairedHits();
    levels.values().forEach(of -> sum.add(of.get(level)));
    return sum;
  }
}
