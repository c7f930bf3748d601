package io.millrace.operators.profile;

import static io.millrace.operators.profile.Shoppers.BEGIN;
import static io.millrace.operators.profile.Shoppers.DAY;
import static io.millrace.operators.profile.Shoppers.MINUTE;
import static io.millrace.operators.profile.Shoppers.SETTINGS;
import static io.millrace.operators.profile.Shoppers.click;
import static io.millrace.operators.profile.Shoppers.open;
import static io.millrace.operators.profile.Shoppers.placed;
import static io.millrace.operators.profile.Shoppers.timed;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.millrace.features.algebra.Feature;
import io.millrace.features.algebra.FeatureSet;
import io.millrace.features.algebra.Filter;
import io.millrace.features.algebra.Span;
import io.millrace.features.algebra.Weighted;
import io.millrace.features.catalogue.ItemFacets;
import io.millrace.features.decision.Profile;
import io.millrace.features.decision.ProfileJson;
import io.millrace.features.event.ClickType;
import io.millrace.features.event.ErasureReceipt;
import io.millrace.features.event.Order;
import io.millrace.features.event.OrderStatus;
import io.millrace.features.event.VisitorEvent;
import io.millrace.features.profile.Standing.By;
import io.millrace.features.profile.VisitorFeatures;
import io.millrace.operators.kafka.Timed;
import io.millrace.operators.state.TwoInputHarness;
import java.util.List;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.junit.jupiter.api.Test;

class VisitorProfilesTest {
  private static Profile profile(
      TwoInputHarness<Timed<VisitorEvent>, ProfileNews, ProfileDraft> harness) {
    List<ProfileDraft> drafts = harness.take();
    assertThat(drafts).hasSize(1);
    return ProfileJson.read(drafts.get(0).json());
  }

  @Test
  void tellsWhatAVisitorDidOnceForAllWithinTheInterval() throws Exception {
    try (var harness = open()) {
      harness.second(ProfileNews.of(new ItemFacets("a", "shoes/trail", "acme", 100)));
      harness.second(ProfileNews.of(new ItemFacets("b", "shoes/trail", "acme", 50)));
      harness.second(ProfileNews.of(new ItemFacets("c", "hats", "felt", 20)));
      harness.first(timed(click("1", ClickType.VIEW_ITEM, BEGIN, "v", "a")));
      harness.first(timed(click("2", ClickType.ADD_TO_CART, BEGIN + MINUTE, "v", "a")));
      harness.first(timed(click("3", ClickType.VIEW_ITEM, BEGIN + 2 * MINUTE, "v", "c")));
      assertThat(harness.take()).isEmpty();

      harness.clock(1_000);

      Profile profile = profile(harness);
      assertThat(profile.visitorId()).isEqualTo("v");
      assertThat(profile.eventTime()).isEqualTo(BEGIN + 2 * MINUTE);
      assertThat(profile.version()).isEqualTo("0001" + (BEGIN + 2 * MINUTE) + "000");
      assertThat(profile.approximate()).isEmpty();
      assertThat(profile.since()).isEmpty();
      assertThat(profile.features())
          .containsEntry("views_1d", 2L)
          .containsEntry("carts_30d", 1L)
          .containsEntry("session_depth", 3L)
          .containsEntry("sessions_30d", 1L)
          .containsEntry("mean_session_depth_30d", 3L)
          .containsEntry("items_30d", 2L)
          .containsEntry("last_item", "c")
          .containsEntry("orders", 0L)
          .containsEntry("conversion_30d", 0L)
          .containsEntry("lifecycle", "new")
          .containsEntry("price_affinity", 0.7)
          .doesNotContainKeys("spend", "average_order_value", "last_order_time");
      assertThat(weights(profile, "categories"))
          .containsExactly(new Weighted("shoes/trail", 0.8), new Weighted("hats", 0.2));
      assertThat(weights(profile, "brands"))
          .containsExactly(new Weighted("acme", 0.8), new Weighted("felt", 0.2));
    }
  }

  @SuppressWarnings("unchecked") // the value of such a feature is nothing else
  private static List<Weighted> weights(Profile profile, String feature) {
    return ((List<Weighted>) profile.features().get(feature))
        .stream().map(of -> new Weighted(of.value(), Math.rint(of.weight() * 1e3) / 1e3)).toList();
  }

