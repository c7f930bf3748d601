package io.millrace.operators.recommend;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.features.catalogue.ItemFact;
import io.millrace.features.catalogue.Listing;
import io.millrace.features.event.Control;
import io.millrace.features.event.Control.Kind;
import io.millrace.features.event.Control.Target;
import io.millrace.features.event.Control.Value;
import io.millrace.operators.kafka.Fact;
import io.millrace.operators.state.TwoInputHarness;
import java.time.Duration;
import java.util.TreeMap;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.junit.jupiter.api.Test;

class ItemFactsTest {
  /** Hardly anything stays decoded, so that most goes through state. */
  private static final ItemFactsSettings TINY = new ItemFactsSettings(Duration.ofSeconds(1), 2);

  private static final long TIME = 1_748_736_000_000L;

  private static TwoInputHarness<ItemMessage, Fact<Control>, ItemFact> open(
      OperatorSubtaskState state) throws Exception {
    return new TwoInputHarness<>(
        new ItemFacts(TINY),
        ItemMessage::item,
        null,
        ItemFactSerializer.TYPE.serializer(),
        state,
        1,
        1,
        0);
  }

  private static ItemMessage entry(String item, String category, Long stock) {
    return new ItemMessage(
        item,
        new Listing(false, false, category, null, new TreeMap<>(), stock, stock == null ? 0 : TIME),
        null);
  }

  private static ItemMessage deleted(String item) {
    return new ItemMessage(item, null, null);
  }

  private static ItemMessage sold(String item, int pieces, long time) {
    return ItemMessage.of(new OrderLine(item, 1, pieces, time));
  }

  private static Fact<Control> boost(String id, String type, String rest, double factor) {
    Control control =
        new Control(id, Kind.BOOST, new Target(type, rest), "ana", Value.of(factor), null);
    return new Fact<>(id, control, TIME);
  }

  private static Fact<Control> exclude(String id, String type, String rest, Long expiresAt) {
    Control control = new Control(id, Kind.EXCLUDE, new Target(type, rest), "ana", null, expiresAt);
    return new Fact<>(id, control, TIME);
  }

  private static Fact<Control> lifted(String id) {
    return new Fact<>(id, null, TIME);
  }

  private static ItemFact boosted(String item, String category, float boost) {
    return new ItemFact(item, false, false, false, false, category, boost, 0);
  }

  private static ItemFact excluded(String item, String category) {
    return new ItemFact(item, false, false, false, true, category, 1, 0);
  }

  @Test
  void tellsAtOnceThatAnItemIsSoldOutAndThatItIsThereAgain() throws Exception {
    try (var harness = open(null)) {
      harness.first(entry("i", "a", 3L));
      assertThat(harness.take()).containsExactly(boosted("i", "a", 1));

      harness.first(sold("i", 2, TIME + 1));
      harness.first(sold("i", 9, TIME - 1));
      assertThat(harness.take()).isEmpty();
      harness.first(sold("i", 1, TIME + 2));
      assertThat(harness.take())
          .containsExactly(new ItemFact("i", false, true, false, false, "a", 1, 3));

      harness.first(entry("i", "a", 4L));
      assertThat(harness.take())
          .containsExactly(new ItemFact("i", false, false, false, false, "a", 1, 3));
    }
  }

  @Test
  void tellsAMereNumberOfOrdersOnceAnInterval() throws Exception {
    try (var harness = open(null)) {
      harness.clock(100);
      for (int i = 0; i < 50; i++) {
        harness.first(sold("i", 1, TIME + i));
        harness.first(sold(ItemFact.ALL_ORDERS, 0, TIME + i));
      }
      harness.first(sold("back", 1, TIME));
      harness.first(ItemMessage.of(new OrderLine("back", -1, -1, TIME)));
      assertThat(harness.take()).isEmpty();

      harness.clock(1_200);

      assertThat(harness.take())
          .containsExactlyInAnyOrder(
              new ItemFact("i", false, false, false, false, null, 1, 50),
              new ItemFact(ItemFact.ALL_ORDERS, false, false, false, false, null, 1, 50));
      harness.clock(9_000);
      assertThat(harness.take()).isEmpty();
    }
  }

  @Test
  void keepsNoOrdersBackFromABarrier() throws Exception {
    OperatorSubtaskState state;
    try (var harness = open(null)) {
      harness.first(sold("i", 1, TIME));
      state = harness.snapshot();
      assertThat(harness.take()).hasSize(1);
    }
    try (var harness = open(state)) {
      harness.clock(5_000);
      assertThat(harness.take()).isEmpty();
      harness.first(sold("i", 1, TIME));
      harness.snapshot();
      assertThat(harness.take())
          .containsExactly(new ItemFact("i", false, false, false, false, null, 1, 2));
    }
  }

