package io.millrace.features.neighbour;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.millrace.features.neighbour.NeighbourSettings.SessionItemsPolicy;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class NeighbourScorerTest {
  private static final int MANY = 1_000;

  static IntStream seeds() {
    return IntStream.range(0, 100);
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void scoresAsTheReferenceDoes(int seed) {
    RandomSessions random = new RandomSessions(seed);
    for (SessionItemsPolicy policy : SessionItemsPolicy.values()) {
      NeighbourScorer scorer = new NeighbourScorer(new NeighbourSettings(50, 4, MANY, policy));
      for (int i = 0; i < 5; i++) {
        SessionItems query = random.any();
        String[] askable = query.newestDistinct(4);
        String asked = askable[random.random.nextInt(askable.length)];
        List<SessionItems> sessions = random.several(random.random.nextInt(60), asked);
        if (random.random.nextBoolean()) {
          sessions.add(random.of(query.id(), asked));
        }
        Posting posting = PostingTest.holding(50, sessions);
        assertAnswers(scorer.answer(posting, asked, query), posting, asked, query, policy, seed);
      }
    }
  }

  private static void assertAnswers(
      PartialAnswer answer,
      Posting posting,
      String asked,
      SessionItems query,
      SessionItemsPolicy policy,
      int seed) {
    Map<String, Double> expected =
        scores(NaiveScorer.scores(posting.sessions(), asked, query), query, policy);
    List<SessionItems> neighbours = NaiveScorer.neighbours(posting.sessions(), query);

    assertThat(answer.items())
        .as("seed %d, %s", seed, policy)
        .containsExactlyInAnyOrderElementsOf(expected.keySet());
    assertThat(answer.source()).isEqualTo(asked);
    assertThat(answer.sessions()).isEqualTo(neighbours.size());
    for (int i = 0; i < answer.items().length; i++) {
      String item = answer.items()[i];
      assertThat((double) answer.scores()[i])
          .as("seed %d, %s, score of %s", seed, policy, item)
          .isCloseTo(expected.get(item), within(1e-5 * expected.get(item)));
      assertThat((long) answer.evidence()[i])
          .as("seed %d, %s, evidence for %s", seed, policy, item)
          .isEqualTo(neighbours.stream().filter(n -> List.of(n.items()).contains(item)).count());
      assertThat(i == 0 || isBefore(answer, i - 1, i)).as("seed %d, order", seed).isTrue();
    }
  }

  private static boolean isBefore(PartialAnswer answer, int one, int other) {
    return answer.scores()[one] > answer.scores()[other]
        || answer.scores()[one] == answer.scores()[other]
            && answer.items()[one].compareTo(answer.items()[other]) < 0;
  }

  /** Applies the policy for the session's own items. */
  private static Map<String, Double> scores(
      Map<String, Double> raw, SessionItems query, SessionItemsPolicy policy) {
    Map<String, Double> scores = new HashMap<>(raw);
    String current = query.items()[query.items().length - 1];
    switch (policy) {
      case KEEP -> scores.computeIfPresent(current, (item, score) -> score * 4);
      case DROP_CURRENT -> scores.remove(current);
      case DROP -> scores.keySet().removeAll(Set.of(query.newestDistinct(20)));
    }
    return scores;
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void theSumOverAllAskedItemsIsTheScoreOfTheWholeLog(int seed) {
    RandomSessions random = new RandomSessions(seed);
    List<SessionItems> log = random.several(150, random.item());
    Map<String, Posting> postings = new HashMap<>();
    for (SessionItems session : log) {
      for (String item : new HashSet<>(List.of(session.items()))) {
        postings.computeIfAbsent(item, i -> new Posting(MANY)).upsert(session);
      }
    }
    NeighbourScorer scorer =
        new NeighbourScorer(new NeighbourSettings(MANY, 4, MANY, SessionItemsPolicy.KEEP));
    for (int i = 0; i < 3; i++) {
      SessionItems query = i == 0 ? log.get(random.random.nextInt(150)) : random.any();
      PartialAnswer[] answers =
          Arrays.stream(query.newestDistinct(4))
              .map(a -> scorer.answer(postings.getOrDefault(a, new Posting(1)), a, query))
              .toArray(PartialAnswer[]::new);
      Map<String, Double> expected =
          scores(NaiveScorer.wholeLog(log, query, 4), query, SessionItemsPolicy.KEEP);

      List<AnswerMerge.Candidate> best = AnswerMerge.best(answers, MANY);
      assertThat(best).as("seed %d", seed).hasSize(expected.size());
      for (AnswerMerge.Candidate candidate : best) {
        double score = expected.get(candidate.item());
        assertThat(candidate.score())
            .as("seed %d, %s", seed, candidate.item())
            .isCloseTo(score, within(1e-5 * score));
      }
    }
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void answersTheSameAfterAnyHistoryOfThePosting(int seed) {
    RandomSessions random = new RandomSessions(seed);
    List<SessionItems> sessions = random.several(100, "item-0");
    SessionItems query = random.holding("item-0");
    Posting posting = PostingTest.holding(20, sessions);
    Posting other = new Posting(20);
    for (SessionItems session : sessions) {
      other.upsert(random.of(session.id(), "item-0"));
    }
    Collections.shuffle(sessions, random.random);
    for (SessionItems session : sessions) {
      other.remove(session.id());
    }
    for (SessionItems session : sessions) {
      other.upsert(session);
    }
    NeighbourScorer scorer = new NeighbourScorer(NeighbourSettings.DEFAULT);
    PartialAnswer answer = scorer.answer(posting, "item-0", query);

    assertThat(scorer.answer(other, "item-0", query)).as("seed %d", seed).isEqualTo(answer);
    assertThat(scorer.answer(Posting.ofBytes(other.toBytes(), 20), "item-0", query))
        .as("seed %d, from bytes", seed)
        .isEqualTo(answer);
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void aShortAnswerIsTheHeadOfTheLongOne(int seed) {
    RandomSessions random = new RandomSessions(seed, 200);
    Posting posting = PostingTest.holding(50, random.several(50, "item-0"));
    SessionItems query = random.holding("item-0");
    PartialAnswer all = answer(MANY, posting, query);
    for (int size : new int[] {1, 5, 50}) {
      PartialAnswer some = answer(size, posting, query);
      int count = Math.min(size, all.items().length);
      assertThat(some.items()).as("seed %d", seed).isEqualTo(Arrays.copyOf(all.items(), count));
      assertThat(some.scores()).isEqualTo(Arrays.copyOf(all.scores(), count));
      assertThat(some.evidence()).isEqualTo(Arrays.copyOf(all.evidence(), count));
    }
  }

  private static PartialAnswer answer(int size, Posting posting, SessionItems query) {
    NeighbourSettings settings = new NeighbourSettings(50, 4, size, SessionItemsPolicy.KEEP);
    return new NeighbourScorer(settings).answer(posting, "item-0", query);
  }

  @Test
  void breaksTiesByItemId() {
    Posting posting = new Posting(50);
    posting.upsert(session(1, "d", "b", "x", "a", "c"));

    PartialAnswer answer =
        new NeighbourScorer(NeighbourSettings.DEFAULT).answer(posting, "x", session(2, "x"));
    assertThat(answer.items()).containsExactly("a", "b", "c", "d");
    assertThat(answer.scores()[0]).isEqualTo(answer.scores()[1]);
  }

  @Test
  void theVisitorsOwnSessionIsNoNeighbour() {
    Posting posting = new Posting(50);
    posting.upsert(session(1, "a", "x"));
    NeighbourScorer scorer = new NeighbourScorer(NeighbourSettings.DEFAULT);
    PartialAnswer alone = scorer.answer(posting, "x", session(2, "x"));
    posting.upsert(new SessionItems(2, 9, new String[] {"b", "x"}));

    assertThat(scorer.answer(posting, "x", session(2, "x"))).isEqualTo(alone);
    assertThat(alone.sessions()).isEqualTo(1);
    assertThat(alone.items()).containsExactly("a");
  }

  @Test
  void leavesANeighbourToTheNewestItemItHolds() {
    Posting posting = new Posting(50);
    posting.upsert(session(1, "x", "y", "a"));
    posting.upsert(session(3, "x", "b"));
    NeighbourScorer scorer = new NeighbourScorer(NeighbourSettings.DEFAULT);

    PartialAnswer answer = scorer.answer(posting, "x", session(2, "x", "y"));
    assertThat(answer.items()).containsExactly("x", "b");
    assertThat(answer.sessions()).isEqualTo(2);
    assertThat(scorer.answer(posting, "x", session(2, "y", "x")).items()).contains("a", "b");
  }

  @Test
  void answersNothingFromAnEmptyPosting() {
    NeighbourScorer scorer = new NeighbourScorer(NeighbourSettings.DEFAULT);
    PartialAnswer answer = scorer.answer(new Posting(50), "x", session(2, "x"));
    assertThat(answer.items()).isEmpty();
    assertThat(answer.sessions()).isZero();
    assertThat(scorer.similar(new Posting(50), "x").items()).isEmpty();
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void similarItemsAreThoseAskedByASessionOfTheItemAlone(int seed) {
    RandomSessions random = new RandomSessions(seed, 100);
    Posting posting = PostingTest.holding(50, random.several(50, "item-0"));
    PartialAnswer expected =
        new NeighbourScorer(NeighbourSettings.DEFAULT)
            .answer(posting, "item-0", session(0, "item-0"));
    for (SessionItemsPolicy policy : SessionItemsPolicy.values()) {
      NeighbourScorer scorer = new NeighbourScorer(NeighbourSettings.DEFAULT.with(policy));
      PartialAnswer similar = scorer.similar(posting, "item-0");
      assertThat(similar).as("seed %d, %s", seed, policy).isEqualTo(expected);
      assertThat(similar.items()).doesNotContain("item-0").hasSizeLessThanOrEqualTo(50);
    }
  }

  @Test
  void oneScorerServesPostingsOfAnySize() {
    NeighbourScorer scorer =
        new NeighbourScorer(new NeighbourSettings(200, 4, 50, SessionItemsPolicy.KEEP));
    RandomSessions few = new RandomSessions(1, 5);
    RandomSessions many = new RandomSessions(2, 2_000);
    Posting small = PostingTest.holding(50, few.several(50, "item-0"));
    Posting large = PostingTest.holding(200, many.several(200, "item-0"));
    SessionItems query = few.holding("item-0");
    PartialAnswer before = scorer.answer(small, "item-0", query);
    PartialAnswer beforeLarge = scorer.answer(large, "item-0", query);

    assertThat(large.dictionary().size()).isGreaterThan(512);
    assertThat(scorer.answer(small, "item-0", query)).isEqualTo(before);
    assertThat(scorer.answer(large, "item-0", query)).isEqualTo(beforeLarge);
  }

  private static SessionItems session(long id, String... items) {
    return new SessionItems(id, id, items);
  }
}
