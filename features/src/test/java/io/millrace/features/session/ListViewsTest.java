package io.millrace.features.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.features.bytes.ByteReader;
import io.millrace.features.bytes.ByteWriter;
import io.millrace.features.event.Click;
import io.millrace.features.event.ClickType;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ListViewsTest {
  private static final long TIME = 1_748_736_000_000L;

  static IntStream seeds() {
    return IntStream.range(0, 200);
  }

  private static Click view(String id, long time, List<String> items) {
    ClickType type = ClickType.VIEW_ITEM_LIST;
    return new Click(id, type, time, "v", null, items, null, Click.Details.NONE);
  }

  private static List<Click> views(Random random) {
    List<Click> views = new ArrayList<>();
    for (int rest = random.nextInt(10); rest > 0; rest--) {
      List<String> items =
          IntStream.rangeClosed(0, random.nextInt(15))
              .mapToObj(i -> "i" + random.nextInt(20))
              .toList();
      views.add(view("e" + rest, TIME + random.nextInt(6), items));
    }
    return views;
  }

  /** Of the newest few lists, the first few items that were not chosen since. */
  private static List<Integer> passedOver(List<Click> views, String chosen, long chosenAt) {
    List<Click> newest = new ArrayList<>(new HashSet<>(views));
    newest.sort(
        Comparator.comparingLong(Click::eventTime).thenComparing(v -> Hashes.of(v.eventId())));
    List<Integer> passed = new ArrayList<>();
    for (Click view :
        newest.subList(Math.max(0, newest.size() - ListViews.MAX_VIEWS), newest.size())) {
      view.itemIds().stream()
          .limit(ListViews.MAX_ITEMS)
          .filter(item -> !item.equals(chosen) || chosenAt < view.eventTime())
          .forEach(item -> passed.add((int) Hashes.of(item)));
    }
    return passed;
  }

  private static ListViews read(ListViews views) {
    ByteWriter out = new ByteWriter(16);
    views.write(out);
    return ListViews.read(new ByteReader(out.toBytes()));
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void anyOrderSaysWhatTheReferenceSays(int seed) {
    Random random = new Random(seed);
    List<Click> views = views(random);
    views.addAll(List.copyOf(views.subList(0, views.size() / 2)));
    long chosenAt = TIME + random.nextInt(6);
    VisitorInterests interests = new VisitorInterests();
    interests.add("i1", chosenAt, 1);
    for (int i = 0; i < 3; i++) {
      Collections.shuffle(views, random);
      ListViews kept = new ListViews();
      for (Click view : views) {
        kept.add(view);
        kept = i == 0 ? read(kept) : kept;
      }
      assertThat(kept.passedOver(interests))
          .as("seed %d", seed)
          .containsExactly(
              passedOver(views, "i1", chosenAt).stream().mapToInt(Integer::intValue).toArray());
      assertThat(kept.isEmpty()).isEqualTo(views.isEmpty());
    }
  }

  @Test
  void forgetsWhatWasShownUpToATime() {
    ListViews views = new ListViews();
    views.add(view("a", TIME, List.of("x")));
    views.add(view("b", TIME + 1, List.of("y")));
    views.forget(TIME);
    assertThat(views.passedOver(new VisitorInterests())).containsExactly((int) Hashes.of("y"));
    views.forget(TIME + 1);
    assertThat(views.isEmpty()).isTrue();
  }
}
