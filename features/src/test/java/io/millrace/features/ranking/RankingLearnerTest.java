package io.millrace.features.ranking;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.millrace.features.bytes.ByteWriter;
import io.millrace.features.ranking.RankingLearner.Outcome;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class RankingLearnerTest {
  private static final int FEATURES = 19;

  static IntStream seeds() {
    return IntStream.range(0, 30);
  }

  private static double[] weights(RankingLearner learner) {
    return learner.publish("default").snapshot().weights();
  }

  /** The formula, written out: over one list of examples after the other. */
  private static double[] naive(List<RankingExample> examples) {
    double[] start = weights(new RankingLearner());
    double[] w = start.clone();
    double fading = 1. / 5_000;
    double[][] told = new double[FEATURES][FEATURES];
    for (RankingExample example : examples) {
      double[][] curvature = curvature(w, example);
      double[][] precision = new double[FEATURES][FEATURES];
      double[] gradient = gradient(w, example);
      for (int k = 0; k < FEATURES; k++) {
        for (int l = 0; l < FEATURES; l++) {
          told[k][l] = (1 - fading) * told[k][l] + curvature[k][l];
          precision[k][l] = told[k][l] + (k == l ? 10 : 0);
        }
        gradient[k] += fading * 10 * (w[k] - start[k]);
      }
      double[] step = solve(precision, gradient);
      double longest = Arrays.stream(step).map(Math::abs).max().orElseThrow();
      for (int k = 0; k < FEATURES; k++) {
        w[k] -= step[k] * Math.min(1, .2 / longest);
      }
    }
    return w;
  }

  /** Of the weighed log-likelihood: over all pairs of candidates, how much they differ. */
  private static double[][] curvature(double[] w, RankingExample example) {
    double[] scores = new double[example.candidates()];
    double sum = 0;
    for (int j = 0; j < scores.length; j++) {
      scores[j] = Math.exp(score(w, example, j));
      sum += scores[j];
    }
    double[][] curvature = new double[FEATURES][FEATURES];
    for (int i = 0; i < scores.length; i++) {
      for (int j = 0; j < i; j++) {
        double both = example.weight() * scores[i] * scores[j] / (sum * sum);
        for (int k = 0; k < FEATURES; k++) {
          for (int l = 0; l < FEATURES; l++) {
            curvature[k][l] += both * apart(example, i, j, k) * apart(example, i, j, l);
          }
        }
      }
    }
    return curvature;
  }

  private static double apart(RankingExample example, int i, int j, int feature) {
    float[] features = example.features();
    return (double) features[i * FEATURES + feature] - features[j * FEATURES + feature];
  }

  /** Gauss and Jordan, with the largest pivot. */
  private static double[] solve(double[][] matrix, double[] vector) {
    double[][] rows = new double[vector.length][];
    for (int i = 0; i < rows.length; i++) {
      rows[i] = Arrays.copyOf(matrix[i], rows.length + 1);
      rows[i][rows.length] = vector[i];
    }
    for (int i = 0; i < rows.length; i++) {
      int column = i;
      int pivot =
          IntStream.range(i, rows.length)
              .boxed()
              .max(Comparator.comparingDouble(row -> Math.abs(rows[row][column])))
              .orElseThrow();
      double[] swapped = rows[i];
      rows[i] = rows[pivot];
      rows[pivot] = swapped;
      for (int row = 0; row < rows.length; row++) {
        double factor = row == i ? 0 : rows[row][i] / rows[i][i];
        for (int k = 0; k <= rows.length; k++) {
          rows[row][k] -= factor * rows[i][k];
        }
      }
    }
    return IntStream.range(0, rows.length)
        .mapToDouble(i -> rows[i][rows.length] / rows[i][i])
        .toArray();
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
    for (int i = 0; i < (seed == 0 ? 1_500 : 200); i++) {
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

  /** What all the examples together make most likely, found by going over them again and again. */
  private static double[] peak(List<RankingExample> examples) {
    double[] start = weights(new RankingLearner());
    double[] w = start.clone();
    for (int round = 0; round < 15; round++) {
      double[][] precision = new double[FEATURES][FEATURES];
      double[] gradient = new double[FEATURES];
      for (RankingExample example : examples) {
        double[] ofOne = gradient(w, example);
        double[][] curvature = curvature(w, example);
        for (int k = 0; k < FEATURES; k++) {
          gradient[k] += ofOne[k];
          for (int l = 0; l < FEATURES; l++) {
            precision[k][l] += curvature[k][l];
          }
        }
      }
      for (int k = 0; k < FEATURES; k++) {
        gradient[k] += 10 * (w[k] - start[k]);
        precision[k][k] += 10;
      }
      double[] step = solve(precision, gradient);
      for (int k = 0; k < FEATURES; k++) {
        w[k] -= step[k];
      }
    }
    return w;
  }

  /** Minus the logarithm of the posterior. */
  private static double loss(double[] w, List<RankingExample> examples) {
    double[] start = weights(new RankingLearner());
    double loss = 0;
    for (int k = 0; k < FEATURES; k++) {
      loss += 5 * (w[k] - start[k]) * (w[k] - start[k]);
    }
    return loss + examples.stream().mapToDouble(example -> loss(w, example)).sum();
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(ints = {1, 2, 3})
  void comesInOnePassToWhatAllExamplesTogetherTell(int seed) {
    RandomExamples random = new RandomExamples(seed);
    List<RankingExample> examples = Stream.generate(random::next).limit(600).toList();
    RankingLearner learner = new RankingLearner();
    examples.forEach(learner::learn);

    double best = loss(peak(examples), examples);
    double atStart = loss(weights(new RankingLearner()), examples);
    assertThat(loss(weights(learner), examples) - best)
        .as("seed %d", seed)
        .isLessThan(.03 * (atStart - best));
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(ints = {1, 2, 3})
  void returnsToTheSessionCostTheScoreOfTheNeighboursNothing(int seed) {
    Random random = new Random(seed);
    RankingLearner learner = new RankingLearner();
    for (int i = 0; i < 2_000; i++) {
      learner.learn(returnOrNeighbour(random, RandomExamples.TIME + i));
    }
    double score = weights(learner)[RankingFeatures.NAMES.indexOf("neighbour_score_log")];
    assertThat(score).as("seed %d", seed).isBetween(.8, 1.2);
  }

  /**
   * Every other click is one on the item of the session, of which the neighbours know nothing; the
   * others go by their score.
   */
  private static RankingExample returnOrNeighbour(Random random, long time) {
    int others = 30;
    float[] features = new float[(others + 1) * FEATURES];
    double[] scores = new double[others];
    for (int j = 0; j < others; j++) {
      scores[j] = Math.exp(-3 * random.nextDouble());
      features[j * FEATURES] = (float) Math.log(scores[j] + .001);
    }
    int ofSession = others * FEATURES;
    features[ofSession] = (float) Math.log(.001);
    features[ofSession + RankingFeatures.NAMES.indexOf("in_session")] = 1;
    features[ofSession + RankingFeatures.NAMES.indexOf("in_session_x_score_log")] =
        features[ofSession];
    int clicked = others;
    if (random.nextBoolean()) {
      double drawn = random.nextDouble() * Arrays.stream(scores).sum();
      clicked = 0;
      while (clicked < others - 1 && (drawn -= scores[clicked]) > 0) {
        clicked++;
      }
    }
    return RandomExamples.example(random.nextLong(), time, features, clicked, 1);
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
      (i < 100 ? before : after).add(rank(learner, example));
      learner.learn(example);
    }
    assertThat(shareOfFirst(before)).isLessThan(.7);
    assertThat(shareOfFirst(after.subList(1_000, 1_900))).isGreaterThan(.75);
  }

  /** The place from 1 of what was clicked, behind all that score the same. */
  private static int rank(RankingLearner learner, RankingExample example) {
    double[] scores = LinearScores.of(weights(learner), example.features());
    return (int) Arrays.stream(scores).filter(score -> score >= scores[example.clicked()]).count();
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
      assertThat(after[k]).isCloseTo(before[k], within(.2 + 1e-9));
    }
  }

  @Test
  void leavesOutWhatWouldMoveAWeightOutOfBounds() {
    float[] features = new float[2 * FEATURES];
    features[6] = 1;
    features[7] = -1;
    RankingExample upwards = RandomExamples.example(1, RandomExamples.TIME, features, 0, 20);
    byte[] atTheEdge = withWeights(RankingModel.MAX_WEIGHT, 6, 7);
    RankingLearner learner = RankingLearner.ofBytes(atTheEdge);

    assertThat(learner.learn(upwards)).isEqualTo(Outcome.OUT_OF_BOUNDS);
    assertThat(learner.toBytes()).isEqualTo(atTheEdge);
    RankingLearner within = RankingLearner.ofBytes(withWeights(RankingModel.MAX_WEIGHT - .5, 6, 7));
    assertThat(within.learn(upwards)).isEqualTo(Outcome.LEARNED);
  }

  /** The state of a learner that has learned nothing but some weights. */
  private static byte[] withWeights(double weight, int... features) {
    byte[] bytes = new RankingLearner().toBytes();
    for (int feature : features) {
      // Behind layout, version, fingerprint, examples and time.
      ByteBuffer.wrap(bytes).putDouble(1 + 1 + 8 + 1 + 1 + feature * 8, weight);
    }
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

  @Test
  void learnsAnewFromTheLayoutBefore() {
    ByteWriter out = new ByteWriter(1024);
    out.writeByte(1);
    out.writeVarLong(7);
    out.writeLong(0x0123456789ABCDEFL);
    out.writeVarLong(4_000);
    out.writeSignedVarLong(RandomExamples.TIME);
    for (int i = 0; i < 3 * 18; i++) {
      out.writeLong(Double.doubleToRawLongBits(i));
    }
    out.writeVarLong(0);

    RankingLearner anew = RankingLearner.ofBytes(out.toBytes());
    assertThat(anew.examples()).isZero();
    assertThat(anew.publish("default").version()).isEqualTo(8);
    assertThat(weights(anew)).isEqualTo(weights(new RankingLearner()));
  }
}