  @Test
  void hidesADeletedItemUntilItIsAddedAgain() throws Exception {
    try (var harness = open(null)) {
      harness.first(entry("i", "a", null));
      harness.first(deleted("i"));
      harness.first(deleted("i"));
      harness.first(entry("i", "b", null));

      assertThat(harness.take())
          .containsExactly(
              boosted("i", "a", 1),
              new ItemFact("i", true, false, false, false, null, 1, 0),
              boosted("i", "b", 1));
    }
  }

  @Test
  void saysNothingOfAnEntryThatChangesNothing() throws Exception {
    try (var harness = open(null)) {
      harness.first(entry("plain", null, null));
      harness.first(entry("i", "a", null));
      harness.take();
      harness.first(entry("i", "a", null));

      assertThat(harness.take()).isEmpty();
    }
  }

  @Test
  void aControlOnAnItemHoldsAtOnceEvenIfTheCatalogueDoesNotKnowIt() throws Exception {
    try (var harness = open(null)) {
      harness.second(exclude("c", Target.ITEM, "i", null));
      assertThat(harness.take()).containsExactly(excluded("i", null));
      harness.second(exclude("c", Target.ITEM, "i", null));
      assertThat(harness.take()).isEmpty();

      harness.second(lifted("c"));
      assertThat(harness.take()).containsExactly(ItemFact.unknown("i"));
    }
  }

  @Test
  void aControlOnACategoryHoldsForAllBelowIt() throws Exception {
    try (var harness = open(null)) {
      for (String category : new String[] {"a", "a/b", "ab", "c/a"}) {
        harness.first(entry(category + "-item", category, null));
      }
      harness.take();
      harness.clock(10);

      harness.second(boost("c", Target.CATEGORY, "a", 2));
      harness.second(boost("d", Target.CATEGORY, "a/b", 3));
      assertThat(harness.take()).isEmpty();
      harness.clock(1_000);

      assertThat(harness.take())
          .containsExactlyInAnyOrder(boosted("a-item", "a", 2), boosted("a/b-item", "a/b", 6));
      harness.first(entry("new", "a/z", null));
      assertThat(harness.take()).containsExactly(boosted("new", "a/z", 2));

      harness.second(lifted("d"));
      harness.second(boost("c", Target.CATEGORY, "c", 2));
      harness.clock(2_000);
      assertThat(harness.take())
          .containsExactlyInAnyOrder(
              boosted("a-item", "a", 1),
              boosted("a/b-item", "a/b", 1),
              boosted("new", "a/z", 1),
              boosted("c/a-item", "c/a", 2));
    }
  }

  @Test
  void coversAnItemThatWasKnownByAControlBeforeItWasListed() throws Exception {
    try (var harness = open(null)) {
      harness.second(boost("item", Target.ITEM, "i", 2));
      harness.first(entry("other", "x", null));
      harness.first(entry("more", "x", null));
      harness.first(entry("i", "a", null));
      harness.take();

      harness.second(boost("c", Target.CATEGORY, "a", 4));
      harness.clock(1_000);

      assertThat(harness.take()).containsExactly(boosted("i", "a", 8));
    }
  }

  @Test
  void aControlExpiresWhenEventTimeHasPassed() throws Exception {
    try (var harness = open(null)) {
      harness.first(entry("i", "a", null));
      harness.second(exclude("one", Target.ITEM, "i", TIME + 10));
      harness.second(exclude("all", Target.CATEGORY, "a", TIME + 20));
      harness.take();

      harness.watermark(TIME + 10);
      harness.clock(1_000);
      assertThat(harness.take()).isEmpty();
      harness.watermark(TIME + 20);
      harness.clock(2_000);
      assertThat(harness.take()).containsExactly(boosted("i", "a", 1));

      harness.second(exclude("late", Target.ITEM, "i", TIME + 15));
      assertThat(harness.take()).isEmpty();
      harness.second(exclude("end", Target.ITEM, "i", TIME + 30));
      harness.watermark(Long.MAX_VALUE);
      assertThat(harness.take()).containsExactly(excluded("i", "a"));
    }
  }

  @Test
  void finishesARoundOverAllItemsAfterARestore() throws Exception {
    OperatorSubtaskState state;
    try (var harness = open(null)) {
      for (int i = 0; i < 9; i++) {
        harness.first(entry("i" + i, "a", null));
      }
      harness.second(exclude("c", Target.CATEGORY, "a", null));
      harness.take();
      state = harness.snapshot();
      assertThat(harness.take()).isEmpty();
    }
    try (var harness = open(state)) {
      harness.clock(1_000);
      assertThat(harness.take()).hasSize(9).allMatch(ItemFact::excluded);
      state = harness.snapshot();
    }
    try (var harness = open(state)) {
      harness.clock(1_000);
      assertThat(harness.take()).isEmpty();
    }
  }
}
