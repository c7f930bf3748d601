package io.millrace.features.sketch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PopulationTest {
  /** A member that comes, or one that goes. */
  private record Step(int bucket, int count) {}

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void countsWhoIsThereInAnyOrder(long seed) {
    Random random = new Random(seed);
    List<Integer> members = new ArrayList<>();
    List<Step> steps = new ArrayList<>();
    for (int i = 0; i < 500; i++) {
      if (!members.isEmpty() && random.nextInt(3) == 0) {
        steps.add(new Step(members.remove(random.nextInt(members.size())), -1));
      } else {
        int bucket = (int) (random.nextGaussian() * 20);
        members.add(bucket);
        steps.add(new Step(bucket, 1));
      }
    }
    Collections.sort(members);
    for (int round = 0; round < 3; round++) {
      Population population = new Population();
      steps.forEach(step -> population.add(step.bucket, step.count));
      same(Population.ofBytes(population.toBytes()), members);
      same(population, members);
      Collections.shuffle(steps, random);
    }
  }

  private static void same(Population population, List<Integer> members) {
    assertThat(population.size()).isEqualTo(members.size());
    assertThat(population.buckets()).isEqualTo((int) members.stream().distinct().count());
    int[] cuts = population.cuts(5);
    for (int part = 1; part < 5; part++) {
      int reached = (part * members.size() + 4) / 5;
      assertThat(cuts[part - 1]).isEqualTo(members.get(reached - 1));
    }
    for (int bucket = -80; bucket <= 80; bucket++) {
      int wanted = bucket;
      double below = members.stream().filter(member -> member < wanted).count();
      double within = members.stream().filter(member -> member == wanted).count();
      assertThat(population.rank(bucket))
          .isCloseTo((below + within / 2) / members.size(), within(1e-12));
    }
  }

  @Test
  void dividesAPopulationIntoFifths() {
    Population population = new Population();
    for (int bucket = 1; bucket <= 100; bucket++) {
      population.add(bucket, 1);
    }
    int[] cuts = population.cuts(5);
    assertThat(cuts).containsExactly(20, 40, 60, 80);
    assertThat(Population.part(20, cuts)).isEqualTo(1);
    assertThat(Population.part(21, cuts)).isEqualTo(2);
    assertThat(Population.part(81, cuts)).isEqualTo(5);
  }

  @Test
  void whoFillSeveralPartsAreInTheMiddleOne() {
    assertThat(Population.part(7, new int[] {7, 7, 7, 7})).isEqualTo(3);
    assertThat(Population.part(1, new int[] {1, 1, 2, 5})).isEqualTo(2);
    assertThat(Population.part(2, new int[] {1, 1, 2, 5})).isEqualTo(3);
    assertThat(Population.part(6, new int[] {1, 1, 2, 5})).isEqualTo(5);
    assertThat(Population.part(5, new int[] {1, 3, 5, 5})).isEqualTo(4);
  }

  @Test
  void anEmptyPopulationHasNoParts() {
    Population population = new Population();
    population.add(3, 1);
    population.add(3, -1);
    assertThat(population.cuts(5)).isEmpty();
    assertThat(population.buckets()).isZero();
    assertThat(population.rank(3)).isNaN();
  }

  @Test
  void aNumberIsKnownFromItsBucketToOnePercent() {
    Random random = new Random(5);
    for (int i = 0; i < 10_000; i++) {
      double value = Math.exp(random.nextDouble() * 40 - 9);
      int bucket = LogBuckets.of(value);
      double centre = 1e-4 * Math.pow(1.02, bucket - 1);
      assertThat(value / centre).isCloseTo(1, within(0.0101));
    }
    assertThat(LogBuckets.of(0)).isEqualTo(LogBuckets.NONE_POSITIVE);
    assertThat(LogBuckets.of(-3)).isEqualTo(LogBuckets.NONE_POSITIVE);
    assertThat(LogBuckets.of(1e300)).isEqualTo(LogBuckets.GREATEST);
  }
}
