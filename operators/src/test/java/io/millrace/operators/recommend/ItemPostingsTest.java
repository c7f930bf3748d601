package io.millrace.operators.recommend;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.features.cascade.CascadeSettings;
import io.millrace.features.decision.DecisionJson;
import io.millrace.features.decision.Evidence;
import io.millrace.features.decision.SimilarItems;
import io.millrace.features.decision.Version;
import io.millrace.features.neighbour.NeighbourSettings;
import io.millrace.features.neighbour.NeighbourSettings.SessionItemsPolicy;
import io.millrace.features.neighbour.SessionItems;
import io.millrace.operators.recommend.PostingMessage.Ask;
import io.millrace.operators.redis.RedisWrite;
import io.millrace.operators.state.TwoInputHarness;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.junit.jupiter.api.Test;

class ItemPostingsTest {
  /** Milliseconds after which what has changed is written, with some to spare. */
  private static final long AN_INTERVAL = 10_000;

  private static final long TIME = 1_748_736_000_000L;

  private static TwoInputHarness<PostingMessage, PostingNews, AnswerMessage> open(
      NeighbourSettings settings, OperatorSubtaskState state) throws Exception {
    return new TwoInputHarness<>(
        new ItemPostings(
            settings, true, CascadeSettings.DEFAULT, WriteSettings.DEFAULT, Trackers.TINY),
        PostingMessage::item,
        null,
        RecommendTypes.ANSWER_MESSAGE.serializer(),
        state,
        1,
        1,
        0);
  }

  private static TwoInputHarness<PostingMessage, PostingNews, AnswerMessage> open()
      throws Exception {
    return open(NeighbourSettings.DEFAULT, null);
  }

  private static SessionItems session(long id, String... items) {
    return new SessionItems(id, TIME + id, items);
  }

  private static Ask ask(int part) {
    return new Ask("v", 1, part, 2, TIME, 99);
  }

  private static PostingMessage question(String item, SessionItems session, int part) {
    return new PostingMessage(item, session, PostingMessage.ASK, ask(part));
  }

  @Test
  void answersFromTheSessionsItWasTaught() throws Exception {
    try (var harness = open()) {
      harness.first(PostingMessage.teach("a", session(1, "a", "b")));
      harness.first(PostingMessage.teach("a", session(2, "a", "b")));
      harness.first(PostingMessage.teach("a", session(3, "a", "c")));
      assertThat(harness.take()).isEmpty();

      harness.first(question("a", session(4, "x", "a"), 0));

      AnswerMessage answer = harness.take().get(0);
      assertThat(answer.ask()).isEqualTo(ask(0));
      assertThat(answer.answer().source()).isEqualTo("a");
      assertThat(answer.answer().items()).containsExactly("b", "c");
      assertThat(answer.answer().evidence()).containsExactly((short) 2, (short) 1);
      assertThat(answer.answer().sessions()).isEqualTo(3);
    }
  }

  @Test
  void everyAskIsAnsweredAndNeverFromTheAskingSession() throws Exception {
    try (var harness = open()) {
      harness.first(PostingMessage.teach("a", session(1, "a", "b")).asking(ask(1)));
      harness.first(question("unknown", session(2, "unknown"), 0));

      List<AnswerMessage> answers = harness.take();
      assertThat(answers).hasSize(2);
      assertThat(answers).allMatch(answer -> answer.answer().items().length == 0);
      assertThat(answers).allMatch(answer -> answer.answer().sessions() == 0);
    }
  }

  @Test
  void newestItemsAnswerCarriesTheSession() throws Exception {
    try (var harness = open(NeighbourSettings.DEFAULT, null)) {
      harness.first(question("b", session(1, "a", "b"), 0));
      harness.first(question("a", session(1, "a", "b"), 1));

      List<AnswerMessage> answers = harness.take();
      assertThat(answers.get(0).session()).containsExactly("a", "b");
      assertThat(answers.get(1).session()).isEmpty();
      assertThat(answers.get(0).excluded(SessionItemsPolicy.KEEP)).isEmpty();
      assertThat(answers.get(0).excluded(SessionItemsPolicy.DROP_CURRENT)).containsExactly("b");
      assertThat(answers.get(0).excluded(SessionItemsPolicy.DROP))
          .containsExactlyInAnyOrder("a", "b");
    }
  }

