package io.millrace.features.ranking;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.within;

import io.millrace.features.event.InvalidEventException;
import io.millrace.features.event.ModelSnapshot;
import io.millrace.features.event.ModelSnapshotCodec;
import io.millrace.features.neighbour.AnswerMerge.Candidate;
import java.time.Clock;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RankingModelTest {
  private static final int FEATURES = 19;

  private static ModelSnapshot snapshot(String id, String fingerprint, double... weights) {
    return new ModelSnapshot(id, 3, fingerprint, 10, RandomExamples.TIME, weights);
  }

  private static double[] weights(int feature, double weight) {
    double[] weights = new double[FEATURES];
    weights[feature] = weight;
    return weights;
  }

  private static RankingModel model(double... weights) throws InvalidEventException {
    return RankingModel.of(
        snapshot(RankingModel.id("default"), RankingFeatures.fingerprint(), weights));
  }

  private static void assertRefused(ModelSnapshot snapshot, String field, String message) {
    InvalidEventException refusal =
        catchThrowableOfType(InvalidEventException.class, () -> RankingModel.of(snapshot));
    assertThat(refusal).isNotNull().hasMessageContaining(message);
    assertThat(refusal.field()).isEqualTo(field);
  }

  @Test
  void putsTheCandidatesInTheOrderOfTheirScores() throws Exception {
    Random random = new Random(4);
    for (int i = 0; i < 500; i++) {
      double[] weights = random.doubles(FEATURES, -3, 3).toArray();
      int size = random.nextInt(120);
      float[] features = new float[size * FEATURES];
      for (int k = 0; k < features.length; k++) {
        features[k] = random.nextInt(3) - 1;
      }
      // Some candidates are the same as others.
      for (int k = 0; k + 5 < size; k += 7) {
        System.arraycopy(features, k * FEATURES, features, (k + 5) * FEATURES, FEATURES);
      }
      Integer[] expected = IntStream.range(0, size).boxed().toArray(Integer[]::new);
      Arrays.sort(
          expected,
          Comparator.comparingDouble((Integer at) -> -(float) score(weights, features, at)));

      assertThat(model(weights).order(features))
          .containsExactly(Arrays.stream(expected).mapToInt(at -> at).toArray());
    }
  }

  private static double score(double[] weights, float[] features, int at) {
    double score = 0;
    for (int k = 0; k < FEATURES; k++) {
      score += weights[k] * features[at * FEATURES + k];
    }
    return score;
  }

  @Test
  void ranksTheCandidatesOfAnAsk() throws Exception {
    float[] features = new float[3 * FEATURES];
    features[FEATURES + 2] = 1;
    features[2 * FEATURES + 2] = 2;
    List<Candidate> candidates =
        IntStream.range(0, 3).mapToObj(i -> new Candidate("item-" + i, 3 - i, "x", 1, 1)).toList();
    RankingCandidates asked = new RankingCandidates(candidates, features);

    assertThat(asked.rankedBy(model(weights(2, 1))))
        .extracting(Candidate::item)
        .containsExactly("item-2", "item-1", "item-0");
    assertThat(asked.rankedBy(model(weights(3, 1))))
        .extracting(Candidate::item)
        .containsExactly("item-0", "item-1", "item-2");
    assertThat(asked.rankedBy(model(weights(2, 1))).stream().mapToDouble(Candidate::score).sum())
        .isCloseTo(1, within(1e-9));
  }

  @Test
  void isPublishedAndReadBack() throws Exception {
    RankingLearner learner = new RankingLearner();
    RandomExamples random = new RandomExamples(1);
    IntStream.range(0, 100).forEach(i -> learner.learn(random.next()));
    RankingModel model = learner.publish("default");

    byte[] message = ModelSnapshotCodec.encode(model.snapshot());
    ModelSnapshot read = new ModelSnapshotCodec(Clock.systemUTC()).decode(message);
    assertThat(read).isEqualTo(model.snapshot());
    assertThat(RankingModel.is(read)).isTrue();
    RankingExample example = random.next();
    assertThat(RankingModel.of(read).order(example.features()))
        .isEqualTo(model.order(example.features()));
    assertThat(message).hasSizeLessThan(400);
  }

  @Test
  void refusesWeightsThatAreNotForTheseFeatures() {
    String own = RankingFeatures.fingerprint();
    assertRefused(
        snapshot("card", own, weights(0, 1)), "model_id", "model_id is 'card'; send 'ranking:");
    assertRefused(
        snapshot(RankingModel.id("default"), "0123", weights(0, 1)),
        "fingerprint",
        "fingerprint is '0123', of other features; this release ranks by '" + own);
    assertRefused(
        snapshot(RankingModel.id("default"), own, 1, 2),
        "weights",
        "weights holds 2 numbers; send 19");
    assertRefused(
        snapshot(RankingModel.id("default"), own, weights(2, -1_000.5)),
        "weights",
        "weights holds -1000.5 for neighbour_rank; send numbers from -1000 to 1000");
    assertThat(RankingModel.is(snapshot("card", own, 1))).isFalse();
  }
}
