package io.millrace.jobs.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.millrace.features.neighbour.NeighbourSettings.SessionItemsPolicy;
import io.millrace.jobs.evaluate.RecommendEvaluation.Mode;
import io.millrace.jobs.evaluate.RecommendEvaluation.Outcome;
import io.millrace.jobs.replay.ClickLog.Layout;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RecommendReportTest {
  private final Map<Mode, Outcome> outcomes = new EnumMap<>(Mode.class);

  /** Places of the next clicks, 0 for those that no list held. */
  private void reached(Mode mode, int... places) {
    Ranks ranks = new Ranks();
    for (int place : places) {
      ranks.add(place);
    }
    outcomes.put(mode, new Outcome(ranks, new Ranks(), new Delays(), 100, 100));
  }

  private Figure figure(String set, Mode mode, String metric) {
    ClickSet clicks = new ClickSet(set, "train.tsv", "test.tsv", Layout.TIMED, List.of());
    return new RecommendReport(clicks, SessionItemsPolicy.KEEP, outcomes)
        .figures().stream()
            .filter(f -> f.mode().equals(mode.label()) && f.metric().equals(metric))
            .findFirst()
            .orElseThrow();
  }

  @Test
  void whatIsRankedMustNotLieBelowTheNeighboursInEitherFigure() {
    reached(Mode.FROZEN, 2, 3, 0);
    reached(Mode.LIVE, 1, 2, 0);
    reached(Mode.LEARNED, 1, 0, 0);
    reached(Mode.LIVE_LEARNED, 5, 2, 1);

    assertThat(figure("of others", Mode.LEARNED, "HR@20").misses()).isTrue();
    assertThat(figure("of others", Mode.LEARNED, "MRR@20").misses()).isFalse();
    assertThat(figure("of others", Mode.LIVE_LEARNED, "HR@20").misses()).isFalse();
    assertThat(figure("of others", Mode.LIVE_LEARNED, "MRR@20").must()).isEqualTo(.5);

    reached(Mode.LEARNED, 2, 0, 3);
    assertThat(figure("of others", Mode.LEARNED, "HR@20").misses()).isFalse();
    assertThat(figure("of others", Mode.LEARNED, "MRR@20").misses()).isFalse();
  }

  @Test
  void theTargetOfASetHoldsBesideThat() {
    reached(Mode.FROZEN, 2, 0, 0);
    reached(Mode.LEARNED, 2, 0, 0);
    assertThat(figure("diginetica", Mode.LEARNED, "HR@20").must()).isEqualTo(.53);
    reached(Mode.FROZEN, 2, 3, 0);
    assertThat(figure("diginetica", Mode.LEARNED, "HR@20").must()).isCloseTo(.667, within(.001));
  }

  @Test
  void liveMayLieBelowFrozenByAMarginAndRankedBelowLiveByNone() {
    reached(Mode.FROZEN, 1, 2, 0);
    reached(Mode.LIVE, 1, 4, 0);
    reached(Mode.LEARNED, 1, 1, 0);
    reached(Mode.LIVE_LEARNED, 1, 1, 0);

    assertThat(figure("of others", Mode.LIVE, "HR@20").must())
        .isCloseTo(2. / 3 - RecommendTargets.LIVE_MARGIN, within(1e-9));
    assertThat(figure("of others", Mode.LIVE_LEARNED, "HR@20").must()).isEqualTo(2. / 3);
    assertThat(figure("of others", Mode.LIVE_LEARNED, "MRR@20").must())
        .isCloseTo(2. / 3 - RecommendTargets.LIVE_MARGIN, within(1e-9));
  }

  @Test
  void withoutTheNeighboursAloneThereIsNothingToHoldItAgainst() {
    reached(Mode.LEARNED, 0, 0, 1);
    assertThat(figure("of others", Mode.LEARNED, "HR@20").must()).isNull();
  }
}
