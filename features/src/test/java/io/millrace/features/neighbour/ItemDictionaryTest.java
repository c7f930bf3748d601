package io.millrace.features.neighbour;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.features.bytes.ByteReader;
import io.millrace.features.bytes.ByteWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ItemDictionaryTest {
  private static final String[] LETTERS = {"a", "b", "7", "é", "茶", "🍵", "\uFF21"};

  private static String item(Random random) {
    StringBuilder text = new StringBuilder();
    int size = random.nextInt(20) == 0 ? 200 : 1 + random.nextInt(4);
    for (int i = 0; i < size; i++) {
      text.append(LETTERS[random.nextInt(LETTERS.length)]);
    }
    return text.toString();
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void countsTheUsesOfEveryItem(long seed) {
    Random random = new Random(seed);
    ItemDictionary dictionary = new ItemDictionary(0);
    Map<String, Integer> expected = new TreeMap<>();
    List<Integer> held = new ArrayList<>();
    for (int step = 0; step < 2_000; step++) {
      if (random.nextInt(3) > 0 || held.isEmpty()) {
        String item = item(random);
        held.add(dictionary.use(item));
        expected.merge(item, 1, Integer::sum);
      } else {
        int number = held.remove(random.nextInt(held.size()));
        expected.merge(dictionary.item(number), -1, Integer::sum);
        dictionary.release(number);
      }
    }

    int used = 0;
    for (Map.Entry<String, Integer> item : expected.entrySet()) {
      int number = dictionary.find(item.getKey());
      assertThat(dictionary.item(number)).as("seed %d", seed).isEqualTo(item.getKey());
      assertThat(dictionary.isUsed(number)).isEqualTo(item.getValue() > 0);
      used += item.getValue() > 0 ? item.getKey().getBytes(StandardCharsets.UTF_8).length : 0;
    }
    assertThat(dictionary.usedBytes()).isEqualTo(used);
    assertThat(dictionary.size()).isEqualTo(expected.size());
    assertThat(dictionary.find("never seen")).isEqualTo(-1);
  }

  @ParameterizedTest
  @ValueSource(longs = {11, 12, 13, 14})
  void writesWhatIsInUseAndReadsItBack(long seed) {
    Random random = new Random(seed);
    ItemDictionary dictionary = new ItemDictionary(0);
    List<String> used = new ArrayList<>();
    for (int i = 0; i < 300; i++) {
      String item = item(random);
      boolean isNew = dictionary.find(item) < 0;
      int number = dictionary.use(item);
      if (isNew && random.nextInt(3) == 0) {
        dictionary.release(number);
      }
    }
    for (int number = 0; number < dictionary.size(); number++) {
      if (dictionary.isUsed(number)) {
        used.add(dictionary.item(number));
      }
    }
    ByteWriter out = new ByteWriter(16);
    dictionary.write(out);
    out.writeByte(42);

    ByteReader in = new ByteReader(out.toBytes());
    ItemDictionary read = ItemDictionary.read(in);

    assertThat(in.readByte()).as("seed %d, what follows", seed).isEqualTo(42);
    assertThat(read.size()).isEqualTo(used.size());
    for (int number = 0; number < used.size(); number++) {
      assertThat(read.item(number)).isEqualTo(used.get(number));
      assertThat(read.find(used.get(number))).isEqualTo(number);
      assertThat(read.isUsed(number)).isFalse();
    }
    int next = read.use("and one more");
    assertThat(read.item(next)).isEqualTo("and one more");
  }

  @Test
  void comparesByCodePoints() {
    ItemDictionary dictionary = new ItemDictionary(0);
    int latin = dictionary.use("ab");
    int longer = dictionary.use("abc");
    int wide = dictionary.use("\uFF21");
    int cup = dictionary.use("🍵");

    assertThat(dictionary.compare(latin, longer)).isNegative();
    assertThat(dictionary.compare(longer, wide)).isNegative();
    assertThat(dictionary.compare(cup, wide)).isPositive();
    assertThat(dictionary.compare(cup, cup)).isZero();
  }

  @Test
  void refusesAnItemThatItCannotHold() {
    ItemDictionary dictionary = new ItemDictionary(0);

    assertThatThrownBy(() -> dictionary.use("x".repeat(20_000)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("20000 bytes");
  }
}
