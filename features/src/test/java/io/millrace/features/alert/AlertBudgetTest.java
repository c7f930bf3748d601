package io.millrace.features.alert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class AlertBudgetTest {
  private static final long HOUR = 3_600_000;
  private static final long DAY = 24 * HOUR;
  private static final long START = 20_000 * DAY + 17 * HOUR;

  private record Candidate(long time, double score) {}

  static IntStream seeds() {
    return IntStream.range(0, 30);
  }

  /** Bursts, hours of silence, and scores that drift. */
  private static List<Candidate> restless(Random random) {
    List<Candidate> candidates = new ArrayList<>();
    long time = START + random.nextInt(60) * 60_000;
    double level = 0;
    for (int i = 0; i < 1_500; i++) {
      long[] gaps = {0, 1, 60_000, HOUR / 7, HOUR / 7, HOUR, 30 * HOUR};
      time += gaps[random.nextInt(1 + random.nextInt(gaps.length))] * random.nextInt(3);
      level += .1 * random.nextGaussian();
      candidates.add(new Candidate(time, score(level + random.nextGaussian())));
    }
    return candidates;
  }

  private static double score(double logOdds) {
    return 1 / (1 + Math.exp(-logOdds));
  }

  /** Evenly through days, so many a day, most scores low. */
  private static List<Candidate> steady(Random random, int days, int aDay) {
    return random
        .longs((long) days * aDay, START, START + days * DAY)
        .sorted()
        .mapToObj(time -> new Candidate(time, score(-3 + 1.5 * random.nextGaussian())))
        .toList();
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void equalsTheOneThatKeepsEverything(int seed) {
    Random random = new Random(seed);
    int alertsADay = 1 + random.nextInt(seed % 2 == 0 ? 8 : 80);
    NaiveBudget naive = new NaiveBudget(alertsADay);
    AlertBudget budget = AlertBudget.of(alertsADay);
    for (Candidate each : restless(random)) {
      assertThat(budget.admits(each.time(), each.score()))
          .as("seed %d", seed)
          .isEqualTo(naive.admits(each.time(), each.score()));
      if (random.nextInt(10) == 0) {
        byte[] bytes = budget.toBytes();
        budget = AlertBudget.ofBytes(bytes, alertsADay);
        assertThat(budget.toBytes()).isEqualTo(bytes);
      }
    }
  }

  /** What a budget made of candidates. */
  private static final class Outcome {
    private final List<Long> admitted = new ArrayList<>();
    private double admittedScores;
    private double refusedScores;
    private int refused;

    private Outcome(AlertBudget budget, List<Candidate> candidates) {
      for (Candidate each : candidates) {
        if (budget.admits(each.time(), each.score())) {
          admitted.add(each.time());
          admittedScores += each.score();
        } else {
          refused++;
          refusedScores += each.score();
        }
      }
    }

    private long inDay(int day) {
      return admitted.stream().filter(time -> (time - START) / DAY == day).count();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "20,100,.5,.85",
    "20,2000,.5,.85",
    "50,60,.7,.9",
    "50,1000,.7,.9",
    "100,5000,.8,.95",
    "500,2000,.8,.95"
  })
  void usesTheBudgetForTheHighestScores(int alertsADay, int aDay, double everyDay, double mean) {
    int days = 30;
    List<Candidate> candidates = steady(new Random(aDay), days, aDay);
    Outcome outcome = new Outcome(AlertBudget.of(alertsADay), candidates);
    long sum = 0;
    // The first days still have the flood of the first hours in them.
    for (int day = 3; day < days; day++) {
      long admitted = outcome.inDay(day);
      assertThat(admitted).isBetween((long) Math.ceil(everyDay * alertsADay), (long) alertsADay);
      sum += admitted;
    }
    assertThat(sum / (days - 3.0) / alertsADay).isBetween(mean, 1.0);

    double admittedMean = outcome.admittedScores / outcome.admitted.size();
    double best =
        candidates.stream()
            .map(Candidate::score)
            .sorted(Comparator.reverseOrder())
            .limit(outcome.admitted.size())
            .mapToDouble(score -> score)
            .average()
            .orElseThrow();
    assertThat(admittedMean).isGreaterThan(outcome.refusedScores / outcome.refused);
    assertThat(admittedMean / best).isBetween(.75, 1.0);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void noMoreAreAdmittedInAnyHoursOfADay(int seed) {
    Random random = new Random(seed);
    int alertsADay = 1 + random.nextInt(40);
    Outcome outcome = new Outcome(AlertBudget.of(alertsADay), restless(random));
    for (int i = alertsADay; i < outcome.admitted.size(); i++) {
      long hour = Math.floorDiv(outcome.admitted.get(i), HOUR);
      long before = Math.floorDiv(outcome.admitted.get(i - alertsADay), HOUR);
      assertThat(hour - before).as("seed %d", seed).isGreaterThanOrEqualTo(24);
    }
  }

  @Test
  void allAreAdmittedWhileThereAreFewerThanAllowed() {
    List<Candidate> candidates = steady(new Random(1), 30, 100);
    assertThat(new Outcome(AlertBudget.of(160), candidates).refused).isZero();
  }

  @Test
  void withoutALimitAllAreAdmitted() {
    List<Candidate> candidates = steady(new Random(1), 3, 5_000);
    AlertBudget unlimited = AlertBudget.unlimited();
    assertThat(new Outcome(unlimited, candidates).refused).isZero();
    AlertBudget restored = AlertBudget.ofBytes(unlimited.toBytes(), AlertBudget.UNLIMITED);
    assertThat(restored.admits(START + 3 * DAY, 0)).isTrue();
  }

  @Test
  void aLimitSetLaterKnowsWhatToExpect() {
    AlertBudget unlimited = AlertBudget.unlimited();
    long time = START;
    for (Candidate each : steady(new Random(1), 3, 1_000)) {
      unlimited.admits(each.time(), each.score());
      time = each.time();
    }
    AlertBudget limited = AlertBudget.ofBytes(unlimited.toBytes(), 100);
    assertThat(limited.admits(time, 1)).as("more than are allowed were admitted").isFalse();
    AlertBudget larger = AlertBudget.ofBytes(unlimited.toBytes(), 1_000_000);
    assertThat(larger.admits(time, .001)).isTrue();
  }

  @Test
  void whatComesLateCountsAsNow() {
    AlertBudget budget = AlertBudget.of(1);
    assertThat(budget.admits(START, .5)).isTrue();
    assertThat(budget.admits(START - 100 * DAY, .6)).isFalse();
    assertThat(budget.admits(START + 23 * HOUR, .9)).isFalse();
    assertThat(budget.admits(START + DAY - 1, .9)).isFalse();
    assertThat(budget.admits(START + DAY, .5)).isTrue();
  }

  @Test
  void hoursAreOfOneLengthOnBothSidesOfTheEpoch() {
    AlertBudget budget = AlertBudget.of(1);
    assertThat(budget.admits(-1, .5)).isTrue();
    assertThat(budget.admits(HOUR, .5)).isFalse();
    assertThat(budget.admits(23 * HOUR - 1, .5)).isFalse();
    assertThat(budget.admits(23 * HOUR, .5)).isTrue();
  }

  @Test
  void yearsOfSilenceArePassedAtOnce() {
    AlertBudget budget = AlertBudget.of(1);
    assertThat(budget.admits(Long.MIN_VALUE / 2, .9)).isTrue();
    assertThat(budget.admits(Long.MAX_VALUE / 2, .1)).isTrue();
    assertThat(budget.admits(Long.MAX_VALUE / 2, .9)).isFalse();
  }

  @Test
  void staysSmall() {
    AlertBudget budget = AlertBudget.of(100);
    steady(new Random(1), 2, 100_000).forEach(each -> budget.admits(each.time(), each.score()));
    assertThat(budget.toBytes().length).isLessThan(16_000);
  }

  @Test
  void refusesWhatMakesNoSense() {
    AlertBudget budget = AlertBudget.of(1);
    byte[] before = budget.toBytes();
    for (double score : new double[] {-.1, 1.1, Double.NaN}) {
      assertThatThrownBy(() -> budget.admits(START, score))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining(String.valueOf(score));
    }
    assertThat(budget.toBytes()).isEqualTo(before);
    assertThatThrownBy(() -> AlertBudget.of(0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("0 alerts a day");
    byte[] state = budget.toBytes();
    state[0] = 99;
    assertThatThrownBy(() -> AlertBudget.ofBytes(state, 1))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("99");
  }
}
