package io.millrace.operators.recommend;

import static io.millrace.operators.recommend.Mergers.TIME;
import static io.millrace.operators.recommend.Mergers.answer;
import static io.millrace.operators.recommend.Mergers.items;
import static io.millrace.operators.recommend.Mergers.open;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.features.cascade.CascadeSettings;
import io.millrace.features.catalogue.ItemFact;
import io.millrace.features.decision.Evidence;
import io.millrace.features.decision.ReasonType;
import io.millrace.features.decision.RecommendationList.Item;
import io.millrace.features.decision.RecommendationList.Reason;
import io.millrace.features.event.Control;
import io.millrace.features.neighbour.PartialAnswer;
import io.millrace.features.session.Hashes;
import io.millrace.features.trend.TrendBoard.Trending;
import io.millrace.operators.kafka.Fact;
import io.millrace.operators.recommend.PostingMessage.Ask;
import io.millrace.operators.state.KeyedHarness;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.junit.jupiter.api.Test;

/** What the merger knows beside answers, and what its lists become by it. */
class MergerCascadeTest {
  private static MergerNews trend(String list, String... items) {
    List<Trending> trending = List.of(items).stream().map(item -> new Trending(item, 1)).toList();
    return MergerNews.of(new TrendTop(list, TIME, trending));
  }

  private static MergerNews hidden(String item) {
    return MergerNews.of(new ItemFact(item, true, false, false, false, null, 1, 0));
  }

  private static MergerNews categorised(String item, String category) {
    return MergerNews.of(new ItemFact(item, false, false, false, false, category, 1, 0));
  }

  private static MergerNews pin(String id, String item, int place, Long expiresAt) {
    return MergerNews.of(
        new Fact<>(
            id,
            new Control(
                id,
                Control.Kind.PIN,
                new Control.Target(Control.Target.ITEM, item),
                "x",
                Control.Value.of(place),
                expiresAt),
            0));
  }

  @Test
  void itemThatIsHiddenIsInNoNewList() throws Exception {
    try (var merger = open()) {
      merger.second(hidden("x"));
      merger.first(answer("v", 1, 0, 1, "a", "x", "y"));
      assertThat(items(merger.take().get(0))).containsExactly("y");

      merger.second(MergerNews.of(ItemFact.unknown("x")));
      merger.first(answer("v", 2, 0, 1, "a", "x", "y"));
      assertThat(items(merger.take().get(0))).containsExactly("x", "y");
    }
  }

  @Test
  void pinnedItemStandsAtItsPlaceUntilThePinExpiresOrIsLifted() throws Exception {
    try (var merger = open()) {
      merger.second(pin("c", "p", 2, TIME + 2));
      merger.second(pin("d", "q", 1, null));
      merger.first(answer("v", 1, 0, 1, "a", "x", "y"));
      merger.first(answer("v", 2, 0, 1, "a", "x", "y"));
      merger.second(MergerNews.of(new Fact<Control>("d", null, 0)));
      merger.first(answer("v", 3, 0, 1, "a", "x", "y"));

      assertThat(merger.take())
          .extracting(Mergers::items)
          .containsExactly(List.of("q", "p", "x", "y"), List.of("q", "x", "y"), List.of("x", "y"));
    }
  }

  @Test
  void pinsAndFactsSurviveARestore() throws Exception {
    OperatorSubtaskState state;
    try (var merger = open()) {
      merger.second(pin("c", "p", 1, TIME + 1_000));
      merger.second(pin("d", "q", 2, null));
      merger.second(hidden("x"));
      merger.second(categorised("a", "shoes"));
      merger.second(trend("shoes", "boot"));
      state = merger.snapshot();
    }
    for (int subtask = 0; subtask < 2; subtask++) {
      try (var merger = open(state, 1, 2, subtask)) {
        String visitor = visitorOf(subtask);
        merger.first(answer(visitor, 1, 0, 1, "a", "x", "y"));
        merger.first(answer(visitor, 2_000, 0, 1, "a", "x", "y"));
        assertThat(merger.take())
            .extracting(Mergers::items)
            .containsExactly(List.of("p", "q", "y", "boot"), List.of("y", "q", "boot"));
      }
    }
  }

