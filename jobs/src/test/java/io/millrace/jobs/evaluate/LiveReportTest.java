package io.millrace.jobs.evaluate;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.features.decision.ListLevel;
import io.millrace.features.decision.ReasonType;
import io.millrace.features.decision.RecommendationList.Item;
import io.millrace.features.decision.RecommendationList.Reason;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class LiveReportTest {
  private static final List<String> TRENDS = List.of("t1", "t2", "t3");

  private static final Reason WHY = new Reason(ReasonType.TRENDING, null, null);

  private final LiveTally tally = new LiveTally();

  @Test
  void holdsALevelAgainstWhatIsTrendingAndNotAboveIt() {
    foresee(LiveKind.VIEW, "t2", "a", "t1", "b");
    assertThat(figure("next viewed item, session").published())
        .containsEntry("slots", 1.)
        .containsEntry("hits", 0.)
        .containsEntry("hits of trending alone", 0.);
    // Behind a and t1 the best that is trending is t2.
    assertThat(figure("next viewed item, trending in the store").published())
        .containsEntry("slots", 2.)
        .containsEntry("hits", 0.)
        .containsEntry("hits of trending alone", 1.);
  }

  @Test
  void missesOnceALevelIsWorseThanTrendingBeyondChance() {
    for (int i = 0; i < 4; i++) {
      foresee(LiveKind.CART, "t1", "a");
    }
    assertThat(figure("next cart, session").note()).isEqualTo("too few differ to judge");
    assertThat(figure("next cart, session").misses()).isFalse();

    foresee(LiveKind.CART, "t1", "a");

    assertThat(figure("next cart, session").misses()).isTrue();
  }

  @Test
  void missesOverAllKindsOnceALevelHitsLess() {
    foresee(LiveKind.VIEW, "a", "a");
    foresee(LiveKind.CART, "t1", "a");
    assertThat(figure("all three, session").misses()).isFalse();

    foresee(LiveKind.PURCHASE, "t1", "a");

    assertThat(figure("all three, session").misses()).isTrue();
  }

  @Test
  void missesWhereWholeListsDoLessThanTrendingAlone() {
    foresee(LiveKind.VIEW, "t1", "a");
    assertThat(figure("next viewed item, n=1").misses()).isTrue();
  }

  @Test
  void showsLevelsThatFilledNoSlot() {
    foresee(LiveKind.VIEW, "a", "a");
    Figure figure = figure("next viewed item, bought together");
    assertThat(figure.value()).isNaN();
    assertThat(figure.note()).isEqualTo("filled no slot");
    assertThat(figure("all three, bought together").misses()).isFalse();
  }

  /** The item a is the session's, all others are trending in the store. */
  private void foresee(LiveKind kind, String target, String... list) {
    List<Item> items = Arrays.stream(list).map(item -> new Item(item, 1, WHY)).toList();
    tally.add(
        kind,
        target,
        items,
        TRENDS,
        item -> item.itemId().equals("a") ? ListLevel.SESSION : ListLevel.TRENDING_IN_STORE);
  }

  private Figure figure(String protocol) {
    return new LiveReport("shop", tally, null)
        .figures().stream()
            .filter(figure -> figure.protocol().equals(protocol))
            .findFirst()
            .orElseThrow();
  }
}
