package io.millrace.features.bundle;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.features.catalogue.ItemFact;
import io.millrace.features.catalogue.ItemTable;
import io.millrace.features.decision.BundleList;
import io.millrace.features.neighbour.PartialAnswer;
import io.millrace.features.neighbour.SessionItems;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class BundleScorerTest {
  private static final BundleSettings SETTINGS = new BundleSettings(8, 2);

  static IntStream seeds() {
    return IntStream.range(0, 100);
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void agreesWithARecountOfTheWholeLog(int seed) {
    Random random = new Random(seed);
    RandomBaskets baskets = new RandomBaskets(seed);
    NaiveBundles expected = new NaiveBundles();
    Map<String, ItemOrders> postings = new HashMap<>();
    List<SessionItems> placed = new ArrayList<>();
    for (int i = 1 + random.nextInt(150); i > 0; i--) {
      SessionItems order = baskets.next(random.nextLong());
      placed.add(order);
      expected.put(order);
      for (String item : order.items()) {
        postings.computeIfAbsent(item, unused -> empty()).upsert(order);
      }
      if (random.nextInt(5) == 0) {
        SessionItems wrong = placed.get(random.nextInt(placed.size()));
        expected.takeBack(wrong.id());
        for (String item : wrong.items()) {
          postings.get(item).retract(wrong.id());
        }
      }
    }
    ItemTable table = table(expected);

    for (int i = 0; i < RandomBaskets.ITEMS; i++) {
      String item = "i" + i;
      ItemOrders orders = postings.getOrDefault(item, empty());
      assertThat(RandomBaskets.lines(bundle(item, orders.held(), table)))
          .as("bundle of %s, seed %d", item, seed)
          .isEqualTo(expected.bundle(item, SETTINGS, any -> true));
    }
  }

  private static ItemOrders empty() {
    return new ItemOrders(SETTINGS.ordersPerItem());
  }

  private static PartialAnswer bundle(String item, List<SessionItems> orders, ItemTable table) {
    return new BundleScorer(SETTINGS).bundle(item, orders, table);
  }

  private static ItemTable table(NaiveBundles log) {
    ItemTable table = new ItemTable();
    table.put(RandomBaskets.fact(ItemFact.ALL_ORDERS, log.orders(ItemFact.ALL_ORDERS)));
    for (int i = 0; i < RandomBaskets.ITEMS; i++) {
      table.put(RandomBaskets.fact("i" + i, log.orders("i" + i)));
    }
    return table;
  }

  private static ItemTable table(int all, Map<String, Integer> orders) {
    ItemTable table = new ItemTable();
    table.put(RandomBaskets.fact(ItemFact.ALL_ORDERS, all));
    orders.forEach((item, count) -> table.put(RandomBaskets.fact(item, count)));
    return table;
  }

  private static SessionItems order(long id, String... items) {
    return RandomBaskets.order(id, id, List.of(items));
  }

  @Test
  void listsWhatIsBoughtTogetherTwiceAndLeavesChanceOut() {
    ItemTable table = table(100, Map.of("a", 3, "b", 2, "c", 1, "d", 90));

    PartialAnswer bundle =
        bundle(
            "a", List.of(order(1, "a", "b", "d"), order(2, "a", "b", "c"), order(3, "a")), table);

    assertThat(bundle.source()).isEqualTo("a");
    assertThat(bundle.items()).containsExactly("b");
    assertThat(bundle.evidence()).containsExactly((short) 2);
    assertThat(bundle.sessions()).isEqualTo(3);
  }

  @Test
  void oneOrderIsEnoughWhereNothingIsBoughtTogetherTwice() {
    ItemTable table = table(100, Map.of("a", 2, "b", 5, "c", 1));

    PartialAnswer bundle = bundle("a", List.of(order(1, "a", "b"), order(2, "a", "c")), table);

    assertThat(bundle.items()).as("the rarer first").containsExactly("c", "b");
  }

  @Test
  void whatIsBoughtLessOftenThanElsewhereIsLeftOut() {
    ItemTable table = table(100, Map.of("a", 4, "bag", 96));
    List<SessionItems> orders =
        List.of(order(1, "a", "bag"), order(2, "a", "bag"), order(3, "a"), order(4, "a"));

    assertThat(bundle("a", orders, table).items()).isEmpty();
  }

  @Test
  void countsOfTheStoreThatLagBehindCountAsZero() {
    List<SessionItems> orders = List.of(order(1, "a", "b"), order(2, "a", "b"));

    assertThat(bundle("a", orders, table(0, Map.of())).items()).isEmpty();
    assertThat(bundle("a", orders, table(1, Map.of("b", 1))).items()).isEmpty();
    assertThat(bundle("a", orders, table(9, Map.of("b", 1))).items()).containsExactly("b");
  }

  @Test
  void whatIsNotShownIsLeftOutAndAdultsItemsStandBesideTheirLikeOnly() {
    ItemTable table = table(100, Map.of("a", 2, "b", 2, "c", 2, "d", 2, "e", 2));
    List<SessionItems> orders =
        List.of(order(1, "a", "b", "c", "d", "e"), order(2, "a", "b", "c", "d", "e"));
    table.put(new ItemFact("b", true, false, false, false, null, 1, 2));
    table.put(new ItemFact("c", false, true, false, false, null, 1, 2));
    table.put(new ItemFact("d", false, false, false, true, null, 1, 2));
    table.put(new ItemFact("e", false, false, true, false, null, 1, 2));

    assertThat(bundle("a", orders, table).items()).isEmpty();
    table.put(new ItemFact("a", false, false, true, false, null, 1, 2));
    assertThat(bundle("a", orders, table).items()).containsExactly("e");
    assertThat(bundle("e", orders, table).items()).containsExactly("a");
  }

  @Test
  void listsTwentyAtMostTiesByItemId() {
    List<String> items = IntStream.range(10, 50).mapToObj(i -> "x" + i).toList();
    List<SessionItems> orders = new ArrayList<>();
    Map<String, Integer> counts = new HashMap<>(Map.of("a", 4));
    for (int i = 0; i < 4; i++) {
      List<String> half = new ArrayList<>(items.subList(i % 2 * 20, i % 2 * 20 + 19));
      half.forEach(item -> counts.merge(item, 1, Integer::sum));
      half.add("a");
      orders.add(RandomBaskets.order(i, i, half));
    }

    assertThat(bundle("a", orders, table(1_000, counts)).items())
        .hasSize(BundleList.MAX_ITEMS)
        .isSorted()
        .startsWith("x10");
  }
}