  @Test
  void ordersMakeSpendAndWhatIsTakenBackLessensIt() throws Exception {
    try (var harness = open()) {
      harness.first(timed(click("1", ClickType.VIEW_ITEM, BEGIN, "v", "a")));
      harness.first(timed(placed("o1", BEGIN + MINUTE, "v", 10, "a", "b")));
      harness.first(timed(placed("o2", BEGIN + 2 * MINUTE, "v", 30, "c")));
      harness.clock(1_000);
      assertThat(profile(harness).features())
          .containsEntry("orders", 2L)
          .containsEntry("spend", 50L)
          .containsEntry("average_order_value", 25L)
          .containsEntry("conversion_30d", 2L)
          .containsEntry("last_order_time", BEGIN + 2 * MINUTE);

      harness.first(timed(Order.became("x", "o1", OrderStatus.CANCELLED, BEGIN + 3 * MINUTE, "v")));
      harness.clock(2_000);
      assertThat(profile(harness).features())
          .containsEntry("orders", 2L)
          .containsEntry("returns", 1L)
          .containsEntry("spend", 30L);
      assertThat(harness.takeSide(VisitorProfiles.POPULATION))
          .extracting(PopulationChange::by, PopulationChange::count)
          .contains(tuple(By.MONETARY, 1L));
    }
  }

  @Test
  void theStageChangesWhenTimePassesAndTheVersionStays() throws Exception {
    try (var harness = open()) {
      harness.first(timed(click("1", ClickType.VIEW_ITEM, BEGIN, "v", "a")));
      harness.first(timed(click("2", ClickType.VIEW_ITEM, BEGIN + 10 * DAY, "v", "a")));
      harness.clock(1_000);
      assertThat(profile(harness).features()).containsEntry("lifecycle", "active");

      // The rhythm is ten days.
      harness.watermark(BEGIN + 30 * DAY - 1);
      harness.clock(2_000);
      assertThat(harness.take()).isEmpty();
      harness.watermark(BEGIN + 30 * DAY);
      harness.clock(3_000);
      Profile atRisk = profile(harness);
      assertThat(atRisk.features()).containsEntry("lifecycle", "at_risk");
      assertThat(atRisk.eventTime()).isEqualTo(BEGIN + 30 * DAY);
      assertThat(atRisk.version()).isEqualTo("0001" + (BEGIN + 10 * DAY) + "000");

      harness.watermark(BEGIN + 50 * DAY);
      harness.clock(4_000);
      Profile lapsed = profile(harness);
      assertThat(lapsed.features()).containsEntry("lifecycle", "lapsed");
      assertThat(lapsed.features()).containsEntry("views_30d", 0L).containsEntry("views", 2L);

      harness.first(timed(click("3", ClickType.VIEW_ITEM, BEGIN + 51 * DAY, "v", "a")));
      harness.clock(5_000);
      assertThat(profile(harness).features()).containsEntry("lifecycle", "active");
    }
  }

  @Test
  void whatWaitsToBeToldWaitsOverARestart() throws Exception {
    OperatorSubtaskState state;
    try (var harness = open()) {
      harness.first(timed(click("a", ClickType.VIEW_ITEM, BEGIN, "v", "a")));
      state = harness.snapshot();
      assertThat(harness.take()).isEmpty();
    }
    try (var harness = open(VisitorFeatures::shipped, SETTINGS, state, 1, 1, 0)) {
      harness.clock(1_000);
      assertThat(profile(harness).features()).containsEntry("views", 1L);
    }
  }

  @Test
  void whoComesMoreOftenThanBeforeIsMissedSooner() throws Exception {
    try (var harness = open()) {
      harness.first(timed(click("a", ClickType.VIEW_ITEM, BEGIN, "v", "a")));
      harness.first(timed(click("b", ClickType.VIEW_ITEM, BEGIN + 60 * DAY, "v", "a")));
      harness.clock(1_000);
      harness.watermark(BEGIN + 60 * DAY);
      harness.clock(2_000);
      harness.take();
      // The rhythm was a month; with these it is 66 days by 7.
      for (int day = 61; day <= 66; day++) {
        harness.first(timed(click("c" + day, ClickType.VIEW_ITEM, BEGIN + day * DAY, "v", "a")));
      }
      harness.watermark(BEGIN + 66 * DAY);
      harness.clock(3_000);
      assertThat(profile(harness).features()).containsEntry("lifecycle", "active");

      harness.watermark(BEGIN + 66 * DAY + 2 * 66 * DAY / 7);
      harness.clock(4_000);
      assertThat(profile(harness).features()).containsEntry("lifecycle", "at_risk");
    }
  }

