package io.millrace.features.quality;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.features.bytes.ByteReader;
import io.millrace.features.bytes.ByteWriter;
import io.millrace.features.decision.ListLevel;
import io.millrace.features.decision.ReasonType;
import io.millrace.features.decision.RecommendationList.Item;
import io.millrace.features.decision.RecommendationList.Reason;
import io.millrace.features.session.Hashes;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ServedListTest {
  private static final long SEED = 3;
  private static final ReasonType[] REASONS = {
    ReasonType.SESSION,
    ReasonType.PROFILE,
    ReasonType.SEQUENCE,
    ReasonType.BOUGHT_TOGETHER,
    ReasonType.SIMILAR_CONTENT,
    ReasonType.TRENDING
  };

  private static List<Item> items(int size, Random random) {
    List<Item> items = new ArrayList<>();
    for (int i = 0; i < size; i++) {
      ReasonType reason = REASONS[random.nextInt(REASONS.length)];
      items.add(new Item("i" + i, -i, new Reason(reason, null, null)));
    }
    return items;
  }

  @Test
  void holdsTheFirstPlacesAndNoMore() {
    Random random = new Random(SEED);
    for (int size = 0; size <= 50; size++) {
      List<Item> items = items(size, random);
      ServedList list = ServedList.of(items, item -> item.itemId().length() == 2);

      assertThat(list.size()).isEqualTo(Math.min(size, 20));
      for (int i = 0; i < 50; i++) {
        boolean held = i < Math.min(size, 20);
        assertThat(list.rankOf(Hashes.of("i" + i))).isEqualTo(held ? i + 1 : 0);
        if (held) {
          assertThat(list.level(i + 1))
              .isEqualTo(ListLevel.of(items.get(i).reason().type(), i < 10));
        }
      }
    }
  }

  @Test
  void readsBackWhatItWrote() {
    Random random = new Random(SEED);
    for (int round = 0; round < 500; round++) {
      ServedList list = ServedList.of(items(random.nextInt(30), random), i -> random.nextBoolean());
      ByteWriter out = new ByteWriter(4);
      list.write(out);
      ServedList read = ServedList.read(new ByteReader(out.toBytes()));
      assertThat(read).as("seed %d", SEED).isEqualTo(list).hasSameHashCodeAs(list);

      QualityEvent judged =
          new QualityEvent(
              random.nextInt() * 1_000L,
              "büro",
              random.nextLong(),
              list,
              random.nextInt(list.size() + 1),
              random.nextInt(1 << 30));
      QualityEvent came = QualityEvent.came(random.nextInt(), "", random.nextLong());
      assertThat(QualityEvent.ofBytes(judged.toBytes())).isEqualTo(judged);
      assertThat(QualityEvent.ofBytes(came.toBytes())).isEqualTo(came);
    }
  }

  @Test
  void differsByItemAndByLevel() {
    Item item = new Item("i", 1, new Reason(ReasonType.TRENDING, null, null));
    Item other = new Item("j", 1, new Reason(ReasonType.TRENDING, null, null));
    ServedList list = ServedList.of(List.of(item), i -> true);

    assertThat(list).isNotEqualTo(ServedList.of(List.of(item), i -> false));
    assertThat(list).isNotEqualTo(ServedList.of(List.of(other), i -> true));
    assertThat(list).isEqualTo(ServedList.of(List.of(item), i -> true));
  }

  @Test
  void refusesEventsThatCannotBe() {
    ServedList list = ServedList.of(items(3, new Random(SEED)), item -> true);

    assertThatThrownBy(() -> new QualityEvent(1, "a", 1, list, 4, 0))
        .hasMessageContaining("rank 4 is on none of 3 places");
    assertThatThrownBy(() -> new QualityEvent(1, "a", 1, null, 1, 0))
        .hasMessageContaining("rank 1");
    assertThatThrownBy(() -> new QualityEvent(1, "a", 1, list, 0, -1))
        .hasMessageContaining("-1 items");
  }

  @Test
  void refusesEventsOfALaterLayout() {
    byte[] later = QualityEvent.came(1, "a", 1).toBytes();
    later[0] = 9;

    assertThatThrownBy(() -> QualityEvent.ofBytes(later))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("a click held against a list has layout version 9");
  }
}
