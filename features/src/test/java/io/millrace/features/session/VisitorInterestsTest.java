package io.millrace.features.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.features.bytes.ByteReader;
import io.millrace.features.bytes.ByteWriter;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class VisitorInterestsTest {
  private static final long TIME = 1_748_736_000_000L;
  private static final long DAY = 86_400_000;

  /** One interest, as the reference sees it. */
  private record Shown(long time, String item, int points) implements Comparable<Shown> {
    @Override
    public int compareTo(Shown other) {
      return time != other.time
          ? Long.compare(time, other.time)
          : item.equals(other.item)
              ? Integer.compare(points, other.points)
              : item.compareTo(other.item);
    }
  }

  static IntStream seeds() {
    return IntStream.range(0, 200);
  }

  private static List<Shown> shown(Random random) {
    List<Shown> shown = new ArrayList<>();
    int items = 1 + random.nextInt(20);
    for (int rest = random.nextInt(60); rest > 0; rest--) {
      long time = TIME + random.nextInt(5) * DAY / 2 + random.nextInt(5);
      shown.add(new Shown(time, "i" + random.nextInt(items), 1 + random.nextInt(5)));
    }
    return shown;
  }

  /** All of the last day; before, the newest in each of the items shown last. */
  private static List<Shown> kept(List<Shown> all) {
    List<Shown> sorted = new ArrayList<>(all);
    Collections.sort(sorted);
    List<Shown> kept = new ArrayList<>();
    Set<String> earlier = new LinkedHashSet<>();
    for (int i = sorted.size() - 1; i >= 0; i--) {
      Shown one = sorted.get(i);
      if (one.time > sorted.get(sorted.size() - 1).time - DAY) {
        kept.add(0, one);
      } else if (earlier.size() < VisitorInterests.MAX_EARLIER && earlier.add(one.item)) {
        kept.add(0, one);
      }
    }
    return kept;
  }

  private static VisitorInterests read(VisitorInterests interests) {
    ByteWriter out = new ByteWriter(16);
    interests.write(out);
    return VisitorInterests.read(new ByteReader(out.toBytes()));
  }

  private static List<Shown> all(VisitorInterests interests) {
    List<Shown> all = new ArrayList<>();
    read(interests)
        .forget(
            Long.MIN_VALUE,
            Long.MAX_VALUE,
            (item, time, points) -> all.add(new Shown(time, item, points)));
    return all;
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void anyOrderKeepsWhatTheReferenceKeeps(int seed) {
    Random random = new Random(seed);
    List<Shown> shown = shown(random);
    List<Shown> expected = kept(shown);
    for (int i = 0; i < 3; i++) {
      Collections.shuffle(shown, random);
      VisitorInterests interests = new VisitorInterests();
      for (Shown one : shown) {
        interests.add(one.item, one.time, one.points);
        interests = i == 0 ? read(interests) : interests;
      }
      assertThat(all(interests)).as("seed %d", seed).isEqualTo(expected);
      assertThat(interests.isEmpty()).isEqualTo(expected.isEmpty());
      assertThat(interests.best(TIME + 3 * DAY, 4)).isEqualTo(best(expected, 4));
      for (Shown one : expected) {
        assertThat(interests.holdsSince((int) Hashes.of(one.item), one.time)).isTrue();
        assertThat(interests.shownSince(one.time)).isTrue();
      }
      assertThat(interests.shownSince(TIME + 3 * DAY)).isFalse();
    }
  }

  private static List<String> best(List<Shown> shown, int size) {
    Map<String, Double> scores = new HashMap<>();
    for (Shown one : shown) {
      double age = (TIME + 3 * DAY - one.time) / VisitorInterests.HALF_LIFE_MS;
      scores.merge(one.item, one.points * Math.pow(2, -age), Double::sum);
    }
    return scores.keySet().stream()
        .sorted(
            (one, other) -> {
              int byScore = Double.compare(scores.get(other), scores.get(one));
              return byScore != 0 ? byScore : one.compareTo(other);
            })
        .limit(size)
        .toList();
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void forgetsASpanOfTimeAndSaysWhatItWas(int seed) {
    Random random = new Random(seed);
    List<Shown> shown = shown(random);
    VisitorInterests interests = new VisitorInterests();
    shown.forEach(one -> interests.add(one.item, one.time, one.points));
    List<Shown> before = all(interests);
    long from = TIME + random.nextInt(3) * DAY / 2;
    long to = from + random.nextInt(2) * DAY + random.nextInt(5);

    List<Shown> forgotten = new ArrayList<>();
    interests.forget(
        from, to, (item, time, points) -> forgotten.add(new Shown(time, item, points)));

    assertThat(forgotten)
        .as("seed %d", seed)
        .isEqualTo(before.stream().filter(one -> one.time >= from && one.time <= to).toList());
    before.removeAll(forgotten);
    assertThat(all(interests)).as("seed %d", seed).isEqualTo(before);
  }

  @Test
  void removesOneOfSeveralThatAreTheSame() {
    VisitorInterests interests = new VisitorInterests();
    interests.add("a", TIME, 5);
    interests.add("a", TIME, 5);
    assertThat(interests.remove("a", TIME, 5)).isTrue();
    assertThat(interests.remove("a", TIME, 4)).isFalse();
    assertThat(all(interests)).hasSize(1);
    assertThat(interests.remove("a", TIME, 5)).isTrue();
    assertThat(interests.remove("a", TIME, 5)).isFalse();
    assertThat(interests.isEmpty()).isTrue();
  }

  @Test
  void busyDayIsBounded() {
    VisitorInterests interests = new VisitorInterests();
    IntStream.range(0, 1_000).forEach(i -> interests.add("i" + i, TIME + i, 1));
    assertThat(all(interests)).hasSize(VisitorInterests.MAX_OF_LAST_DAY);
    assertThat(interests.best(TIME, 1_000)).contains("i999").doesNotContain("i800");
  }
}
