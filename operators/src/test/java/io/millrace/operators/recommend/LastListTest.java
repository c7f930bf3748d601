package io.millrace.operators.recommend;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.features.bytes.ByteWriter;
import io.millrace.features.decision.Evidence;
import io.millrace.features.decision.ReasonType;
import io.millrace.features.decision.RecommendationList.Item;
import io.millrace.features.decision.RecommendationList.Reason;
import io.millrace.features.session.Hashes;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class LastListTest {
  static IntStream seeds() {
    return IntStream.range(0, 200);
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void anyListComesBack(int seed) {
    Random random = new Random(seed);
    LastList list = new LastList();
    assertThat(list.isEmpty()).isTrue();
    for (int i = 0; i < 5; i++) {
      long time = random.nextLong() >>> 1 + random.nextInt(40);
      List<Item> items = items(random);
      long model = random.nextInt(3) == 0 ? LastList.NO_MODEL : random.nextInt(1_000);
      LastList.Origin origin = new LastList.Origin(time, "bucket-" + random.nextInt(3), model);
      list.set(origin, items);

      LastList read = new LastList(list.toBytes());
      assertThat(read.isEmpty()).isFalse();
      assertThat(read.origin()).as("seed %d", seed).isEqualTo(origin);
      assertThat(read.items()).as("seed %d", seed).isEqualTo(items);
      Set<Long> ids =
          items.stream().map(item -> Hashes.of(item.itemId())).collect(Collectors.toSet());
      assertThat(read.allMatch(ids::contains)).isTrue();
      assertThat(read.allMatch(item -> false)).isEqualTo(items.isEmpty());
      assertThat(list.allMatch(ids::contains)).as("of a list set anew").isTrue();
    }
    list.clear();
    assertThat(list.isEmpty()).isTrue();
    assertThat(list.toBytes()).isEmpty();
  }

  @Test
  void listsOfTheLayoutsBeforeAreRead() {
    ByteWriter second = new ByteWriter(8);
    second.writeByte(2);
    second.writeVarLong(7);
    second.writeVarLong(41);
    second.writeVarLong(0);
    LastList list = new LastList(second.toBytes());
    assertThat(list.origin()).isEqualTo(new LastList.Origin(7, "", 41));
    assertThat(list.items()).isEmpty();

    ByteWriter first = new ByteWriter(8);
    first.writeByte(1);
    first.writeVarLong(7);
    first.writeVarLong(0);
    list = new LastList(first.toBytes());
    assertThat(list.origin()).isEqualTo(new LastList.Origin(7, "", LastList.NO_MODEL));
    assertThat(list.items()).isEmpty();
  }

  private static List<Item> items(Random random) {
    ReasonType[] types = ReasonType.values();
    List<Item> items = new ArrayList<>();
    for (int rest = random.nextInt(51); rest > 0; rest--) {
      ReasonType type = types[random.nextInt(types.length)];
      String source = random.nextInt(4) == 0 ? null : "quelle-ü" + random.nextInt(5);
      int of = random.nextInt(100_000);
      int count = random.nextInt(of + 1);
      Evidence evidence =
          switch (random.nextInt(3)) {
            case 0 -> null;
            case 1 -> Evidence.orders(count, of);
            default -> Evidence.sessions(count, of);
          };
      items.add(
          new Item("i漢" + rest, random.nextFloat() * 100, new Reason(type, source, evidence)));
    }
    return items;
  }
}