  @Test
  void whoIsNotHeardOfAnyMoreIsForgottenByTheClockWithAllThereIs() throws Exception {
    try (var harness = open()) {
      harness.first(timed(placed("o1", BEGIN, "v", 10, "a")));
      harness.clock(40 * DAY);
      harness.take();
      // Another stage is something new.
      harness.watermark(BEGIN + 200 * DAY);
      harness.clock(40 * DAY + 1_000);
      assertThat(profile(harness).features()).containsEntry("lifecycle", "lapsed");
      harness.clock(130 * DAY);
      harness.snapshot();
      harness.takeSide(VisitorProfiles.POPULATION);
      assertThat(harness.take()).isEmpty();
      assertThat(harness.stateEntries()).isPositive();

      harness.clock(131 * DAY);

      List<ProfileDraft> drafts = harness.take();
      assertThat(drafts).hasSize(1);
      assertThat(drafts.get(0).isGone()).isTrue();
      harness.snapshot();
      assertThat(harness.stateEntries()).isZero();
      assertThat(harness.timers()).isZero();
      assertThat(harness.takeSide(VisitorProfiles.POPULATION))
          .allMatch(change -> change.count() == -1)
          .hasSize(3);
    }
  }

  @Test
  void anErasureThatLeavesNothingToTellTakesTheProfileAway() throws Exception {
    try (var harness = open()) {
      harness.first(timed(placed("o1", BEGIN, "v", 10, "a")));
      harness.first(timed(Order.became("r", "o1", OrderStatus.REFUNDED, BEGIN + 9 * MINUTE, "v")));
      harness.clock(1_000);
      harness.take();
      harness.snapshot();
      harness.takeSide(VisitorProfiles.POPULATION);

      harness.second(ProfileNews.forget("v", BEGIN + MINUTE));

      List<ProfileDraft> drafts = harness.take();
      assertThat(drafts).hasSize(1);
      assertThat(drafts.get(0).isGone()).isTrue();
      harness.clock(2_000);
      harness.snapshot();
      assertThat(harness.takeSide(VisitorProfiles.POPULATION))
          .allMatch(change -> change.count() == -1)
          .hasSize(3);

      harness.first(timed(click("1", ClickType.VIEW_ITEM, BEGIN + 10 * MINUTE, "v", "b")));
      harness.clock(3_000);
      assertThat(profile(harness).features())
          .containsEntry("orders", 0L)
          .containsEntry("returns", 0L)
          .doesNotContainKey("spend");
    }
  }

  @Test
  void theSameRequestTwiceHasOneReceipt() throws Exception {
    try (var harness = open()) {
      harness.second(ProfileNews.forget("v", BEGIN));
      harness.second(ProfileNews.forget("v", BEGIN));
      assertThat(harness.takeSide(VisitorProfiles.RECEIPTS)).hasSize(1);
    }
  }

  @Test
  void changesOfAnOrderThatIsNotKeptAnyMoreChangeNothingAndAreCounted() throws Exception {
    try (var harness = open()) {
      Order failed = Order.became("f", "o1", OrderStatus.PAYMENT_FAILED, BEGIN + 1, "v");
      harness.first(timed(placed("o1", BEGIN, "v", 10, "a")));
      harness.first(timed(failed));
      for (int i = 0; i < 600; i++) {
        harness.first(timed(click("e" + i, ClickType.VIEW_ITEM, BEGIN + i * MINUTE, "v", "a")));
      }
      harness.first(timed(placed("o1", BEGIN + DAY, "v", 10, "a")));
      harness.clock(1_000);
      assertThat(profile(harness).features())
          .containsEntry("orders", 1L)
          .containsEntry("spend", 0L);
    }
  }

  @Test
  void anErasureTakesWhatWasUpToItAndIsReceipted() throws Exception {
    try (var harness = open()) {
      harness.first(timed(placed("o1", BEGIN, "v", 10, "a")));
      harness.first(timed(click("1", ClickType.VIEW_ITEM, BEGIN + MINUTE, "v", "a")));
      harness.clock(1_000);
      harness.take();

      harness.second(ProfileNews.forget("v", BEGIN + 5 * MINUTE));

      List<ProfileDraft> drafts = harness.take();
      assertThat(drafts).hasSize(1);
      assertThat(drafts.get(0).isGone()).isTrue();
      assertThat(drafts.get(0).time()).isEqualTo(BEGIN + 5 * MINUTE);
      assertThat(harness.takeSide(VisitorProfiles.RECEIPTS))
          .extracting(ErasureReceipt::visitorId, ErasureReceipt::job)
          .containsExactly(tuple("v", "profile"));
      harness.snapshot();
      assertThat(harness.stateEntries()).isZero();
      assertThat(harness.timers()).isZero();

      // What comes again is refused, what is new begins afresh.
      harness.first(timed(click("1", ClickType.VIEW_ITEM, BEGIN + MINUTE, "v", "a")));
      harness.first(timed(click("2", ClickType.VIEW_ITEM, BEGIN + 6 * MINUTE, "v", "b")));
      harness.clock(2_000);
      assertThat(profile(harness).features())
          .containsEntry("views", 1L)
          .containsEntry("orders", 0L)
          .doesNotContainKey("spend");
    }
  }

