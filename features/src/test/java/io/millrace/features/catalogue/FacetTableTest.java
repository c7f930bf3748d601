package io.millrace.features.catalogue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class FacetTableTest {
  @Test
  void knowsOfEveryItemWhatWasSaidLastAlsoOverAStoreInAnyOrder() {
    Random random = new Random(7);
    FacetTable table = new FacetTable();
    Map<String, ItemFacets> expected = new HashMap<>();
    for (int i = 0; i < 30_000; i++) {
      String item = "i" + random.nextInt(12_000);
      ItemFacets facets =
          random.nextInt(10) == 0
              ? ItemFacets.none(item)
              : new ItemFacets(
                  item,
                  random.nextInt(8) == 0 ? null : "c" + random.nextInt(20),
                  random.nextInt(8) == 0 ? null : "b" + random.nextInt(300),
                  random.nextInt(8) == 0 ? Double.NaN : Math.pow(1.05, random.nextInt(100)));
      table.put(facets);
      expected.put(item, facets);
    }
    same(table, expected);
    List<byte[]> chunks = table.toChunks();
    Collections.shuffle(chunks, random);
    FacetTable restored = new FacetTable();
    chunks.forEach(restored::addChunk);
    same(restored, expected);
  }

  private static void same(FacetTable table, Map<String, ItemFacets> expected) {
    Map<String, double[]> prices = new HashMap<>();
    for (ItemFacets facets : expected.values()) {
      if (!Double.isNaN(facets.price())) {
        prices.merge(
            facets.category() + "",
            new double[] {facets.price()},
            (one, other) -> {
              double[] both = Arrays.copyOf(one, one.length + 1);
              both[one.length] = other[0];
              return both;
            });
      }
    }
    for (ItemFacets facets : expected.values()) {
      assertThat(table.category(facets.item())).isEqualTo(facets.category());
      assertThat(table.brand(facets.item())).isEqualTo(facets.brand());
      if (Double.isNaN(facets.price())) {
        assertThat(table.priceLevel(facets.item())).isNaN();
      } else {
        double below = 0;
        for (double other : prices.get(facets.category() + "")) {
          below += other < facets.price() ? 1 : other == facets.price() ? 0.5 : 0;
        }
        double level = below / prices.get(facets.category() + "").length;
        assertThat(table.priceLevel(facets.item())).isCloseTo(level, within(1e-9));
      }
    }
  }

  @Test
  void knowsNothingOfAnItemItWasNotTold() {
    FacetTable table = new FacetTable();
    assertThat(table.category("a")).isNull();
    assertThat(table.brand("a")).isNull();
    assertThat(table.priceLevel("a")).isNaN();
    table.put(new ItemFacets("a", "c", "b", 3));
    table.put(ItemFacets.none("a"));
    assertThat(table.category("a")).isNull();
    assertThat(table.size()).isZero();
  }
}
