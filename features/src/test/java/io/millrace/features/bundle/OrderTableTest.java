package io.millrace.features.bundle;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.features.bundle.OrderTable.Change;
import io.millrace.features.catalogue.ItemFact;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class OrderTableTest {
  private static final long SEED = 17;

  @Test
  void holdsWhatAMapHolds() {
    Random random = new Random(SEED);
    Map<String, ItemFact> expected = new HashMap<>();
    OrderTable table = new OrderTable();
    for (int i = 0; i < 300_000; i++) {
      String item = "item-" + random.nextInt(120_000);
      ItemFact fact =
          new ItemFact(
              item,
              random.nextInt(9) == 0,
              random.nextInt(9) == 0,
              random.nextInt(9) == 0,
              random.nextInt(9) == 0,
              null,
              1,
              random.nextInt() >>> 1 + random.nextInt(30));
      table.put(fact);
      expected.put(item, fact);
    }
    OrderTable restored = new OrderTable();
    List<byte[]> chunks = table.toChunks();
    assertThat(chunks).hasSize(expected.size() / 50_000 + 1);
    chunks.forEach(restored::addChunk);

    for (OrderTable held : List.of(table, restored)) {
      assertThat(held.size()).isEqualTo(expected.size());
      expected.forEach(
          (item, fact) -> {
            assertThat(held.orders(item))
                .as("%s with seed %d", item, SEED)
                .isEqualTo(Math.min(fact.orders(), OrderTable.MAX_ORDERS));
            assertThat(held.isShown(item, "")).isEqualTo(fact.isServable() && !fact.adult());
            assertThat(held.isShown(item, item)).isEqualTo(fact.isServable());
          });
    }
  }

  @Test
  void knowsNothingOfAStranger() {
    OrderTable table = new OrderTable();
    assertThat(table.orders()).isZero();
    assertThat(table.orders("a")).isZero();
    assertThat(table.isShown("a", "b")).isTrue();
    assertThat(table.toChunks()).isEmpty();
  }

  @Test
  void saysWhatAFactChanged() {
    OrderTable table = new OrderTable();
    assertThat(table.put(ItemFact.unknown("a"))).isEqualTo(Change.NOTHING);
    assertThat(table.put(RandomBaskets.fact("a", 3))).isEqualTo(Change.COUNT);
    assertThat(table.put(RandomBaskets.fact("a", 3))).isEqualTo(Change.NOTHING);
    assertThat(table.put(new ItemFact("a", true, false, false, false, null, 1, 4)))
        .isEqualTo(Change.VISIBILITY);
    assertThat(table.put(new ItemFact("a", true, true, false, false, "c", 2, 4)))
        .isEqualTo(Change.NOTHING);
  }

  @Test
  void aMillionItemsTakeLessThanThirtyMegabytes() {
    OrderTable table = new OrderTable();
    for (int i = 0; i < 1_000_000; i++) {
      table.put(RandomBaskets.fact("item-" + i, i));
    }
    assertThat(table.size()).isEqualTo(1_000_000);
    assertThat(table.heapBytes()).isEqualTo(12L << 21);
    assertThat(table.toChunks().stream().mapToLong(chunk -> chunk.length).sum())
        .isLessThan(12_000_000);
  }
}
