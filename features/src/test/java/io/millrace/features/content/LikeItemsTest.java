package io.millrace.features.content;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.features.neighbour.PartialAnswer;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class LikeItemsTest {
  private static final long SEED = 31;

  @Test
  void bestAreThoseOfAPlainMapThroughTheirBytes() {
    Random random = new Random(SEED);
    LikeItems likes = new LikeItems();
    Map<String, Map<Long, Integer>> expected = new TreeMap<>();
    for (int step = 0; step < 4_000; step++) {
      String item = "i" + random.nextInt(40);
      long bucket = random.nextInt(3) - 1;
      int similarity = Math.max(0, random.nextInt(12) - 4) * 30;
      likes.put(item, bucket, similarity);
      expected.computeIfAbsent(item, key -> new TreeMap<>()).put(bucket, similarity);
      if (step % 11 == 0) {
        likes = LikeItems.ofBytes(likes.toBytes());
      }
      PartialAnswer best = likes.best("x", 20);
      List<String> items =
          expected.keySet().stream()
              .filter(key -> most(expected.get(key)) > 0)
              .sorted(
                  Comparator.comparing((String key) -> -most(expected.get(key)))
                      .thenComparing(Comparator.naturalOrder()))
              .limit(20)
              .toList();
      assertThat(best.items())
          .as("seed %d, step %d", SEED, step)
          .containsExactly(items.toArray(String[]::new));
      for (int i = 0; i < items.size(); i++) {
        assertThat((int) best.evidence()[i]).isEqualTo(most(expected.get(items.get(i))));
        assertThat(best.scores()[i]).isEqualTo(best.evidence()[i] / 255f);
      }
    }
  }

  private static int most(Map<Long, Integer> byBucket) {
    return byBucket.values().stream().mapToInt(Integer::intValue).max().orElse(0);
  }

  @Test
  void bucketTakesBackOnlyWhatItSaidItself() {
    LikeItems likes = new LikeItems();
    likes.put("a", 2, 100);
    likes.put("a", 1, 0);

    assertThat(likes.best("x", 20).items()).containsExactly("a");
    likes.put("a", 2, 0);
    assertThat(likes.size()).isZero();
  }

  @Test
  void bytesAreTheSameInAnyOrder() {
    LikeItems one = new LikeItems();
    LikeItems other = new LikeItems();
    one.put("a", 1, 100);
    one.put("b", -7, 255);
    other.put("c", 3, 5);
    other.put("b", -7, 255);
    other.put("c", 3, 0);
    other.put("a", 1, 100);

    assertThat(one.toBytes()).isEqualTo(other.toBytes());
  }

  @Test
  void signedItemSurvivesItsBytes() {
    SignedItem item = new SignedItem();
    item.set(-5, new long[] {1, Long.MIN_VALUE, Long.MAX_VALUE});

    SignedItem read = SignedItem.ofBytes(item.toBytes());

    assertThat(read.fingerprint()).isEqualTo(-5);
    assertThat(read.bands()).containsExactly(1, Long.MIN_VALUE, Long.MAX_VALUE);
    read.clear();
    assertThat(read.isEmpty()).isTrue();
  }
}
