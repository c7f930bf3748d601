package io.millrace.jobs.bench;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class FeatureCostTest {
  @Test
  void measuresBothSetsOnThePaymentsOfBothKindsOfState() {
    for (boolean stored : new boolean[] {false, true}) {
      FeatureCost.Micros micros = new FeatureCost(20, 200, 1, 3).measure(stored);
      assertThat(micros.few()).isPositive();
      assertThat(micros.many()).isPositive();
      assertThat(micros.ratio()).isEqualTo(micros.many() / micros.few());
    }
  }

  @Test
  void setsHaveAsManyFeaturesAsAsked() {
    assertThat(FeatureCost.set(FeatureCost.FEW).features()).hasSize(10);
    assertThat(FeatureCost.set(FeatureCost.MANY).features()).hasSize(100);
  }
}
