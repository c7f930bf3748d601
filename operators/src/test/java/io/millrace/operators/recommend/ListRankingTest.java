package io.millrace.operators.recommend;

import static io.millrace.operators.recommend.Mergers.TIME;
import static io.millrace.operators.recommend.Mergers.items;
import static io.millrace.operators.recommend.Mergers.open;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.features.decision.ReasonType;
import io.millrace.features.event.ModelSnapshot;
import io.millrace.features.neighbour.PartialAnswer;
import io.millrace.features.ranking.RankingExample;
import io.millrace.features.ranking.RankingFeatures;
import io.millrace.features.ranking.RankingModel;
import io.millrace.operators.recommend.PostingMessage.Ask;
import java.util.List;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.junit.jupiter.api.Test;

/** Lists ranked by what was learned, and the examples that lists and clicks make. */
class ListRankingTest {
  private static ModelSnapshot model(long version, String fingerprint, double neighbourScore) {
    double[] weights = new double[RankingFeatures.COUNT];
    weights[RankingFeatures.NAMES.indexOf("neighbour_score")] = neighbourScore;
    return new ModelSnapshot(RankingModel.ID, version, fingerprint, 100, TIME, weights);
  }

  /** Turns the order of the neighbours round. */
  private static MergerNews reversing(long version) {
    return MergerNews.of(model(version, RankingFeatures.fingerprint(), -1));
  }

  private static AnswerMessage ask(int number, String[] session, String... candidates) {
    String current = session[session.length - 1];
    AnswerMessage answer =
        Mergers.answer(new Ask("v", number, 0, 1, TIME + number, 7), current, candidates);
    return new AnswerMessage(answer.ask(), answer.answer(), session, List.of());
  }

  private static AnswerMessage first(int number, String... candidates) {
    return ask(number, new String[] {"a"}, candidates);
  }

  @Test
  void theNewestModelPutsCandidatesInOrderAndTheListSaysWhich() throws Exception {
    try (var merger = open()) {
      merger.first(first(1, "x", "y", "z"));
      merger.second(reversing(7));
      merger.first(first(2, "x", "y", "z"));

      List<VisitorList> lists = merger.take();
      assertThat(items(lists.get(0))).containsExactly("x", "y", "z");
      assertThat(lists.get(0).list().modelVersion()).isNull();
      assertThat(items(lists.get(1))).containsExactly("z", "y", "x");
      assertThat(lists.get(1).list().modelVersion()).isEqualTo(7);
      assertThat(lists.get(1).list().items())
          .allMatch(item -> item.reason().type() == ReasonType.SESSION)
          .isSortedAccordingTo((one, other) -> Double.compare(other.score(), one.score()));
    }
  }

  @Test
  void aModelOfOtherFeaturesLeavesTheLastOneInPlaceAlsoOverARestore() throws Exception {
    OperatorSubtaskState state;
    try (var merger = open()) {
      merger.second(reversing(7));
      merger.second(MergerNews.of(model(8, "0123456789abcdef", 1)));
      merger.second(MergerNews.of(new ModelSnapshot("fraud:card", 9, "f", 1, TIME, new double[1])));
      merger.first(first(1, "x", "y"));
      assertThat(merger.take().get(0).list().modelVersion()).isEqualTo(7);
      state = merger.snapshot();
    }
    try (var merger = open(state, 1, 1, 0)) {
      merger.first(first(2, "x", "y"));

      List<VisitorList> lists = merger.take();
      assertThat(items(lists.get(0))).containsExactly("y", "x");
      assertThat(lists.get(0).list().modelVersion()).isEqualTo(7);
    }
  }

  @Test
  void whatOnlyTheSessionKnowsIsLeftToTheFillIns() throws Exception {
    try (var merger = open()) {
      merger.second(reversing(7));
      merger.first(ask(1, new String[] {"seen", "y", "a"}, "x", "y"));

      assertThat(items(merger.take().get(0))).containsExactly("y", "x");
    }
  }

  @Test
  void theNextClickMakesAnExampleOnceAlsoOverARestore() throws Exception {
    OperatorSubtaskState state;
    try (var merger = open()) {
      merger.first(first(1, "x", "y"));
      assertThat(merger.takeSide(ListRanking.EXAMPLES)).isEmpty();
      state = merger.snapshot();
    }
    try (var merger = open(state, 1, 1, 0)) {
      merger.first(ask(2, new String[] {"a", "y"}, "x", "z"));
      List<RankingExample> examples = merger.takeSide(ListRanking.EXAMPLES);
      assertThat(examples).hasSize(1);
      assertThat(examples.get(0).clicked()).isEqualTo(1);
      assertThat(examples.get(0).time()).isEqualTo(TIME + 2);
      assertThat(examples.get(0).candidates()).isEqualTo(2);

      // None of the candidates; then a new session.
      merger.first(ask(3, new String[] {"a", "y", "q"}, "x"));
      merger.first(first(4, "x", "y"));
      assertThat(merger.takeSide(ListRanking.EXAMPLES)).isEmpty();
    }
  }

  @Test
  void nothingIsLearnedOfWhoIsForgottenOrLeftOut() throws Exception {
    for (Forget.Kind kind : new Forget.Kind[] {Forget.Kind.ERASE, Forget.Kind.EXCLUDE}) {
      try (var merger = open()) {
        merger.first(first(1, "x", "y"));
        merger.second(MergerNews.of(new Forget("v", kind, TIME + 1)));
        merger.first(ask(2, new String[] {"a", "y"}, "x", "z"));

        assertThat(merger.takeSide(ListRanking.EXAMPLES)).as("%s", kind).isEmpty();
      }
    }
  }

  @Test
  void answersWithoutSignalsAreRankedAllTheSame() throws Exception {
    try (var merger = open()) {
      merger.second(reversing(1));
      PartialAnswer none = new PartialAnswer("a", 0, new String[0], new float[0], new short[0]);
      merger.first(
          new AnswerMessage(new Ask("v", 1, 0, 1, TIME, 7), none, new String[] {"a"}, List.of()));

      assertThat(items(merger.take().get(0))).isEmpty();
    }
  }
}