  @Test
  void anErasureTakesWhatIsKnownOfAnOrderThatWasNeverPlaced() throws Exception {
    try (var harness = open()) {
      harness.first(timed(Order.became("x", "o1", OrderStatus.CANCELLED, BEGIN, "v")));
      harness.snapshot();
      assertThat(harness.stateEntries()).isPositive();

      harness.second(ProfileNews.forget("v", BEGIN));

      harness.snapshot();
      assertThat(harness.stateEntries()).isZero();
    }
  }

  @Test
  void anErasureOfThePastLeavesWhatCameLater() throws Exception {
    try (var harness = open()) {
      harness.first(timed(placed("o1", BEGIN, "v", 10, "a")));
      harness.first(timed(click("1", ClickType.VIEW_ITEM, BEGIN + MINUTE, "v", "b")));
      harness.clock(1_000);
      harness.take();

      harness.second(ProfileNews.forget("v", BEGIN));

      assertThat(profile(harness).features())
          .containsEntry("views", 1L)
          .containsEntry("orders", 0L)
          .containsEntry("first_time", BEGIN + MINUTE);
    }
  }

  @Test
  void aFeatureThatIsAddedStartsEmptyAndSaysSinceWhen() throws Exception {
    OperatorSubtaskState state;
    try (var harness = open()) {
      harness.first(timed(click("1", ClickType.VIEW_ITEM, BEGIN, "v", "a")));
      harness.first(timed(click("2", ClickType.SEARCH, BEGIN + MINUTE, "v", null)));
      harness.clock(1_000);
      harness.take();
      state = harness.snapshot();
    }
    try (var harness = open(VisitorProfilesTest::oneMore, SETTINGS, state, 1, 1, 0)) {
      harness.first(timed(click("3", ClickType.SEARCH, BEGIN + 2 * MINUTE, "v", null)));
      harness.clock(2_000);

      Profile profile = profile(harness);
      assertThat(profile.features())
          .containsEntry("views", 1L)
          .containsEntry("searches_30d", 2L)
          .containsEntry("searches_on_the_weekend", 1L);
      assertThat(profile.since()).containsOnlyKeys("searches_on_the_weekend");
      state = harness.snapshot();
    }
    // And it goes again.
    try (var harness = open(VisitorFeatures::shipped, SETTINGS, state, 1, 1, 0)) {
      harness.first(timed(click("4", ClickType.SEARCH, BEGIN + 3 * MINUTE, "v", null)));
      harness.clock(3_000);
      Profile profile = profile(harness);
      assertThat(profile.features()).containsEntry("searches_30d", 3L);
      assertThat(profile.since()).isEmpty();
    }
  }

  private static FeatureSet oneMore() {
    return VisitorFeatures.with(
        List.of(
            Feature.count("searches_on_the_weekend")
                .where(Filter.and(Filter.is("what", "search"), Filter.above("day", 0)))
                .over(Span.days(7))));
  }

  @Test
  void aVisitorOfAMillionEventsHasBoundedBytesAndIsMarked() throws Exception {
    try (var harness = open()) {
      for (int i = 0; i < 100_000; i++) {
        ClickType type = i % 7 == 0 ? ClickType.ADD_TO_CART : ClickType.VIEW_ITEM;
        harness.first(timed(click("e" + i, type, BEGIN + i * 1_000L, "v", "i" + i)));
      }
      harness.clock(1_000);
      Profile profile = profile(harness);
      assertThat(profile.features().get("views")).isEqualTo(85_714L);
      assertThat(profile.approximate()).contains("views_1d", "items_30d", "items");
      assertThat(harness.snapshot().getManagedKeyedState().getStateSize()).isLessThan(200_000);
    }
  }
}