  @Test
  void writesSimilarItemsOnceAnIntervalAndOnlyAfterAChange() throws Exception {
    try (var harness = open()) {
      harness.clock(1_000);
      harness.first(PostingMessage.teach("a", session(1, "a", "b")).asking(ask(0)));
      harness.first(PostingMessage.teach("a", session(2, "a", "c")));
      harness.clock(1_900);
      assertThat(harness.takeSide(ItemPostings.SIMILAR)).isEmpty();

      harness.clock(2_200);

      RedisWrite write = harness.takeSide(ItemPostings.SIMILAR).get(0);
      assertThat(write.key()).isEqualTo("sim:{a}");
      assertThat(write.origin()).isEqualTo(99);
      SimilarItems similar = DecisionJson.readSimilarItems(write.value());
      assertThat(similar.version()).isEqualTo(Version.of(1, TIME + 2));
      assertThat(similar.items()).extracting(SimilarItems.Item::itemId).containsExactly("c", "b");
      assertThat(similar.items().get(0).evidence()).isEqualTo(Evidence.sessions(1, 2));

      harness.first(question("a", session(9, "a"), 0));
      harness.clock(60_000);
      assertThat(harness.takeSide(ItemPostings.SIMILAR)).isEmpty();
    }
  }

  @Test
  void whatWaitsToBeWrittenGoesOnWaitingAfterARestore() throws Exception {
    OperatorSubtaskState state;
    try (var harness = open()) {
      harness.first(PostingMessage.teach("a", session(1, "a", "b")));
      harness.first(PostingMessage.teach("b", session(1, "a", "b")));
      state = harness.snapshot();
      assertThat(harness.takeSide(ItemPostings.SIMILAR)).isEmpty();
    }
    try (var harness = open(NeighbourSettings.DEFAULT, state)) {
      harness.clock(AN_INTERVAL);
      assertThat(harness.takeSide(ItemPostings.SIMILAR))
          .extracting(RedisWrite::key)
          .containsExactlyInAnyOrder("sim:{a}", "sim:{b}");
      harness.clock(2 * AN_INTERVAL);
      assertThat(harness.takeSide(ItemPostings.SIMILAR)).isEmpty();
    }
  }

  @Test
  void deletesSimilarItemsThatNobodyGoesWithAnyMore() throws Exception {
    try (var harness = open()) {
      harness.first(PostingMessage.teach("a", session(1, "a", "b")));
      harness.clock(AN_INTERVAL);
      assertThat(harness.takeSide(ItemPostings.SIMILAR))
          .hasSize(1)
          .noneMatch(RedisWrite::isTombstone);

      harness.first(PostingMessage.retract("a", 1));
      harness.clock(2 * AN_INTERVAL);

      assertThat(harness.takeSide(ItemPostings.SIMILAR))
          .hasSize(1)
          .allMatch(RedisWrite::isTombstone);
      harness.first(question("a", session(2, "a"), 0));
      assertThat(harness.take().get(0).answer().sessions()).isZero();
    }
  }

  @Test
  void restoresBetweenAnyTwoMessages() throws Exception {
    long seed = 5;
    List<PostingMessage> messages = messages(seed);
    List<AnswerMessage> undisturbed = new ArrayList<>();
    Map<String, String> undisturbedSimilar = new HashMap<>();
    try (var harness = open()) {
      for (PostingMessage message : messages) {
        harness.first(message);
        undisturbed.addAll(harness.take());
      }
      harness.clock(AN_INTERVAL);
      collect(harness, undisturbedSimilar);
    }

    List<AnswerMessage> restored = new ArrayList<>();
    Map<String, String> restoredSimilar = new HashMap<>();
    var harness = open();
    for (int i = 0; i < messages.size(); i++) {
      harness.first(messages.get(i));
      restored.addAll(harness.take());
      if (i % 97 == 0 || i == messages.size() - 1) {
        OperatorSubtaskState state = harness.snapshot();
        harness.close();
        harness = open(NeighbourSettings.DEFAULT, state);
      }
    }
    harness.clock(AN_INTERVAL);
    collect(harness, restoredSimilar);
    harness.close();

    assertThat(undisturbed).hasSizeGreaterThan(500);
    assertThat(restored)
        .as("seed %d", seed)
        .usingRecursiveFieldByFieldElementComparator()
        .isEqualTo(undisturbed);
    assertThat(restoredSimilar).isEqualTo(undisturbedSimilar).hasSize(12);
  }

  private static void collect(
      TwoInputHarness<PostingMessage, PostingNews, AnswerMessage> harness,
      Map<String, String> similar) {
    for (RedisWrite write : harness.takeSide(ItemPostings.SIMILAR)) {
      similar.put(write.key(), new String(write.value(), UTF_8));
    }
  }

  private static List<PostingMessage> messages(long seed) {
    Random random = new Random(seed);
    List<PostingMessage> messages = new ArrayList<>();
    for (int i = 0; i < 1_500; i++) {
      String item = "i" + random.nextInt(12);
      long id = random.nextInt(200);
      SessionItems session = session(id, "i" + random.nextInt(12), item, "i" + random.nextInt(12));
      switch (random.nextInt(5)) {
        case 0 -> messages.add(PostingMessage.retract(item, id));
        case 1 -> messages.add(question(item, session, 0));
        case 2 -> messages.add(PostingMessage.teach(item, session));
        default -> messages.add(PostingMessage.teach(item, session).asking(ask(1)));
      }
    }
    return messages;
  }
}
