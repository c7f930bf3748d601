package io.millrace.operators.recommend;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.features.cascade.CascadeSettings;
import io.millrace.features.neighbour.NeighbourSettings;
import io.millrace.features.neighbour.PartialAnswer;
import io.millrace.features.neighbour.SessionItems;
import io.millrace.features.session.VisitorIds;
import io.millrace.operators.forget.Forget;
import io.millrace.operators.recommend.PostingMessage.Ask;
import io.millrace.operators.redis.RedisWrite;
import io.millrace.operators.state.KeyedHarness;
import io.millrace.operators.state.TwoInputHarness;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.junit.jupiter.api.Test;

/** Postings beside sessions: visitors to be forgotten, and what fills short answers up. */
class PostingsForgettingTest {
  private static final long TIME = 1_748_736_000_000L;
  private static final long UP_TO = TIME + 100;
  private static final PostingNews ERASE =
      PostingNews.of(new Forget("gone", Forget.Kind.ERASE, UP_TO));

  private static TwoInputHarness<PostingMessage, PostingNews, AnswerMessage> open(
      CascadeSettings cascade, OperatorSubtaskState state, int before, int parallelism, int subtask)
      throws Exception {
    return new TwoInputHarness<>(
        new ItemPostings(
            NeighbourSettings.DEFAULT, true, cascade, WriteSettings.DEFAULT, Trackers.TINY),
        PostingMessage::item,
        null,
        RecommendTypes.ANSWER_MESSAGE.serializer(),
        state,
        before,
        parallelism,
        subtask);
  }

  private static TwoInputHarness<PostingMessage, PostingNews, AnswerMessage> open()
      throws Exception {
    return open(CascadeSettings.DEFAULT, null, 1, 1, 0);
  }

  private static PostingMessage lesson(String visitor, long time, String... items) {
    long id = VisitorIds.ofOrder(visitor, "s");
    return PostingMessage.teach(items[0], new SessionItems(id, time, items));
  }

  private static PostingMessage question(String item) {
    SessionItems session = new SessionItems(1, TIME + 1_000, new String[] {item});
    Ask ask = new Ask("asking", 1, 0, 1, TIME + 1_000, 0);
    return new PostingMessage(item, session, PostingMessage.ASK, ask);
  }

  private static PartialAnswer ask(
      TwoInputHarness<PostingMessage, PostingNews, AnswerMessage> harness, String item)
      throws Exception {
    harness.take();
    harness.first(question(item));
    return harness.take().get(0).answer();
  }

  @Test
  void sessionsOfAnErasedVisitorAreInNoAnswer() throws Exception {
    try (var harness = open()) {
      harness.first(lesson("gone", TIME, "a", "secret"));
      harness.first(lesson("other", TIME, "a", "b"));

      harness.second(ERASE);

      PartialAnswer answer = ask(harness, "a");
      assertThat(answer.items()).containsExactly("b");
      assertThat(answer.sessions()).isEqualTo(1);
    }
  }

  @Test
  void postingForgetsThemAtTheNextLookAndSaysSoInItsSimilarItems() throws Exception {
    try (var harness = open()) {
      harness.first(lesson("gone", TIME, "a", "secret"));
      harness.clock(10_000);
      assertThat(harness.takeSide(ItemPostings.SIMILAR)).noneMatch(RedisWrite::isTombstone);
      harness.second(ERASE);

      harness.first(question("a"));
      harness.clock(20_000);

      assertThat(harness.takeSide(ItemPostings.SIMILAR))
          .hasSize(1)
          .allMatch(RedisWrite::isTombstone);
    }
  }

  @Test
  void postingsThatNobodyLooksAtForgetThemInARound() throws Exception {
    try (var harness = open()) {
      for (int i = 0; i < 50; i++) {
        harness.first(lesson("gone", TIME, "a" + i, "secret"));
      }
      harness.first(lesson("other", TIME, "b", "c"));
      harness.clock(10_000);
      harness.takeSide(ItemPostings.SIMILAR);
      harness.snapshot();
      assertThat(harness.stateEntries()).isEqualTo(51);

      harness.second(ERASE);
      harness.clock(20_000);
      harness.snapshot();

      assertThat(harness.takeSide(ItemPostings.SIMILAR))
          .hasSize(50)
          .allMatch(RedisWrite::isTombstone);
      assertThat(harness.stateEntries()).isEqualTo(1);
    }
  }

