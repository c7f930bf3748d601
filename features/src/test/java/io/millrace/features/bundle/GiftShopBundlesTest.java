package io.millrace.features.bundle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.millrace.features.catalogue.ItemFact;
import io.millrace.features.catalogue.ItemTable;
import io.millrace.features.decision.BundleList;
import io.millrace.features.neighbour.SessionItems;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * Bundles of the first eight months of a gift shop's orders, asked for every item of every order of
 * the two months after: does another item of the order stand among the twenty? The most bought
 * items of the shop are asked the same.
 */
class GiftShopBundlesTest {
  private static final String TEST_FROM = "2011-08-01";

  private final Map<String, ItemOrders> postings = new HashMap<>();
  private final Map<String, Integer> counts = new HashMap<>();
  private final Map<String, List<String>> bundles = new HashMap<>();
  private int train;

  /** Share of the asked in percent, and of these how many others of the order were listed. */
  private record Hits(double share, double each) {}

  @Test
  void tellWhatElseAShopperBuysFarBetterThanTheMostBoughtItemsDo() throws IOException {
    assumeTrue(
        Files.exists(GiftShopOrders.FILE),
        "skipped: shared/data/orders/online_retail.csv.gz is not beside the project");
    List<GiftShopOrders.Order> orders = GiftShopOrders.read();
    List<GiftShopOrders.Order> test =
        orders.stream().filter(order -> order.day().compareTo(TEST_FROM) >= 0).toList();
    orders.stream().filter(order -> order.day().compareTo(TEST_FROM) < 0).forEach(this::learn);
    bundle();
    List<String> mostBought =
        counts.entrySet().stream()
            .sorted(
                Map.Entry.<String, Integer>comparingByValue(Comparator.reverseOrder())
                    .thenComparing(Map.Entry.comparingByKey()))
            .map(Map.Entry::getKey)
            .limit(BundleList.MAX_ITEMS + 1)
            .toList();

    for (int size : new int[] {5, 10, 20, Integer.MAX_VALUE}) {
      Hits bundled = hits(test, size, false, mostBought);
      Hits popular = hits(test, size, true, mostBought);
      System.out.printf(
          "orders of 2 to %d items: bundles %.3f (%.2f items), most bought %.3f (%.2f items)%n",
          size, bundled.share(), bundled.each(), popular.share(), popular.each());
      if (size <= 10) {
        assertThat(bundled.share()).isGreaterThan(1.4 * popular.share());
        assertThat(bundled.each()).isGreaterThan(2 * popular.each());
      }
    }
    System.out.printf(
        "%d items, %d bytes each, %d at most%n",
        postings.size(),
        postings.values().stream().mapToInt(p -> p.toBytes().length).sum() / postings.size(),
        postings.values().stream().mapToInt(p -> p.toBytes().length).max().orElse(0));
  }

  private void learn(GiftShopOrders.Order order) {
    train++;
    order.items().forEach(item -> counts.merge(item, 1, Integer::sum));
    SessionItems bought = RandomBaskets.order(train, train, order.items());
    for (String item : bought.items()) {
      postings
          .computeIfAbsent(item, i -> new ItemOrders(BundleSettings.DEFAULT.ordersPerItem()))
          .upsert(bought);
    }
  }

  private void bundle() {
    ItemTable table = new ItemTable();
    table.put(RandomBaskets.fact(ItemFact.ALL_ORDERS, train));
    counts.forEach((item, count) -> table.put(RandomBaskets.fact(item, count)));
    BundleScorer scorer = new BundleScorer(BundleSettings.DEFAULT);
    postings.forEach(
        (item, orders) ->
            bundles.put(item, List.of(scorer.bundle(item, orders.held(), table).items())));
  }

  private Hits hits(
      List<GiftShopOrders.Order> test, int size, boolean popular, List<String> mostBought) {
    int asked = 0;
    int hit = 0;
    int listed = 0;
    for (GiftShopOrders.Order order : test) {
      Collection<String> items = order.items();
      if (items.size() > size || items.size() < 2) {
        continue;
      }
      for (String item : items) {
        List<String> list = popular ? mostBought : bundles.getOrDefault(item, List.of());
        int found =
            (int)
                list.stream()
                    .filter(other -> !other.equals(item))
                    .limit(BundleList.MAX_ITEMS)
                    .filter(items::contains)
                    .count();
        asked++;
        hit += found > 0 ? 1 : 0;
        listed += found;
      }
    }
    return new Hits(hit / (double) asked, listed / (double) asked);
  }
}
