package io.millrace.features.ranking;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.millrace.features.bytes.ByteWriter;
import io.millrace.features.ranking.RankingLearner.Outcome;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class RankingLearnerTest {
  private static final int FEATURES = 19;

  static IntStream seeds() {
    return IntStream.range(0, 30);
  }

  private static double[] weights(RankingLearner learner) {
    return learner.publish("default").snapshot().weights();
  }

  /** The recipe, written out: over one list of examples after the other. */
  private static double[] naive(List<RankingExample> examples) {
    double[] w = new double[FEATURES];
    w[0] = 1;
    double[] mean = new double[FEATURES];
    double[] squares = new double[FEATURES];
    Arrays.fill(squares, 100);
    int steps = 0;
    for (RankingExample example : examples) {
      double[] gradient = gradient(w, example);
      double norm = Math.sqrt(Arrays.stream(gradient).map(g -> g * g).sum());
      for (int k = 0; k < FEATURES; k++) {
        double g = norm > 10 ? gradient[k] * 10 / norm : gradient[k];
        squares[k] += g * g;
        w[k] -= .2 * g / Math.sqrt(squares[k]);
      }
      double share = steps < 1_000 ? 1.0 / (steps + 1) : .001;
      for (int k = 0; k < FEATURES; k++) {
        mean[k] = (1 - share) * mean[k] + share * w[k];
      }
      steps++;
    }
    return mean;
  }

  /** Of the weighed log-likelihood, by differences: nothing of the learner's algebra is in it. */
  private static double[] gradient(double[] w, RankingExample example) {
    double[] gradient = new double[FEATURES];
    double h = 1e-5;
    for (int k = 0; k < FEATURES; k++) {
      double[] up = w.clone();
      double[] down = w.clone();
      up[k] += h;
      down[k] -= h;
      gradient[k] = example.weight() * (loss(up, example) - loss(down, example)) / (2 * h);
    }
    return gradient;
  }

  private static double loss(double[] w, RankingExample example) {
    double sum = 0;
    for (int j = 0; j < example.candidates(); j++) {
      sum += Math.exp(score(w, example, j));
    }
    return Math.log(sum) - score(w, example, example.clicked());
  }

  private static double score(double[] w, RankingExample example, int candidate) {
    double score = 0;
    for (int k = 0; k < FEATURES; k++) {
      score += w[k] * example.features()[candidate * FEATURES + k];
    }
    return score;
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void learnsAsTheReferenceDoes(int seed) {
    RandomExamples random = new RandomExamples(seed);
    List<RankingExample> examples = new ArrayList<>();
    RankingLearner learner = new RankingLearner();
    for (int i = 0; i < (seed == 0 ? 1_500 : 300); i++) {
      RankingExample example = random.next();
      examples.add(example);
      assertThat(learner.learn(example)).isEqualTo(Outcome.LEARNED);
    }
    double[] expected = naive(examples);
    double[] learned = weights(learner);
    for (int k = 0; k < FEATURES; k++) {
      assertThat(learned[k])
          .as("seed %d, %s", seed, RankingFeatures.NAMES.get(k))
          .isCloseTo(expected[k], within(1e-5));
    }
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void goesOnAfterARestoreAsIfThereHadBeenNone(int seed) {
    RandomExamples random = new RandomExamples(seed);
    RankingLearner one = new RankingLearner();
    RankingLearner other = new RankingLearner();
    for (int i = 0; i < 1_500; i++) {
      RankingExample example = random.next(random.random.nextInt(60));
      assertThat(other.learn(example)).as("seed %d", seed).isEqualTo(one.learn(example));
      if (random.random.nextInt(50) == 0) {
        assertThat(other.publish("default").snapshot())
            .isEqualTo(one.publish("default").snapshot());
        other = RankingLearner.ofBytes(other.toBytes());
      }
    }
    assertThat(other.toBytes()).as("seed %d", seed).isEqualTo(one.toBytes());
    assertThat(one.toBytes()).hasSizeLessThan(16 * 1024);
  }

  @Test
  void findsWhatVisitorsClick() {
    RandomExamples random = new RandomExamples(5);
    RankingLearner learner = new RankingLearner();
    List<Integer> before = new ArrayList<>();
    List<Integer> after = new ArrayList<>();
    for (int i = 0; i < 2_000; i++) {
      RankingExample example = random.next();
      (i < 100 ? before : after).add(learner.judge(example));
      learner.learn(example);
    }
    assertThat(shareOfFirst(before)).isLessThan(.7);
    assertThat(shareOfFirst(after.subList(1_000, 1_900))).isGreaterThan(.75);
  }

  private static double shareOfFirst(List<Integer> ranks) {
    return (double) ranks.stream().filter(rank -> rank == 1).count() / ranks.size();
  }

  @Test
  void beginsWithTheOrderOfTheNeighbours() {
    double[] first = new double[FEATURES];
    first[0] = 1;
    assertThat(weights(new RankingLearner())).isEqualTo(first);
  }

  @Test
  void judgesTiesAgainstItself() {
    RankingLearner learner = new RankingLearner();
    RankingExample tie = RandomExamples.oneFeature(1, RandomExamples.TIME, 5, 7);

    assertThat(learner.judge(tie)).isEqualTo(2);
    learner.learn(tie);
    assertThat(learner.judge(tie)).isEqualTo(1);
    assertThat(learner.publish("default").rank(tie)).isEqualTo(1);
  }

  @Test
  void aFloodFromOneVisitorMovesNothing() {
    RandomExamples random = new RandomExamples(6);
    RankingLearner learner = new RankingLearner();
    int learned = 0;
    for (int i = 0; i < 5_000; i++) {
      learned += learner.learn(random.next(99)) == Outcome.LEARNED ? 1 : 0;
    }
    assertThat(learned).isEqualTo(VisitorShares.MOST);
    double[] before = weights(learner);
    assertThat(learner.learn(random.next(99))).isEqualTo(Outcome.FLOOD);
    assertThat(weights(learner)).isEqualTo(before);
    assertThat(learner.examples()).isEqualTo(VisitorShares.MOST);
    assertThat(learner.learn(random.next())).isEqualTo(Outcome.LEARNED);
  }

  @Test
  void ofTheNewestExamplesAVisitorHasNoMoreThanAShare() {
    RandomExamples random = new RandomExamples(7);
    RankingLearner learner = new RankingLearner();
    List<Long> learned = new ArrayList<>();
    for (int i = 0; i < 6_000; i++) {
      long visitor = random.random.nextInt(3) == 0 ? 99 : random.random.nextLong();
      List<Long> newest = learned.subList(Math.max(0, learned.size() - 1_000), learned.size());
      boolean allowed = newest.stream().filter(other -> other == visitor).count() < 20;

      assertThat(learner.learn(random.next(visitor)))
          .isEqualTo(allowed ? Outcome.LEARNED : Outcome.FLOOD);
      if (allowed) {
        learned.add(visitor);
      }
    }
    assertThat(learned.stream().filter(visitor -> visitor == 99).count()).isBetween(60L, 120L);
  }

  @Test
  void aVisitorIsHeardAgainADayLater() {
    RankingLearner learner = new RankingLearner();
    long time = RandomExamples.TIME;
    for (int i = 0; i < 30; i++) {
      learner.learn(RandomExamples.oneFeature(99, time, 3, 2));
    }
    long day = VisitorShares.DAY_MS;
    assertThat(learner.learn(RandomExamples.oneFeature(99, time + day - 1, 3, 2)))
        .isEqualTo(Outcome.FLOOD);
    assertThat(learner.learn(RandomExamples.oneFeature(99, time + day, 3, 2)))
        .isEqualTo(Outcome.LEARNED);
  }

  @Test
  void noExampleMovesTheWeightsFar() {
    RankingLearner learner = new RankingLearner();
    RankingExample huge = RandomExamples.oneFeature(1, RandomExamples.TIME, 4, -Float.MAX_VALUE);
    double[] before = weights(learner);

    Outcome outcome = learner.learn(huge);
    double[] after = weights(learner);
    for (int k = 0; k < FEATURES; k++) {
      assertThat(Double.isFinite(after[k])).as("%s", outcome).isTrue();
      assertThat(after[k]).isCloseTo(before[k], within(.2));
    }
  }

  @Test
  void leavesOutWhatWouldMoveAWeightOutOfBounds() {
    RankingExample upwards = RandomExamples.oneFeature(1, RandomExamples.TIME, 6, 1 + 1e-4f);
    byte[] atTheEdge = withWeight(6, RankingModel.MAX_WEIGHT);
    RankingLearner learner = RankingLearner.ofBytes(atTheEdge);

    assertThat(learner.learn(upwards)).isEqualTo(Outcome.OUT_OF_BOUNDS);
    assertThat(learner.toBytes()).isEqualTo(atTheEdge);
    RankingLearner within = RankingLearner.ofBytes(withWeight(6, RankingModel.MAX_WEIGHT - .05));
    assertThat(within.learn(upwards)).isEqualTo(Outcome.LEARNED);
  }

  /** The state of a learner that has learned nothing but one weight. */
  private static byte[] withWeight(int feature, double weight) {
    byte[] bytes = new RankingLearner().toBytes();
    // Behind layout, version, fingerprint, examples and time; each with its squares and mean.
    ByteBuffer.wrap(bytes).putDouble(1 + 1 + 8 + 1 + 1 + feature * 24, weight);
    return bytes;
  }

  @Test
  void numbersWhatItPublishes() {
    RankingLearner learner = new RankingLearner();
    learner.learn(RandomExamples.oneFeature(1, RandomExamples.TIME + 5, 3, 2));
    learner.learn(RandomExamples.oneFeature(2, RandomExamples.TIME, 3, 2));
    RankingModel model = learner.publish("default");
    learner.learn(RandomExamples.oneFeature(3, RandomExamples.TIME, 3, 2));

    assertThat(model.version()).isEqualTo(1);
    assertThat(model.snapshot().examples()).isEqualTo(2);
    assertThat(model.snapshot().eventTime()).isEqualTo(RandomExamples.TIME + 5);
    assertThat(model.snapshot().weights()).isNotEqualTo(weights(learner));
    assertThat(learner.version()).isEqualTo(2);
  }

  @Test
  void learnsAnewWhereTheFeaturesAreOthers() {
    RankingLearner learner = new RankingLearner();
    learner.learn(RandomExamples.oneFeature(1, RandomExamples.TIME, 3, 2));
    learner.publish("default");
    ByteWriter out = new ByteWriter(64);
    out.writeBytes(learner.toBytes(), 0, 2);
    out.writeLong(RankingFeatures.FINGERPRINT + 1);
    out.writeByte(0);

    RankingLearner anew = RankingLearner.ofBytes(out.toBytes());
    assertThat(anew.examples()).isZero();
    assertThat(anew.publish("default").version()).isEqualTo(2);
    assertThat(weights(anew)).isEqualTo(weights(new RankingLearner()));
  }
}