  @Test
  void lessonThatWasOnItsWayIsRefused() throws Exception {
    try (var harness = open()) {
      harness.second(ERASE);
      harness.first(lesson("gone", UP_TO, "a", "secret"));
      assertThat(ask(harness, "a").sessions()).isZero();

      harness.first(lesson("gone", UP_TO + 1, "a", "b"));
      assertThat(ask(harness, "a").items()).containsExactly("b");
    }
  }

  @Test
  void sessionThatBeganBeforeTheErasureIsRefusedThoughItWentOnAfterIt() throws Exception {
    SessionItems cut =
        new SessionItems(
            VisitorIds.ofOrder("gone", "s"), UP_TO, UP_TO + 9, new String[] {"secret", "a"});
    SessionItems rest = new SessionItems(cut.id(), UP_TO + 1, UP_TO + 9, new String[] {"b", "a"});
    try (var harness = open()) {
      harness.first(PostingMessage.teach("a", cut));
      harness.second(ERASE);
      assertThat(ask(harness, "a").sessions()).isZero();
      harness.first(PostingMessage.teach("a", cut));
      assertThat(ask(harness, "a").sessions()).isZero();

      harness.first(PostingMessage.teach("a", rest));
      assertThat(ask(harness, "a").items()).containsExactly("b");
    }
  }

  @Test
  void lessonsOfWhoIsLeftOutAreRefusedUntilTheVisitorIsLetIn() throws Exception {
    try (var harness = open()) {
      harness.first(lesson("gone", TIME, "a", "b"));
      harness.first(lesson("gone", TIME, "unasked", "b"));
      harness.second(PostingNews.of(new Forget("gone", Forget.Kind.EXCLUDE, TIME)));
      assertThat(ask(harness, "a").sessions()).isZero();
      harness.first(lesson("gone", TIME + 1, "a", "b"));
      assertThat(ask(harness, "a").sessions()).isZero();

      harness.second(PostingNews.of(new Forget("gone", Forget.Kind.READMIT, 0)));
      assertThat(ask(harness, "a").sessions()).isZero();
      harness.first(lesson("gone", TIME + 2, "a", "b"));
      assertThat(ask(harness, "a").sessions()).isEqualTo(1);
      assertThat(ask(harness, "unasked").sessions()).isZero();
    }
  }

  @Test
  void forgetsWhatWasRestored() throws Exception {
    OperatorSubtaskState state;
    try (var harness = open()) {
      harness.first(lesson("gone", TIME, "a", "secret"));
      harness.second(ERASE);
      state = harness.snapshot();
    }
    int owner = KeyedHarness.subtaskOf("a", 2);
    try (var harness = open(CascadeSettings.DEFAULT, state, 1, 2, owner)) {
      assertThat(ask(harness, "a").sessions()).isZero();
      harness.first(lesson("gone", TIME, "a", "secret"));
      assertThat(ask(harness, "a").sessions()).isZero();
    }
  }

  @Test
  void everySubtaskAcknowledgesAnErasureAndNothingElse() throws Exception {
    for (int subtask = 0; subtask < 3; subtask++) {
      try (var harness = open(CascadeSettings.DEFAULT, null, 1, 3, subtask)) {
        harness.second(PostingNews.of(new Forget("gone", Forget.Kind.EXCLUDE, 0)));
        assertThat(harness.take()).isEmpty();
        harness.second(ERASE);

        Ask done = harness.take().get(0).ask();
        assertThat(done.isForgotten()).isTrue();
        assertThat(done.visitor()).isEqualTo("gone");
        assertThat(done.version()).isEqualTo(UP_TO);
        assertThat(done.part()).isEqualTo(subtask);
        assertThat(done.parts()).isEqualTo(3);
      }
    }
  }

  private static FillIn fillIn(FillIn.Kind kind, String item, String... items) {
    float[] scores = new float[items.length];
    return new FillIn(kind, new PartialAnswer(item, 5, items, scores, new short[items.length]));
  }

