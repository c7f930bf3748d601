package io.millrace.features.rule;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.features.event.FraudRule.Source;
import io.millrace.features.event.FraudRule.Step;
import io.millrace.features.rule.NaiveSequence.Happened;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class StepSequenceTest {
  private static final long SEED = 300;
  private static final int A = 1;
  private static final int B = 2;
  private static final long NONE = StepSequence.NONE;

  private static StepSequence sequence(long within, int... times) {
    return new StepSequence(steps(times), within);
  }

  private static List<Step> steps(int... times) {
    return IntStream.of(times).mapToObj(n -> new Step(Source.ORDERS, null, n)).toList();
  }

  @Test
  void completesWithTheLastEventOfTheLastStep() {
    StepSequence failures = sequence(100, 3, 1);
    assertThat(failures.add(0, A)).isEqualTo(NONE);
    assertThat(failures.add(1, B)).as("too early").isEqualTo(NONE);
    assertThat(failures.add(2, A)).isEqualTo(NONE);
    assertThat(failures.add(3, A)).isEqualTo(NONE);
    assertThat(failures.add(4, 0)).isEqualTo(NONE);
    assertThat(failures.add(5, B)).isEqualTo(0);
  }

  @Test
  void beginsAnewAfterASequence() {
    StepSequence pairs = sequence(100, 2, 1);
    pairs.add(0, A);
    pairs.add(1, A);
    assertThat(pairs.add(2, B)).isEqualTo(0);
    assertThat(pairs.add(3, B)).as("its events are used up").isEqualTo(NONE);
    pairs.add(4, A);
    pairs.add(5, A);
    assertThat(pairs.add(6, B)).isEqualTo(4);
  }

  @Test
  void takesLessThanTheLimit() {
    StepSequence pair = sequence(100, 1, 1);
    pair.add(0, A);
    assertThat(pair.add(100, B)).isEqualTo(NONE);
    pair.add(200, A);
    assertThat(pair.add(299, B)).isEqualTo(200);
  }

  @Test
  void aLaterBeginServesWhereTheFirstIsTooOld() {
    StepSequence three = sequence(100, 3);
    three.add(0, A);
    three.add(60, A);
    assertThat(three.add(110, A)).isEqualTo(NONE);
    assertThat(three.add(120, A)).isEqualTo(60);
  }

  @Test
  void anEventTakesOnePlace() {
    StepSequence pair = sequence(100, 1, 1);
    assertThat(pair.add(0, A | B)).isEqualTo(NONE);
    assertThat(pair.add(0, A | B)).isEqualTo(0);
  }

  @Test
  void isWhatTryingEveryBeginSays() {
    Random random = new Random(SEED);
    int matches = 0;
    for (int run = 0; run < 1_500; run++) {
      int[] times = random.ints(1 + random.nextInt(4), 1, 4).toArray();
      List<Step> steps = steps(times);
      long within = 5 + random.nextInt(40);
      StepSequence sequence = new StepSequence(steps, within);
      List<Happened> sinceLast = new ArrayList<>();
      long time = random.nextInt(100) - 50;
      for (int i = 0; i < 60; i++) {
        time += random.nextInt(4);
        int met = random.nextInt(1 << steps.size()) & random.nextInt(1 << steps.size());
        sinceLast.add(new Happened(time, met));
        long expected = NaiveSequence.begin(steps, within, sinceLast);

        assertThat(sequence.add(time, met))
            .as("seed %d, run %d, event %d of %s within %d", SEED, run, i, steps, within)
            .isEqualTo(expected);
        byte[] bytes = sequence.toBytes();
        sequence = StepSequence.ofBytes(bytes, steps, within);
        assertThat(sequence.toBytes()).isEqualTo(bytes);
        if (expected != NONE) {
          sinceLast.clear();
          matches++;
        }
      }
    }
    assertThat(matches).isGreaterThan(2_000);
  }

  @Test
  void takesBoundedBytes() {
    int[] times = {1_000, 1_000, 1_000, 1_000, 1_000, 1_000, 1_000, 1_000};
    long within = 30L * 86_400_000;
    StepSequence longest = sequence(within, times);
    long time = 0;
    long matched = NONE;
    for (int i = 0; i < 8_000; i++) {
      time += within / 8_001;
      matched = longest.add(time, 0xFF);
      if (i % 1_000 == 999 && i < 7_999) {
        byte[] bytes = longest.toBytes();
        assertThat(bytes.length).isLessThan(StepSequence.maxBytes(steps(times)));
        longest = StepSequence.ofBytes(bytes, steps(times), within);
      }
    }
    assertThat(matched).isEqualTo(within / 8_001);
  }
}