  /** Somebody whose lists one of two subtasks makes. */
  private static String visitorOf(int subtask) {
    return IntStream.range(0, 100)
        .mapToObj(i -> "v" + i)
        .filter(name -> KeyedHarness.subtaskOf(name, 2) == subtask)
        .findFirst()
        .orElseThrow();
  }

  @Test
  void trendingInTheNearestCategoryComesBeforeTrendingInTheStore() throws Exception {
    try (var merger = open()) {
      merger.second(categorised("a", "shoes/boots"));
      merger.second(trend(TrendUpdate.ALL, "anything", "sandal"));
      merger.second(trend("shoes", "sandal", "boot"));
      merger.second(trend("shoes/boots", "boot"));
      merger.second(trend("hats", "hat"));
      merger.first(answer("v", 1, 0, 1, "a", "x"));
      merger.first(answer("w", 1, 0, 1, "elsewhere"));

      assertThat(merger.take())
          .extracting(Mergers::items)
          .containsExactly(
              List.of("x", "boot", "sandal", "anything"), List.of("anything", "sandal"));
    }
  }

  private static FillIn fillIn(FillIn.Kind kind, String of, float score, String item) {
    return new FillIn(
        kind, new PartialAnswer(of, 9, new String[] {item}, new float[] {score}, new short[] {4}));
  }

  @Test
  void fillInsStandBehindNeighboursWithTheirReasonsAndEvidence() throws Exception {
    AnswerMessage neighbours = answer("v", 1, 0, 1, "a", "x");
    AnswerMessage filled =
        new AnswerMessage(
            neighbours.ask(),
            neighbours.answer(),
            neighbours.session(),
            List.of(
                fillIn(FillIn.Kind.SIMILAR_CONTENT, "a", 0.5f, "like"),
                fillIn(FillIn.Kind.BOUGHT_TOGETHER, "a", 2, "with"),
                fillIn(FillIn.Kind.SEQUENCE, "a", 3, "next")));
    try (var merger = open()) {
      merger.second(trend(TrendUpdate.ALL, "hot"));
      merger.first(filled);

      List<Item> items = merger.take().get(0).list().items();
      assertThat(items)
          .extracting(Item::itemId)
          .containsExactly("x", "next", "with", "like", "hot");
      assertThat(items.subList(1, 4))
          .extracting(Item::reason)
          .containsExactly(
              new Reason(ReasonType.SEQUENCE, "a", Evidence.sessions(4, 9)),
              new Reason(ReasonType.BOUGHT_TOGETHER, "a", Evidence.orders(4, 9)),
              new Reason(ReasonType.SIMILAR_CONTENT, "a", null));
    }
  }

  @Test
  void whatTheLongMemoryAsksForIsThereForTheProfile() throws Exception {
    AskContext profile = new AskContext(true, new long[0], new int[0], 0);
    try (var merger = open()) {
      merger.first(answer(new Ask("v", 1, 0, 2, TIME, 0, profile), "a", "x"));
      merger.first(answer(new Ask("v", 1, 1, 2, TIME, 0), "b", "y"));

      assertThat(merger.take().get(0).list().items())
          .extracting(item -> item.reason().type())
          .containsExactly(ReasonType.PROFILE, ReasonType.PROFILE);
    }
  }

  @Test
  void whatWasBoughtIsLeftOutAndWhatWasPassedOverFallsBack() throws Exception {
    AskContext context =
        new AskContext(
            false,
            new long[] {Hashes.of("bought")},
            new int[] {(int) Hashes.of("seen"), (int) Hashes.of("seen")},
            0);
    try (var merger = open(CascadeSettings.DEFAULT)) {
      merger.first(answer(new Ask("v", 1, 0, 1, TIME, 0, context), "a", "bought", "seen", "x"));
      // Scores 3 and 2; passed over twice, 3 becomes 1.92.
      assertThat(items(merger.take().get(0))).containsExactly("x", "seen");
    }
  }
}