  private static List<FillIn> fillIns(
      TwoInputHarness<PostingMessage, PostingNews, AnswerMessage> harness, String item)
      throws Exception {
    harness.take();
    harness.first(question(item));
    return harness.take().get(0).fillIns();
  }

  @Test
  void fillInsRideAlongWithShortAnswersOnly() throws Exception {
    FillIn bought = fillIn(FillIn.Kind.BOUGHT_TOGETHER, "a", "x");
    FillIn similar = fillIn(FillIn.Kind.SIMILAR_CONTENT, "a", "y");
    try (var harness = open(CascadeSettings.DEFAULT.withListSize(2), null, 1, 1, 0)) {
      harness.second(PostingNews.of(bought));
      harness.second(PostingNews.of(similar));
      assertThat(fillIns(harness, "a")).containsExactly(bought, similar);
      assertThat(fillIns(harness, "b")).isEmpty();

      IntStream.range(0, 4).forEach(i -> teach(harness, "a", "n" + i));
      assertThat(fillIns(harness, "a")).isEmpty();
    }
  }

  private static void teach(
      TwoInputHarness<PostingMessage, PostingNews, AnswerMessage> harness,
      String item,
      String neighbour) {
    try {
      harness.first(lesson("of-" + neighbour, TIME, item, neighbour));
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  /** The fill-ins of a, asked by a session that went on to z: whoever saw z is left to z. */
  private static List<FillIn> fillInsOfOneWhoWentOn(
      TwoInputHarness<PostingMessage, PostingNews, AnswerMessage> harness) throws Exception {
    SessionItems session = new SessionItems(1, TIME + 1_000, new String[] {"a", "z"});
    Ask ask = new Ask("asking", 1, 1, 2, TIME + 1_000, 0);
    harness.take();
    harness.first(new PostingMessage("a", session, PostingMessage.ASK, ask));
    return harness.take().get(0).fillIns();
  }

  @Test
  void followersThatAreNotInTheAnswerRideAlongWithShortAnswersOnly() throws Exception {
    try (var harness = open(CascadeSettings.DEFAULT.withListSize(2), null, 1, 1, 0)) {
      harness.first(lesson("of-next", TIME, "a", "z", "next"));
      List<FillIn> few = fillInsOfOneWhoWentOn(harness);
      assertThat(few).extracting(FillIn::kind).containsExactly(FillIn.Kind.SEQUENCE);
      assertThat(few.get(0).answer().items()).containsExactly("z", "next");
      assertThat(few.get(0).answer().evidence()).containsExactly((short) 1, (short) 1);
      assertThat(fillIns(harness, "a")).as("the answer says them").isEmpty();

      IntStream.range(0, 4).forEach(i -> teach(harness, "a", "n" + i));
      assertThat(fillInsOfOneWhoWentOn(harness)).isEmpty();
    }
  }

  @Test
  void nothingRidesAlongWhereListsAreNotFilledUp() throws Exception {
    try (var harness = open(CascadeSettings.DEFAULT.withoutFillUp(), null, 1, 1, 0)) {
      harness.second(PostingNews.of(fillIn(FillIn.Kind.BOUGHT_TOGETHER, "a", "x")));
      teach(harness, "a", "next");
      assertThat(fillIns(harness, "a")).isEmpty();
    }
  }

  @Test
  void newestFillInOfAKindHoldsAcrossARestoreAndAnEmptyOneTakesItAway() throws Exception {
    FillIn newer = fillIn(FillIn.Kind.BOUGHT_TOGETHER, "a", "y");
    OperatorSubtaskState state;
    try (var harness = open()) {
      harness.second(PostingNews.of(fillIn(FillIn.Kind.BOUGHT_TOGETHER, "a", "x")));
      harness.second(PostingNews.of(newer));
      state = harness.snapshot();
    }
    try (var harness = open(CascadeSettings.DEFAULT, state, 1, 1, 0)) {
      assertThat(fillIns(harness, "a")).containsExactly(newer);
      harness.second(PostingNews.of(fillIn(FillIn.Kind.BOUGHT_TOGETHER, "a")));
      assertThat(fillIns(harness, "a")).isEmpty();
    }
  }
}
