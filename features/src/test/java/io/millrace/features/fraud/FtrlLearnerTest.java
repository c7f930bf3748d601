package io.millrace.features.fraud;

import static io.millrace.features.fraud.BinnedSignal.binned;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class FtrlLearnerTest {
  static final FraudDeclaration DECLARATION =
      FraudDeclaration.named("few")
          .given("amount", "hour")
          .feature("amount", binned("amount", 10, 20, 50))
          .feature("amount_hour", binned("amount", 15, 40), binned("hour", 6, 18))
          .build();

  static IntStream seeds() {
    return IntStream.range(0, 20);
  }

  static List<Lesson> lessons(Random random, int count) {
    List<Lesson> lessons = new ArrayList<>();
    double[] signals = DECLARATION.observation();
    for (int i = 0; i < count; i++) {
      signals[0] = random.nextInt(8) == 0 ? Double.NaN : random.nextInt(70);
      signals[1] = random.nextInt(24);
      boolean fraud = random.nextInt(10) < (signals[0] > 40 ? 7 : 1);
      boolean correction = random.nextInt(10) == 0;
      lessons.add(new Lesson(i, 1_000 - i, DECLARATION.indices(signals), fraud, correction));
    }
    return lessons;
  }

  /** The algorithm as published, on dense vectors, every weight at every step. */
  private static double[] naive(List<Lesson> lessons, FtrlSettings settings) {
    int size = DECLARATION.weights();
    double[] z = new double[size];
    double[] n = new double[size];
    for (Lesson lesson : lessons) {
      double[] x = new double[size];
      for (int i : lesson.active()) {
        x[i] = 1;
      }
      double[] w = weights(z, n, settings);
      double sum = IntStream.range(0, size).mapToDouble(i -> w[i] * x[i]).sum();
      double p = 1 / (1 + Math.exp(-sum));
      for (int i = 0; i < size; i++) {
        double g = (p - (lesson.fraud() ? 1 : 0)) * x[i];
        double sigma = (Math.sqrt(n[i] + g * g) - Math.sqrt(n[i])) / settings.alpha();
        z[i] += g - sigma * w[i];
        n[i] += g * g;
      }
    }
    return weights(z, n, settings);
  }

  private static double[] weights(double[] z, double[] n, FtrlSettings settings) {
    return IntStream.range(0, z.length)
        .mapToDouble(
            i ->
                Math.abs(z[i]) <= settings.l1()
                    ? 0
                    : -(z[i] - Math.signum(z[i]) * settings.l1())
                        / ((settings.beta() + Math.sqrt(n[i])) / settings.alpha() + settings.l2()))
        .toArray();
  }

  private static FtrlLearner learned(List<Lesson> lessons, FtrlSettings settings) {
    FtrlLearner learner = new FtrlLearner(DECLARATION, settings);
    lessons.forEach(learner::learn);
    return learner;
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void stepsAreThoseOfThePublishedAlgorithm(int seed) {
    Random random = new Random(seed);
    FtrlSettings settings =
        new FtrlSettings(
            .1 + random.nextDouble(),
            random.nextDouble() + .1,
            random.nextDouble(),
            2 * random.nextDouble());
    List<Lesson> lessons = lessons(random, 400);

    double[] expected = naive(lessons, settings);
    double[] numbers = learned(lessons, settings).publish().snapshot().weights();

    for (int i = 0; i < expected.length; i++) {
      assertThat(numbers[i]).as("seed %d, weight %d", seed, i).isCloseTo(expected[i], within(1e-9));
    }
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void meansAreThoseOfThePopulationLearned(int seed) {
    List<Lesson> lessons = lessons(new Random(seed), 300);
    FraudModel model = learned(lessons, FtrlSettings.DEFAULT).publish();
    double[] numbers = model.snapshot().weights();
    List<Lesson> population = lessons.stream().filter(lesson -> !lesson.correction()).toList();

    assertThat(model.examples()).isEqualTo(population.size());
    for (int feature = 0; feature < 2; feature++) {
      int place = feature + 1;
      double mean =
          population.stream()
              .mapToDouble(lesson -> numbers[lesson.active()[place]])
              .average()
              .orElseThrow();
      assertThat(numbers[DECLARATION.weights() + feature]).isCloseTo(mean, within(1e-9));
    }
    // So over the population the contributions of a feature are 0 in the mean.
    for (int feature = 0; feature < 2; feature++) {
      int place = feature;
      assertThat(
              population.stream()
                  .mapToDouble(lesson -> model.contributions(lesson.active())[place])
                  .sum())
          .isCloseTo(0, within(1e-7));
    }
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void contributionsAddUpToTheLogOdds(int seed) {
    Random random = new Random(seed);
    List<Lesson> lessons = lessons(random, 300);
    FraudModel model = learned(lessons, FtrlSettings.DEFAULT).publish();
    for (Lesson lesson : lessons) {
      double sum = model.baseline();
      for (double contribution : model.contributions(lesson.active())) {
        sum += contribution;
      }
      double logOdds = model.logOdds(lesson.active());
      assertThat(sum).isCloseTo(logOdds, within(1e-9));
      double p = model.probability(lesson.active());
      assertThat(Math.log(p / (1 - p))).isCloseTo(logOdds, within(1e-9));
    }
  }

  @Test
  void goesOnAfterRestoringAsIfNothingHadBeen() {
    List<Lesson> lessons = lessons(new Random(3), 500);
    FtrlLearner whole = learned(lessons, FtrlSettings.DEFAULT);
    FtrlLearner part = learned(lessons.subList(0, 200), FtrlSettings.DEFAULT);
    part = FtrlLearner.ofBytes(part.toBytes(), DECLARATION, FtrlSettings.DEFAULT);
    lessons.subList(200, 500).forEach(part::learn);

    assertThat(part.toBytes()).isEqualTo(whole.toBytes());
    assertThat(part.publish().snapshot()).isEqualTo(whole.publish().snapshot());
    assertThat(part.examples()).isEqualTo(500 - part.corrections());
    assertThat(part.corrections())
        .isEqualTo(lessons.stream().filter(Lesson::correction).count())
        .isPositive();
    assertThat(part.newest()).isEqualTo(whole.newest()).isBetween(990L, 1_000L);
    assertThat(part.probability(lessons.get(0).active()))
        .isEqualTo(whole.probability(lessons.get(0).active()));
  }

  @Test
  void learnsToTellFraud() {
    FtrlLearner learner = learned(lessons(new Random(5), 2_000), FtrlSettings.DEFAULT);
    assertThat(learner.probability(DECLARATION.indices(new double[] {60, 12}))).isBetween(.6, .8);
    assertThat(learner.probability(DECLARATION.indices(new double[] {5, 12}))).isBetween(.05, .15);
  }

  @Test
  void whatWasLearnedUnderAnotherDeclarationIsLetGoButVersionsGoOn() {
    FtrlLearner before = learned(lessons(new Random(3), 100), FtrlSettings.DEFAULT);
    before.publish();
    FraudDeclaration other =
        FraudDeclaration.named("few").given("amount").feature("a", binned("amount", 3)).build();
    FtrlLearner learner = FtrlLearner.ofBytes(before.toBytes(), other, FtrlSettings.DEFAULT);

    assertThat(learner.examples()).isZero();
    assertThat(learner.publish().version()).isEqualTo(2);
    assertThat(learner.publish().snapshot().weights()).containsOnly(0);
  }

  @Test
  void versionsHeardOfAreNumberedOn() {
    FtrlLearner learner = new FtrlLearner(DECLARATION, FtrlSettings.DEFAULT);
    assertThat(learner.hear(41)).isTrue();
    assertThat(learner.hear(41)).isFalse();
    assertThat(learner.hear(Long.MAX_VALUE)).isFalse();
    assertThat(learner.publish().version()).isEqualTo(42);
    assertThat(learner.version()).isEqualTo(42);
  }

  @Test
  void refusesLessonsOfAnotherDeclarationAndLearnsNothingOfThem() {
    FtrlLearner learner = new FtrlLearner(DECLARATION, FtrlSettings.DEFAULT);
    byte[] before = learner.toBytes();
    for (int[] active : new int[][] {{0, 1}, {0, 1, 5}, {0, 6, 6}, {1, 1, 6}, {0, 1, 22}}) {
      assertThatThrownBy(() -> learner.learn(new Lesson(1, 1, active, true, false)))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("declaration few");
    }
    assertThat(learner.toBytes()).isEqualTo(before);
    learner.learn(new Lesson(1, 1, new int[] {0, 5, 21}, true, false));
    learner.learn(new Lesson(1, 1, new int[] {0, 1, 6}, true, false));
  }
}
