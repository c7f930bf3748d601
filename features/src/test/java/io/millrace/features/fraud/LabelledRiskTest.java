package io.millrace.features.fraud;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class LabelledRiskTest {
  private static final long DAY = 86_400_000;
  private static final LabelledRules RULES = LabelledRules.DEFAULT;

  private record Pay(long time, long tie, boolean fraud, boolean explained) {
    private static final Comparator<Pay> PLACE =
        Comparator.comparingLong(Pay::time).thenComparingLong(Pay::tie);
  }

  static IntStream seeds() {
    return IntStream.range(0, 40);
  }

  /** Whole and half days, so that windows and episodes are met at their very edges. */
  private static List<Pay> payments(Random random) {
    List<Pay> payments = new ArrayList<>();
    long time = 0;
    for (int i = 0; i < 120; i++) {
      time += random.nextInt(4) * DAY / 2;
      payments.add(
          new Pay(time, i % 3 == 0 ? -i : i, random.nextInt(3) == 0, random.nextInt(4) == 0));
    }
    payments.sort(Pay.PLACE);
    return payments;
  }

  /** The definitions, over the list of all payments. */
  private static double[] naive(List<Pay> sorted, long time) {
    List<Pay> mature = sorted.stream().filter(pay -> pay.time() <= time - 7 * DAY).toList();
    Long first = null;
    Long genuine = null;
    int streak = 0;
    for (Pay pay : mature) {
      if (!pay.fraud()) {
        genuine = pay.time();
        streak = 0;
      } else if (!pay.explained()) {
        streak++;
        first = first == null || pay.time() - first > 28 * DAY ? pay.time() : first;
      }
    }
    int begins = 0;
    while (first != null
        && !(mature.get(begins).time() == first
            && mature.get(begins).fraud()
            && !mature.get(begins).explained())) {
      begins++;
    }
    List<Pay> episode = first == null ? List.of() : mature.subList(begins, mature.size());
    return new double[] {
      first == null ? Double.NaN : (time - first) / (double) DAY,
      streak,
      first == null ? Double.NaN : episode.stream().filter(Pay::fraud).count(),
      first == null ? Double.NaN : episode.stream().filter(pay -> !pay.fraud()).count(),
      risk(mature, time - 14 * DAY),
      risk(mature, time - 37 * DAY),
      genuine == null ? Double.NaN : (time - genuine) / (double) DAY
    };
  }

  private static double risk(List<Pay> mature, long from) {
    List<Pay> window = mature.stream().filter(pay -> pay.time() > from).toList();
    return (window.stream().filter(Pay::fraud).count() + .008) / (window.size() + 1);
  }

  private static boolean put(LabelledRisk state, Pay pay) {
    return state.put(pay.time(), pay.tie(), pay.fraud(), pay.explained());
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void equalsTheDefinitionsInAnyOrderOfArrival(int seed) {
    Random random = new Random(seed);
    List<Pay> sorted = payments(random);
    long end = sorted.get(sorted.size() - 1).time() + 60 * DAY;
    List<Pay> shuffled = new ArrayList<>(sorted);
    Collections.shuffle(shuffled, random);
    LabelledRisk state = new LabelledRisk(RULES);
    for (Pay pay : shuffled) {
      assertThat(put(state, pay)).isTrue();
      assertThat(put(state, pay)).isFalse();
    }
    for (long time = 0; time <= end; time += DAY / 2) {
      assertThat(state.signals(time))
          .as("seed %d, time %d", seed, time)
          .containsExactly(naive(sorted, time), within(1e-12));
    }
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void forgettingStoringAndWhenPaymentsArePutChangeNoBit(int seed) {
    Random random = new Random(seed);
    List<Pay> sorted = payments(random);
    LabelledRisk all = new LabelledRisk(RULES);
    sorted.forEach(pay -> put(all, pay));
    LabelledRisk state = new LabelledRisk(RULES);
    int next = 0;
    long end = sorted.get(sorted.size() - 1).time() + 60 * DAY;
    for (long time = 0; time <= end; time += DAY / 2) {
      // Some when they are made, some when they mature.
      long until = random.nextBoolean() ? time : time - 7 * DAY;
      while (next < sorted.size() && sorted.get(next).time() <= until) {
        put(state, sorted.get(next++));
      }
      assertThat(state.signals(time)).as("seed %d", seed).isEqualTo(all.signals(time));
      if (random.nextBoolean()) {
        state.forget(time);
      }
      state = LabelledRisk.ofBytes(state.toBytes(), RULES);
    }
    state.forget(end);
    assertThat(state.toBytes()).hasSizeLessThan(40);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void aCorrectedLabelIsAsIfItHadAlwaysBeenThat(int seed) {
    Random random = new Random(seed);
    List<Pay> sorted = payments(random);
    LabelledRisk corrected = new LabelledRisk(RULES);
    LabelledRisk right = new LabelledRisk(RULES);
    for (Pay pay : sorted) {
      put(right, pay);
      corrected.put(pay.time(), pay.tie(), pay.fraud() ^ random.nextBoolean(), pay.explained());
    }
    Collections.shuffle(sorted, random);
    for (Pay pay : sorted) {
      assertThat(corrected.correct(pay.time(), pay.tie(), pay.fraud())).isTrue();
    }
    assertThat(corrected.toBytes()).isEqualTo(right.toBytes());
  }

  @Test
  void whatIsFoldedIsNeitherPutNorCorrected() {
    LabelledRisk state = new LabelledRisk(RULES);
    state.put(DAY, 1, false, false);
    state.forget(38 * DAY - 1);
    assertThat(state.correct(DAY, 2, true)).isFalse();
    assertThat(state.correct(DAY, 1, true)).isTrue();
    state.forget(38 * DAY);
    byte[] before = state.toBytes();

    assertThat(state.correct(DAY, 1, false)).isFalse();
    assertThat(state.put(DAY, 1, true, false)).isFalse();
    assertThat(state.put(DAY, 0, true, false)).isFalse();
    assertThat(state.toBytes()).isEqualTo(before);
    assertThat(state.put(DAY, 2, true, false)).isTrue();
  }

  @Test
  void aBusyEntityIsBoundedAndItsWindowsAreExactToABucket() {
    Random random = new Random(1);
    LabelledRisk state = new LabelledRisk(RULES);
    List<Pay> all = new ArrayList<>();
    for (int i = 0; i < 50_000; i++) {
      // Frauds in the short window and nowhere else.
      boolean fraud = i > 36_000 && i <= 43_000 && random.nextInt(3) == 0;
      Pay pay = new Pay(i * DAY / 1_000, i, fraud, false);
      all.add(pay);
      put(state, pay);
      state.forget(pay.time());
    }
    long now = 50 * DAY;

    assertThat(state.toBytes().length).isLessThan(20_000);
    double[] expected = naive(all, now);
    double[] actual = LabelledRisk.ofBytes(state.toBytes(), RULES).signals(now);
    assertThat(actual).isEqualTo(state.signals(now));
    // A bucket is an eighth of the short window and a thirtieth of the long one.
    assertThat(expected[4]).isBetween(.32, .35);
    assertThat(actual[4]).isCloseTo(expected[4], within(expected[4] / 8));
    assertThat(actual[5]).isCloseTo(expected[5], within(expected[5] / 8));
    state.forget(200 * DAY);
    assertThat(state.toBytes()).hasSizeLessThan(40);
  }

  @Test
  void refusesAStateOfALaterRelease() {
    byte[] state = new LabelledRisk(RULES).toBytes();
    state[0] = 99;
    assertThatThrownBy(() -> LabelledRisk.ofBytes(state, RULES))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("99");
  }

  @Test
  void aSignalAboveItsBoundExplainsAFraud() {
    LabelledRules rules = RULES.explainedBy("card_ratio", 2.2);
    assertThat(rules.explains(2.2)).isFalse();
    assertThat(rules.explains(2.3)).isTrue();
    assertThat(rules.explains(Double.NaN)).isFalse();
    assertThat(RULES.explains(9)).isFalse();
    assertThat(rules.withMaturity(Duration.ofDays(1)).maturity()).isEqualTo(Duration.ofDays(1));
  }
}
