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

class SpendingRiskTest {
  private static final long DAY = 86_400_000;
  private static final SpendingRules RULES = new SpendingRules(50, 2, 3, Duration.ofDays(14));

  private record Pay(long time, long tie, long amount) {
    private static final Comparator<Pay> PLACE =
        Comparator.comparingLong(Pay::time).thenComparingLong(Pay::tie);
  }

  static IntStream seeds() {
    return IntStream.range(0, 40);
  }

  /** Some at the same moment, some on the edge of an episode. */
  private static List<Pay> payments(Random random) {
    List<Pay> payments = new ArrayList<>();
    long time = 0;
    for (int i = 0; i < 80; i++) {
      time += random.nextInt(4) * DAY / (1 + random.nextInt(3));
      long amount = (random.nextInt(4) == 0 ? 5 : 1) * (1 + random.nextInt(100)) * 10_000L;
      payments.add(new Pay(time, i % 3 == 0 ? -i : i, amount));
    }
    payments.sort(Pay.PLACE);
    return payments;
  }

  /** The formulas, over the list of all payments before one. */
  private static double[] naive(List<Pay> sorted, int at) {
    double[] result = null;
    double sum = 0;
    Long first = null;
    int count = 0;
    int large = 0;
    for (int i = 0; i <= at; i++) {
      Pay pay = sorted.get(i);
      double amount = pay.amount() / 1e4;
      double ratio = amount / ((2 * 50 + sum) / (2 + i));
      boolean episode = first != null && pay.time() - first <= 14 * DAY;
      result =
          episode
              ? new double[] {ratio, (pay.time() - first) / (double) DAY, count, large}
              : new double[] {ratio, Double.NaN, Double.NaN, Double.NaN};
      if (ratio > 3 && !episode) {
        first = pay.time();
        count = 0;
        large = 0;
      }
      count++;
      large += ratio > 3 ? 1 : 0;
      sum += amount;
    }
    return result;
  }

  private static double[] signals(SpendingRisk state, Pay pay) {
    return state.signals(pay.time(), pay.tie(), pay.amount());
  }

  private static boolean add(SpendingRisk state, Pay pay) {
    return state.add(pay.time(), pay.tie(), pay.amount());
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void equalsTheFormulas(int seed) {
    List<Pay> sorted = payments(new Random(seed));
    SpendingRisk state = new SpendingRisk(RULES);
    for (int i = 0; i < sorted.size(); i++) {
      assertThat(signals(state, sorted.get(i)))
          .as("seed %d, payment %d", seed, i)
          .containsExactly(naive(sorted, i), within(1e-9));
      add(state, sorted.get(i));
    }
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void orderOfArrivalSettlingAndStoringChangeNoBit(int seed) {
    Random random = new Random(seed);
    List<Pay> sorted = payments(random);
    SpendingRisk inOrder = new SpendingRisk(RULES);
    List<double[]> expected = new ArrayList<>();
    for (Pay pay : sorted) {
      expected.add(signals(inOrder, pay));
      add(inOrder, pay);
    }

    SpendingRisk state = new SpendingRisk(RULES);
    // What arrives together is answered when all of it is there.
    for (int from = 0; from < sorted.size(); ) {
      int to = Math.min(sorted.size(), from + 1 + random.nextInt(9));
      List<Pay> batch = new ArrayList<>(sorted.subList(from, to));
      Collections.shuffle(batch, random);
      for (Pay pay : batch) {
        assertThat(add(state, pay)).isTrue();
        assertThat(add(state, pay)).isFalse();
      }
      for (int i = from; i < to; i++) {
        assertThat(signals(state, sorted.get(i)))
            .as("seed %d, payment %d", seed, i)
            .isEqualTo(expected.get(i));
      }
      if (random.nextBoolean()) {
        state.settle(sorted.get(from).time() - 1);
      }
      state = SpendingRisk.ofBytes(state.toBytes(), RULES);
      from = to;
    }
    long end = sorted.get(sorted.size() - 1).time();
    state.settle(end);
    inOrder.settle(end);
    assertThat(state.toBytes()).isEqualTo(inOrder.toBytes()).hasSizeLessThan(64);
  }

  @Test
  void whatIsSettledTakesNoPaymentBeforeIt() {
    SpendingRisk state = new SpendingRisk(RULES);
    assertThat(state.add(10, 5, 10_000)).isTrue();
    state.settle(9);
    assertThat(state.add(9, 0, 10_000)).isTrue();
    state.settle(10);
    byte[] before = state.toBytes();

    assertThat(state.add(10, 4, 10_000)).isFalse();
    assertThat(state.add(10, 5, 10_000)).isFalse();
    assertThat(state.add(9, 9, 10_000)).isFalse();
    assertThat(state.toBytes()).isEqualTo(before);
    assertThat(state.add(10, 6, 10_000)).isTrue();
  }

  @Test
  void aFloodSettlesOfItsOwnAccord() {
    SpendingRisk flooded = new SpendingRisk(RULES);
    SpendingRisk calm = new SpendingRisk(RULES);
    for (int i = 0; i < 10_000; i++) {
      flooded.add(i, i, 10_000 + i);
      calm.add(i, i, 10_000 + i);
      calm.settle(i);
    }

    assertThat(flooded.toBytes().length).isLessThan(SpendingRisk.MAX_PENDING * 16);
    assertThat(flooded.signals(10_000, 0, 50_000)).isEqualTo(calm.signals(10_000, 0, 50_000));
  }

  @Test
  void refusesAStateOfALaterRelease() {
    byte[] state = new SpendingRisk(RULES).toBytes();
    state[0] = 99;
    assertThatThrownBy(() -> SpendingRisk.ofBytes(state, RULES))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("99");
  }
}
