package io.millrace.features.cascade;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.features.cascade.Cascade.Audience;
import io.millrace.features.cascade.CascadeSettings.AdultPolicy;
import io.millrace.features.catalogue.ItemFact;
import io.millrace.features.catalogue.ItemTable;
import io.millrace.features.decision.Evidence;
import io.millrace.features.decision.ReasonType;
import io.millrace.features.decision.RecommendationList.Item;
import io.millrace.features.decision.RecommendationList.Reason;
import io.millrace.features.session.Hashes;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class CascadeTest {
  private static final long[] NOTHING_BOUGHT = {};
  private static final int[] NOTHING_PASSED = {};

  private final ItemTable table = new ItemTable();
  private final Pins pins = new Pins();
  private CascadeSettings settings = CascadeSettings.DEFAULT.withListSize(4);

  private static Item item(String id, double score) {
    return new Item(id, score, new Reason(ReasonType.SESSION, "current", Evidence.sessions(1, 2)));
  }

  private static List<Item> level(String... ids) {
    return Arrays.stream(ids).map(id -> item(id, 10 - Arrays.asList(ids).indexOf(id))).toList();
  }

  private static Audience anybody() {
    return new Audience("current", Set.of("current"), NOTHING_BOUGHT, NOTHING_PASSED, 1_000);
  }

  @SafeVarargs
  private List<String> list(Audience audience, List<Item>... levels) {
    return new Cascade(settings, table, pins)
        .list(audience, number -> number < levels.length ? levels[number] : null).stream()
            .map(Item::itemId)
            .toList();
  }

  private void know(String item, String category, boolean hidden, boolean adult, float boost) {
    table.put(new ItemFact(item, hidden, false, adult, false, category, boost, 0));
  }

  @Test
  void fillsUpLevelByLevelAndNamesNothingTwice() {
    assertThat(list(anybody(), level("a"), level("b", "a"), level("c", "d", "e")))
        .containsExactly("a", "b", "c", "d");
  }

  @Test
  void leavesShortListsShortWhereToldTo() {
    settings = settings.withoutFillUp();

    assertThat(list(anybody(), level("a"), level("b"))).containsExactly("a");
  }

  @Test
  void hiddenSoldOutAndExcludedItemsAreInNoList() {
    know("a", null, true, false, 1);
    table.put(new ItemFact("b", false, true, false, false, null, 1, 0));
    table.put(new ItemFact("c", false, false, false, true, null, 1, 0));

    assertThat(list(anybody(), level("a", "b", "c", "d"), level("a", "b", "c")))
        .containsExactly("d");
  }

  @Test
  void whatWasBoughtComesBackOnlyInRepeatableCategories() {
    know("coffee", "food/coffee/beans", false, false, 1);
    know("lamp", "home/lamps", false, false, 1);
    settings = new CascadeSettings(4, true, AdultPolicy.MATCH, 1, 1, Set.of("food/coffee", "foo"));
    Audience buyer =
        new Audience(
            "current",
            Set.of(),
            new long[] {Hashes.of("coffee"), Hashes.of("lamp"), Hashes.of("unknown")},
            NOTHING_PASSED,
            0);

    assertThat(list(buyer, level("lamp", "coffee", "unknown", "x"))).containsExactly("coffee", "x");
  }

  @Test
  void itemsForAdultsAreForThoseWhoLookAtOne() {
    know("wine", null, false, true, 1);
    know("gin", null, false, true, 1);
    Audience adult = new Audience("gin", Set.of(), NOTHING_BOUGHT, NOTHING_PASSED, 0);

    assertThat(list(anybody(), level("wine", "a"))).containsExactly("a");
    assertThat(list(adult, level("wine", "a"))).containsExactly("wine", "a");
    settings = new CascadeSettings(4, true, AdultPolicy.HIDE, 1, 1, Set.of());
    assertThat(list(adult, level("wine", "a"))).containsExactly("a");
    settings = new CascadeSettings(4, true, AdultPolicy.SHOW, 1, 1, Set.of());
    assertThat(list(anybody(), level("wine", "a"))).containsExactly("wine", "a");
  }

  @Test
  void aCategoryThatHasHadItsShareStandsBehindTheOthers() {
    settings = new CascadeSettings(4, true, AdultPolicy.MATCH, 0.5, 1, Set.of());
    for (String id : List.of("a", "b", "c", "d")) {
      know(id, "home", false, false, 1);
    }
    know("x", "garden", false, false, 1);

    assertThat(list(anybody(), level("a", "b", "c", "d", "x"), level("z")))
        .containsExactly("a", "b", "x", "c");
  }

  @Test
  void boostsAndDisregardMoveWithinALevelOnly() {
    know("b", null, false, false, 2);
    Audience bored =
        new Audience(
            "current",
            Set.of(),
            NOTHING_BOUGHT,
            new int[] {(int) Hashes.of("c"), (int) Hashes.of("c")},
            0);

    assertThat(list(bored, List.of(item("a", 3), item("c", 2.9), item("b", 2), item("d", 1.9))))
        .containsExactly("b", "a", "d", "c");
    assertThat(list(anybody(), level("a"), level("c", "b"))).containsExactly("a", "b", "c");
  }

  @Test
  void pinnedItemsStandAtTheirPlacesWhileTheyMay() {
    pins.put("c1", new Pins.Pin("p", 2, Long.MAX_VALUE));
    pins.put("c2", new Pins.Pin("hidden", 1, Long.MAX_VALUE));
    pins.put("c3", new Pins.Pin("late", 1, 500));
    pins.put("c4", new Pins.Pin("d", 1, Long.MAX_VALUE));
    know("hidden", null, true, false, 1);

    assertThat(list(anybody(), level("a", "b", "c", "d"))).containsExactly("d", "p", "a", "b");

    pins.put("c1", null);
    assertThat(list(anybody(), level("a", "b", "c", "d"))).containsExactly("d", "a", "b", "c");
  }

  @Test
  void aListIsNeverEmptyWhileAnythingMayBeShown() {
    Audience buyer = new Audience("a", Set.of("a"), new long[] {Hashes.of("b")}, NOTHING_PASSED, 0);
    know("c", null, true, false, 1);

    assertThat(list(buyer, level(), level("a", "b", "c"))).containsExactly("a", "b");
  }
}
