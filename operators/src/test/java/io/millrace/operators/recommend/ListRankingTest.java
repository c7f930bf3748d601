package io.millrace.operators.recommend;

import static io.millrace.operators.recommend.Mergers.TIME;
import static io.millrace.operators.recommend.Mergers.items;
import static io.millrace.operators.recommend.Mergers.open;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.features.catalogue.ItemFact;
import io.millrace.features.decision.ListLevel;
import io.millrace.features.decision.ReasonType;
import io.millrace.features.event.ModelSnapshot;
import io.millrace.features.neighbour.PartialAnswer;
import io.millrace.features.quality.QualityEvent;
import io.millrace.features.ranking.Buckets;
import io.millrace.features.ranking.FollowedAsks.Chosen;
import io.millrace.features.ranking.ListOrder;
import io.millrace.features.ranking.RankingExample;
import io.millrace.features.ranking.RankingFeatures;
import io.millrace.features.ranking.RankingModel;
import io.millrace.features.session.Hashes;
import io.millrace.operators.forget.Forget;
import io.millrace.operators.recommend.PostingMessage.Ask;
import io.millrace.operators.state.TwoInputHarness;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.junit.jupiter.api.Test;

/** Lists ranked by what was learned, and the examples that lists and clicks make. */
class ListRankingTest {
  private static ModelSnapshot model(long version, String fingerprint, double neighbourScore) {
    double[] weights = new double[RankingFeatures.COUNT];
    weights[RankingFeatures.NAMES.indexOf("neighbour_score")] = neighbourScore;
    return new ModelSnapshot(
        RankingModel.id(RankingModel.DEFAULT_SEGMENT), version, fingerprint, 100, TIME, weights);
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
  void eachBucketIsRankedByItsOwnOrderAlsoOverARestore() throws Exception {
    RankingSettings ranking =
        Mergers.RANKING.with(
            Buckets.parse("plain:0.3:neighbours,new:0.4:learned,old:0.3:frozen:7"));
    OperatorSubtaskState state;
    try (var merger = Mergers.open(ranking, null)) {
      // No version yet: all as the neighbours have it.
      assertThat(bucketsByOrder(merger, ranking, 1)).isEqualTo(Map.of("xyz", "new,old,plain"));
      merger.second(reversing(7));
      merger.second(MergerNews.of(model(8, RankingFeatures.fingerprint(), 1)));
      for (int version = 9; version < 100; version++) {
        merger.second(MergerNews.of(model(version, RankingFeatures.fingerprint(), 1)));
      }
      assertThat(bucketsByOrder(merger, ranking, 2))
          .isEqualTo(Map.of("xyz", "new,plain", "zyx", "old"));
      state = merger.snapshot();
    }
    try (var merger = Mergers.open(ranking, state)) {
      assertThat(bucketsByOrder(merger, ranking, 3))
          .isEqualTo(Map.of("xyz", "new,plain", "zyx", "old"));
    }
  }

  /** For visitors of all buckets: the order of a list, and the buckets that got it. */
  private static Map<String, String> bucketsByOrder(
      TwoInputHarness<AnswerMessage, MergerNews, VisitorList> merger,
      RankingSettings ranking,
      int number)
      throws Exception {
    Map<String, TreeSet<String>> buckets = new TreeMap<>();
    for (int visitor = 0; visitor < 60; visitor++) {
      Ask ask = new Ask("v" + visitor, number, 0, 1, TIME + number, 7);
      merger.first(Mergers.answer(ask, "a", "x", "y", "z"));
      VisitorList list = merger.take().get(0);
      assertThat(list.list().bucket()).isEqualTo(ranking.buckets().of("v" + visitor).name());
      if (list.list().bucket().equals("old")) {
        assertThat(list.list().modelVersion()).isIn(null, 7L);
      }
      buckets
          .computeIfAbsent(String.join("", items(list)), unused -> new TreeSet<>())
          .add(list.list().bucket());
    }
    Map<String, String> joined = new TreeMap<>();
    buckets.forEach((order, names) -> joined.put(order, String.join(",", names)));
    return joined;
  }

  @Test
  void eachSegmentIsRankedByWhatItLearned() throws Exception {
    try (var merger = open()) {
      double[] weights = reversing(4).model().weights();
      merger.second(
          MergerNews.of(
              new ModelSnapshot(
                  RankingModel.id("app"), 4, RankingFeatures.fingerprint(), 1, TIME, weights)));
      for (String segment : new String[] {"app", "web"}) {
        AskContext context =
            new AskContext(false, new long[0], new int[0], 0, segment, Chosen.NOWHERE);
        Ask ask = new Ask("v-" + segment, 1, 0, 1, TIME, 7, context);
        merger.first(Mergers.answer(ask, "a", "x", "y"));
      }

      List<VisitorList> lists = merger.take();
      assertThat(items(lists.get(0))).containsExactly("y", "x");
      assertThat(lists.get(0).list().modelVersion()).isEqualTo(4);
      assertThat(items(lists.get(1))).containsExactly("x", "y");
      assertThat(lists.get(1).list().modelVersion()).isNull();
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
  void whereNoListIsOrderedByItNothingIsLearned() throws Exception {
    RankingSettings frozen = Mergers.RANKING.with(Buckets.all(ListOrder.parse("frozen:3")));
    try (var merger = Mergers.open(frozen, null)) {
      merger.first(first(1, "x", "y"));
      merger.first(ask(2, new String[] {"a", "y"}, "x", "z"));

      assertThat(merger.takeSide(ListFollowing.EXAMPLES)).isEmpty();
      assertThat(merger.takeSide(ListFollowing.QUALITY)).hasSize(2);
    }
  }

  /** A visitor counts once in a bucket, every list by the click that follows it. */
  @Test
  void theNextClickJudgesTheListThatWasGiven() throws Exception {
    OperatorSubtaskState state;
    try (var merger = open()) {
      merger.second(MergerNews.of(fact("x")));
      merger.second(MergerNews.of(fact("q")));
      merger.first(first(1, "x", "y"));
      List<QualityEvent> events = merger.takeSide(ListFollowing.QUALITY);
      assertThat(events).hasSize(1);
      assertThat(events.get(0).list()).isNull();
      assertThat(events.get(0).bucket()).isEqualTo("learned");
      state = merger.snapshot();
    }
    try (var merger = open(state, 1, 1, 0)) {
      merger.first(ask(2, new String[] {"a", "y"}, "x", "z"));
      merger.first(ask(3, new String[] {"a", "y", "gone"}, "x"));

      List<QualityEvent> events = merger.takeSide(ListFollowing.QUALITY);
      assertThat(events).extracting(QualityEvent::rank).containsExactly(2, 0);
      assertThat(events)
          .allSatisfy(
              event -> {
                assertThat(event.list()).isNotNull();
                assertThat(event.itemsOnSale()).isEqualTo(2);
                assertThat(event.visitor()).isEqualTo(Hashes.of("v"));
              });
      assertThat(events.get(0).time()).isEqualTo(TIME + 2);
      assertThat(events.get(0).list().level(2)).isEqualTo(ListLevel.SESSION);
    }
  }

  private static ItemFact fact(String item) {
    return new ItemFact(item, false, false, false, false, "c", 1, 0);
  }

  @Test
  void aClickInTheVeryListCountsByItsPlace() throws Exception {
    for (boolean same : new boolean[] {true, false}) {
      try (var merger = open()) {
        merger.first(first(1, "x", "y"));
        String version = merger.take().get(0).version();
        AskContext context =
            new AskContext(
                false,
                new long[0],
                new int[0],
                0,
                RankingModel.DEFAULT_SEGMENT,
                new Chosen(Hashes.of(same ? version : "another"), 4));
        AnswerMessage answer =
            Mergers.answer(new Ask("v", 2, 0, 1, TIME + 2, 7, context), "y", "x");
        merger.first(
            new AnswerMessage(answer.ask(), answer.answer(), new String[] {"a", "y"}, List.of()));

        assertThat(merger.takeSide(ListFollowing.EXAMPLES))
            .extracting(RankingExample::weight)
            // It stands on the second place; what is said of the fifth is not believed.
            .containsExactly(same ? 2f : 1f);
      }
    }
  }

  @Test
  void whatWasGivenUnderOtherBucketsIsNotJudgedButCountedAnew() throws Exception {
    OperatorSubtaskState state;
    try (var merger = open()) {
      merger.first(first(1, "x", "y"));
      state = merger.snapshot();
    }
    Buckets buckets = Buckets.parse("learned:0.5:frozen:3,other:0.5:learned");
    try (var merger = Mergers.open(Mergers.RANKING.with(buckets), state)) {
      merger.first(ask(2, new String[] {"a", "y"}, "x", "z"));
      List<QualityEvent> events = merger.takeSide(ListFollowing.QUALITY);
      assertThat(events).hasSize(1);
      assertThat(events.get(0).list()).isNull();
      assertThat(merger.takeSide(ListFollowing.EXAMPLES)).hasSize(1);

      merger.first(ask(3, new String[] {"a", "y", "x"}, "z"));
      assertThat(merger.takeSide(ListFollowing.QUALITY))
          .extracting(QualityEvent::rank)
          .containsExactly(1);
    }
  }

  /** A list that a sweep takes an item out of is of the bucket it was made in. */
  @Test
  void aRewrittenListSaysInWhichBucketItWasMade() throws Exception {
    OperatorSubtaskState state;
    try (var merger = open()) {
      merger.second(reversing(7));
      merger.first(first(1, "x", "y"));
      state = merger.snapshot();
    }
    Buckets buckets = Buckets.parse("control:1:neighbours");
    try (var merger = Mergers.open(Mergers.RANKING.with(buckets), state)) {
      merger.second(MergerNews.of(new ItemFact("x", true, false, false, false, "c", 1, 0)));
      for (long tick = 1; tick < 200; tick++) {
        merger.clock(tick * 100);
      }
      List<VisitorList> lists = merger.take();
      assertThat(lists).hasSize(1);
      assertThat(items(lists.get(0))).containsExactly("y");
      assertThat(lists.get(0).list().bucket()).isEqualTo("learned");
      assertThat(lists.get(0).list().modelVersion()).isEqualTo(7);
    }
  }

  @Test
  void theNextClickMakesAnExampleOnceAlsoOverARestore() throws Exception {
    OperatorSubtaskState state;
    try (var merger = open()) {
      merger.first(first(1, "x", "y"));
      assertThat(merger.takeSide(ListFollowing.EXAMPLES)).isEmpty();
      state = merger.snapshot();
    }
    try (var merger = open(state, 1, 1, 0)) {
      merger.first(ask(2, new String[] {"a", "y"}, "x", "z"));
      List<RankingExample> examples = merger.takeSide(ListFollowing.EXAMPLES);
      assertThat(examples).hasSize(1);
      assertThat(examples.get(0).clicked()).isEqualTo(1);
      assertThat(examples.get(0).time()).isEqualTo(TIME + 2);
      assertThat(examples.get(0).candidates()).isEqualTo(2);

      // None of the candidates; then a new session.
      merger.first(ask(3, new String[] {"a", "y", "q"}, "x"));
      merger.first(first(4, "x", "y"));
      assertThat(merger.takeSide(ListFollowing.EXAMPLES)).isEmpty();
    }
  }

  @Test
  void nothingIsLearnedOfWhoIsForgottenOrLeftOut() throws Exception {
    for (Forget.Kind kind : new Forget.Kind[] {Forget.Kind.ERASE, Forget.Kind.EXCLUDE}) {
      try (var merger = open()) {
        merger.first(first(1, "x", "y"));
        merger.second(MergerNews.of(new Forget("v", kind, TIME + 1)));
        merger.first(ask(2, new String[] {"a", "y"}, "x", "z"));

        assertThat(merger.takeSide(ListFollowing.EXAMPLES)).as("%s", kind).isEmpty();
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
