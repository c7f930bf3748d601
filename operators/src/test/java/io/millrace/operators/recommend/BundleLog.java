package io.millrace.operators.recommend;

import io.millrace.features.bundle.BundleScorer;
import io.millrace.features.bundle.BundleSettings;
import io.millrace.features.catalogue.ItemFact;
import io.millrace.features.catalogue.ItemTable;
import io.millrace.features.decision.Version;
import io.millrace.features.neighbour.PartialAnswer;
import io.millrace.features.neighbour.SessionItems;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * The reference for {@link BundlePostings}: every order of the store, and a recount of them all.
 */
final class BundleLog {
  private static final Comparator<SessionItems> NEWEST_FIRST =
      Comparator.comparingLong(SessionItems::time).thenComparingLong(SessionItems::id).reversed();

  private final BundleSettings settings;
  private final Map<Long, SessionItems> orders = new HashMap<>();
  private final Map<String, Set<SessionItems>> places = new HashMap<>();
  private final Set<Long> takenBack = new HashSet<>();
  private final Set<String> hidden = new HashSet<>();

  BundleLog(BundleSettings settings) {
    this.settings = settings;
  }

  /** An order, or its new lines; where it stood once, its place stays taken. */
  void put(SessionItems order) {
    orders.put(order.id(), order);
    for (String item : order.items()) {
      places
          .computeIfAbsent(item, unused -> new HashSet<>())
          .add(new SessionItems(order.id(), order.time(), new String[0]));
    }
  }

  void takeBack(long id) {
    takenBack.add(id);
  }

  void hide(String item) {
    hidden.add(item);
  }

  /** All items that were ever ordered, and the store as a whole. */
  private Set<String> items() {
    Set<String> items = new HashSet<>(Set.of(ItemFact.ALL_ORDERS));
    orders.values().forEach(order -> items.addAll(List.of(order.items())));
    return items;
  }

  /** What is told of each item in the end. */
  List<ItemFact> facts() {
    List<ItemFact> facts = new ArrayList<>();
    for (String item : items()) {
      int count =
          (int)
              orders.values().stream()
                  .filter(order -> !takenBack.contains(order.id()))
                  .filter(order -> item.isEmpty() || List.of(order.items()).contains(item))
                  .count();
      facts.add(new ItemFact(item, hidden.contains(item), false, false, false, null, 1, count));
    }
    return facts;
  }

  /** The values of Redis by key, without the items that have no bundle. */
  Map<String, String> bundles(int epoch) {
    ItemTable table = new ItemTable();
    facts().forEach(table::put);
    BundleScorer scorer = new BundleScorer(settings);
    Map<String, String> bundles = new TreeMap<>();
    for (String item : items()) {
      List<SessionItems> newest =
          places.getOrDefault(item, Set.of()).stream()
              .sorted(NEWEST_FIRST)
              .limit(settings.ordersPerItem())
              .toList();
      List<SessionItems> net =
          newest.stream()
              .filter(place -> !takenBack.contains(place.id()))
              .map(place -> orders.get(place.id()))
              .filter(order -> List.of(order.items()).contains(item))
              .toList();
      PartialAnswer bundle = scorer.bundle(item, net, table);
      if (bundle.items().length > 0) {
        String version = Version.of(epoch, newest.get(0).time());
        byte[] value = BundleWrites.of(bundle, version).value();
        bundles.put("bundle:{" + item + "}", new String(value, StandardCharsets.UTF_8));
      }
    }
    return bundles;
  }
}
