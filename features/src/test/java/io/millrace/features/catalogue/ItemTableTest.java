package io.millrace.features.catalogue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ItemTableTest {
  private static final long SEED = 20_250_601;

  /** Boosts that the table keeps exactly. */
  private static final float[] BOOSTS = {1, 1, 1, 0.5f, 1.25f, 2, 3, 10};

  private static ItemFact random(String item, Random random, int categories) {
    return new ItemFact(
        item,
        random.nextInt(5) == 0,
        random.nextInt(5) == 0,
        random.nextInt(5) == 0,
        random.nextInt(5) == 0,
        random.nextInt(5) == 0 ? null : "c" + random.nextInt(9) + "/d" + random.nextInt(categories),
        BOOSTS[random.nextInt(BOOSTS.length)],
        random.nextInt(1 << random.nextInt(20)));
  }

  @Test
  void knowsNothingOfAnItemItWasNotTold() {
    ItemTable table = new ItemTable();

    assertThat(table.fact("a")).isEqualTo(ItemFact.unknown("a"));
    assertThat(table.get("a")).isEqualTo(ItemBits.UNKNOWN);
    assertThat(ItemBits.isServable(table.get("a"))).isTrue();
    assertThat(table.remove("a")).isEqualTo(ItemBits.UNKNOWN);
  }

  @Test
  void tellsWhatWasKnownBeforeAPut() {
    ItemTable table = new ItemTable();
    ItemFact shown = new ItemFact("a", false, false, false, false, "x/y", 1, 3);
    ItemFact hidden = new ItemFact("a", true, false, false, false, "x/y", 1, 3);

    assertThat(table.put(shown)).isEqualTo(ItemBits.UNKNOWN);
    assertThat(ItemBits.isHidden(table.put(hidden))).isFalse();
    assertThat(ItemBits.isHidden(table.put(shown))).isTrue();
    assertThat(table.categoryPath(ItemBits.category(table.get("a")))).isEqualTo("x/y");
  }

  @Test
  void spendsNothingOnAnItemThatIsAsGoodAsUnknown() {
    ItemTable table = new ItemTable();
    table.put(new ItemFact("a", true, false, false, false, null, 1, 0));
    table.put(ItemFact.unknown("a"));

    assertThat(table.size()).isZero();
  }

  @Test
  void agreesWithAMapAfterRandomPutsAndRemovals() {
    Random random = new Random(SEED);
    for (int items : new int[] {1, 10, 200, 5_000}) {
      ItemTable table = new ItemTable();
      Map<String, ItemFact> map = new HashMap<>();
      for (int step = 0; step < 20 * items; step++) {
        String item = "i" + random.nextInt(items);
        ItemFact before = map.getOrDefault(item, ItemFact.unknown(item));
        assertThat(table.fact(item)).as("seed %d", SEED).isEqualTo(before);
        if (random.nextInt(3) == 0) {
          table.remove(item);
          map.remove(item);
        } else {
          ItemFact fact = random(item, random, 50);
          table.put(fact);
          map.put(item, fact);
        }
      }
      map.values().removeIf(fact -> fact.equals(ItemFact.unknown(fact.item())));
      assertThat(table.size()).isEqualTo(map.size());
      map.forEach((item, fact) -> assertThat(table.fact(item)).isEqualTo(fact));
    }
  }

  @Test
  void holdsAMillionItemsInSixteenBytesASlot() {
    int million = 1_000_000;
    Random random = new Random(SEED);
    ItemTable table = new ItemTable();
    Map<String, ItemFact> map = new HashMap<>(2 * million);
    for (int i = 0; i < million; i++) {
      // Never as good as unknown: each takes a slot.
      ItemFact fact = random("item-" + i, random, 500);
      fact =
          fact.orders() > 0
              ? fact
              : new ItemFact("item-" + i, true, false, false, false, null, 1, 0);
      map.put(fact.item(), fact);
      table.put(fact);
    }

    assertThat(table.size()).isEqualTo(million);
    for (int i = 0; i < 2 * million; i += 7) {
      String item = "item-" + i;
      ItemFact expected = map.getOrDefault(item, ItemFact.unknown(item));
      if (!table.fact(item).equals(expected)) {
        assertThat(table.fact(item)).as("seed %d", SEED).isEqualTo(expected);
      }
    }
    double slotsAnItem = table.slots() / (double) million;
    System.out.printf(
        "item table: %.1f bytes an item, load %.2f%n",
        table.sizeInBytes() / (double) million, 1 / slotsAnItem);
    assertThat(table.sizeInBytes() - 160L * 9 * 500)
        .isLessThanOrEqualTo((long) ItemTable.SLOT_BYTES * table.slots());
    assertThat(slotsAnItem).isLessThan(1.4);
  }

  @Test
  void isNeverFullerThanNineTenthsNorEmptierThanSevenOnceItIsLarge() {
    ItemTable table = new ItemTable();
    for (int i = 0; i < 300_000; i++) {
      table.put(new ItemFact("i" + i, true, false, false, false, null, 1, 0));
      double load = table.size() / (double) table.slots();
      if (load > 0.9 || i > 20_000 && load < 0.7) {
        assertThat(load).as("load at %d items", i + 1).isBetween(0.7, 0.9);
      }
    }
  }

  @Test
  void goesThroughChunksInAnyOrder() {
    Random random = new Random(SEED);
    ItemTable table = new ItemTable();
    for (int i = 0; i < 3 * ItemTable.CHUNK + 5; i++) {
      table.put(random("i" + i, random, 700));
    }
    List<byte[]> chunks = table.toChunks();
    assertThat(chunks).hasSizeBetween(3, 4);
    Collections.shuffle(chunks, random);

    ItemTable read = new ItemTable();
    read.put(new ItemFact("other", false, false, false, false, "elsewhere", 1, 0));
    chunks.forEach(read::addChunk);
    chunks.forEach(read::addChunk);

    assertThat(read.size()).isEqualTo(table.size() + 1);
    for (int i = 0; i < 4 * ItemTable.CHUNK; i++) {
      assertThat(read.fact("i" + i)).as("seed %d", SEED).isEqualTo(table.fact("i" + i));
    }
    assertThat(new ItemTable().toChunks()).isEmpty();
  }

  @Test
  void keepsAnyBoostToAThousandth() {
    ItemTable table = new ItemTable();
    for (float boost = ItemFact.MIN_BOOST; boost <= ItemFact.MAX_BOOST; boost *= 1.0007f) {
      table.put(new ItemFact("a", false, false, false, false, null, boost, 0));
      assertThat(ItemBits.boost(table.get("a")) / boost).isCloseTo(1, within(0.001f));
    }
    for (float boost : new float[] {0.5f, 0.75f, 1, 1.5f, 2, 4, 10}) {
      table.put(new ItemFact("a", false, false, false, false, null, boost, 0));
      assertThat(ItemBits.boost(table.get("a"))).isEqualTo(boost);
    }
  }

  @Test
  void takesTheCategoryAboveWhenItCannotNumberMore() {
    ItemTable table = new ItemTable(2);
    table.put(new ItemFact("a", false, false, false, false, "x", 1, 0));
    table.put(new ItemFact("b", false, false, false, false, "y", 1, 0));
    table.put(new ItemFact("c", false, false, false, false, "x/z/w", 1, 0));
    table.put(new ItemFact("d", false, false, false, false, "q/r", 1, 7));

    assertThat(table.fact("c").category()).isEqualTo("x");
    assertThat(table.fact("d").category()).isNull();
    assertThat(table.fact("d").orders()).isEqualTo(7);
  }

  @Test
  void countsAtMostWhatFits() {
    ItemTable table = new ItemTable();
    table.put(new ItemFact("", false, false, false, false, null, 1, Integer.MAX_VALUE));

    assertThat(ItemBits.orders(table.get(ItemFact.ALL_ORDERS))).isEqualTo(ItemBits.MAX_ORDERS);
    assertThat(ItemBits.isServable(table.get(ItemFact.ALL_ORDERS))).isTrue();
  }
}
