package io.millrace.features.ranking;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.millrace.features.neighbour.AnswerMerge.Candidate;
import io.millrace.features.neighbour.NeighbourSettings.SessionItemsPolicy;
import io.millrace.features.neighbour.PartialAnswer;
import io.millrace.features.neighbour.RankingSignals;
import io.millrace.features.neighbour.SessionItems;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class RankingFeaturesTest {
  static IntStream seeds() {
    return IntStream.range(0, 60);
  }

  private static RankingCandidates describe(RandomAsk ask) {
    return new RankingFeatures(ask.policy()).of(ask.answers(), ask.session());
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void describeAsTheReferenceDoes(int seed) {
    RandomAsk ask = RandomAsk.of(seed);
    RankingCandidates described = describe(ask);
    NaiveRanking expected = new NaiveRanking(ask);

    assertThat(described.candidates()).isEqualTo(expected.candidates);
    assertThat(described.features()).hasSize(expected.candidates.size() * RankingFeatures.COUNT);
    for (int i = 0; i < expected.candidates.size(); i++) {
      double[] features = expected.features(i);
      for (int k = 0; k < features.length; k++) {
        assertThat((double) described.features()[i * RankingFeatures.COUNT + k])
            .as(
                "seed %d, %s, %s of %s",
                seed, ask.policy(), RankingFeatures.NAMES.get(k), expected.candidates.get(i).item())
            .isCloseTo(features[k], within(.002));
      }
    }
  }

  /** One instance is used for every ask, and answers hold the same whatever came before them. */
  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void areTheSameBitsWheneverTheyAreAskedFor(int seed) {
    RandomAsk ask = RandomAsk.of(seed);
    RankingCandidates once = describe(ask);
    RankingFeatures used = new RankingFeatures(ask.policy());
    for (int other = 0; other < 5; other++) {
      RandomAsk before = RandomAsk.of(seed * 7 + other);
      used.of(before.answers(), before.session());
    }
    RankingCandidates again = used.of(shuffled(ask.answers(), seed), ask.session());

    assertThat(again.candidates()).isEqualTo(once.candidates());
    assertThat(again.features()).isEqualTo(once.features());
  }

  /** The same answers with their candidates in another order. */
  private static PartialAnswer[] shuffled(PartialAnswer[] answers, int seed) {
    Random random = new Random(seed);
    PartialAnswer[] shuffled = new PartialAnswer[answers.length];
    for (int part = 0; part < answers.length; part++) {
      PartialAnswer answer = answers[part];
      int size = answer.items().length;
      String[] items = answer.items().clone();
      float[] scores = answer.scores().clone();
      short[] evidence = answer.evidence().clone();
      int[] rows = answer.signals().rows().clone();
      for (int i = size - 1; i > 0; i--) {
        int j = random.nextInt(i + 1);
        items[i] = swap(items, j, items[i]);
        float score = scores[i];
        scores[i] = scores[j];
        scores[j] = score;
        short seen = evidence[i];
        evidence[i] = evidence[j];
        evidence[j] = seen;
        swapRows(rows, i, j, rows.length / size);
      }
      RankingSignals signals = answer.signals();
      shuffled[part] =
          new PartialAnswer(
              answer.source(),
              answer.sessions(),
              items,
              scores,
              evidence,
              new RankingSignals(
                  signals.scored(),
                  signals.allForward(),
                  signals.allImmediate(),
                  signals.allBackward(),
                  rows));
    }
    return shuffled;
  }

  private static String swap(String[] items, int place, String item) {
    String old = items[place];
    items[place] = item;
    return old;
  }

  private static void swapRows(int[] rows, int one, int other, int columns) {
    for (int k = 0; k < columns; k++) {
      int value = rows[one * columns + k];
      rows[one * columns + k] = rows[other * columns + k];
      rows[other * columns + k] = value;
    }
  }

  @Test
  void keepTheItemsOfTheSessionAsFarAsThePolicyDoes() {
    SessionItems session = new SessionItems(1, 1, new String[] {"a", "b", "a", "c"});
    PartialAnswer[] none = {new PartialAnswer("c", 7, new String[0], new float[0], new short[0])};

    assertThat(items(SessionItemsPolicy.KEEP, none, session)).containsExactly("c", "a", "b");
    assertThat(items(SessionItemsPolicy.DROP_CURRENT, none, session)).containsExactly("a", "b");
    assertThat(items(SessionItemsPolicy.DROP, none, session)).isEmpty();
  }

  private static Iterable<String> items(
      SessionItemsPolicy policy, PartialAnswer[] answers, SessionItems session) {
    return new RankingFeatures(policy)
        .of(answers, session).candidates().stream().map(candidate -> candidate.item()).toList();
  }

  @Test
  void tellOfAnItemClickedTwiceWhenItWasLast() {
    SessionItems session = new SessionItems(1, 1, new String[] {"a", "x", "a", "b", "x", "x"});
    PartialAnswer[] none = {new PartialAnswer("x", 7, new String[0], new float[0], new short[0])};
    RankingCandidates described = new RankingFeatures(SessionItemsPolicy.KEEP).of(none, session);

    assertThat(ofSession(described, "x")).containsExactly(1, 1, 1, 0, 3);
    assertThat(ofSession(described, "b")).containsExactly(1, 0, 1f / 3, 0, 1);
    assertThat(ofSession(described, "a")).containsExactly(1, 0, 1f / 4, 0, 2);
  }

  /** In session, current, recency, previous, count. */
  private static float[] ofSession(RankingCandidates described, String item) {
    List<String> items = described.candidates().stream().map(Candidate::item).toList();
    int row = items.indexOf(item) * RankingFeatures.COUNT;
    int first = row + RankingFeatures.NAMES.indexOf("in_session");
    return Arrays.copyOfRange(described.features(), first, first + 5);
  }

  @Test
  void countAnswersWithoutSignalsAsSilent() {
    SessionItems session = new SessionItems(1, 1, new String[] {"x"});
    PartialAnswer[] answers = {
      new PartialAnswer("x", 4, new String[] {"a"}, new float[] {2}, new short[] {4})
    };
    RankingCandidates described = new RankingFeatures(SessionItemsPolicy.DROP).of(answers, session);

    assertThat(described.features()).hasSize(RankingFeatures.COUNT);
    assertThat((double) described.features()[3]).isCloseTo(Math.log(1.01), within(.002));
    assertThat((double) described.features()[4]).isCloseTo(Math.log(.01), within(.002));
  }

  @Test
  void haveNamesThatDifferAndAFingerprintOfThem() {
    assertThat(new HashSet<>(RankingFeatures.NAMES)).hasSize(19).hasSize(RankingFeatures.COUNT);
    assertThat(RankingFeatures.NAMES).allMatch(name -> name.matches("[a-z_]+"));
    assertThat(RankingFeatures.fingerprint()).matches("[0-9a-f]{16}");
  }

  @Test
  void ofNoAnswersThereAreNone() {
    SessionItems session = new SessionItems(1, 1, new String[] {"x"});
    assertThat(
            new RankingFeatures(SessionItemsPolicy.KEEP)
                .of(new PartialAnswer[0], session)
                .candidates())
        .isEmpty();
  }
}
