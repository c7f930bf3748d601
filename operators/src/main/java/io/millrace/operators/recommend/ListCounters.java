package io.millrace.operators.recommend;

import io.millrace.features.decision.ReasonType;
import io.millrace.features.decision.RecommendationList.Item;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;

/** How many lists were made, and of what: {@code items_<reason>} counts the items of each level. */
final class ListCounters {
  private final Counter lists;
  private final Counter emptyLists;
  private final Map<ReasonType, Counter> items = new EnumMap<>(ReasonType.class);

  ListCounters(MetricGroup metrics) {
    lists = metrics.counter("lists_written");
    emptyLists = metrics.counter("lists_empty");
    for (ReasonType type : ReasonType.values()) {
      if (type != ReasonType.OTHER) {
        items.put(type, metrics.counter("items_" + type.wireName()));
      }
    }
  }

  void count(List<Item> list) {
    lists.inc();
    if (list.isEmpty()) {
      emptyLists.inc();
    }
    for (Item item : list) {
      items.get(item.reason().type()).inc();
    }
  }
}
