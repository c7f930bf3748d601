package io.millrace.features.alert;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ScoreBucketsTest {
  @Test
  void ascendWithTheScoreFromEndToEnd() {
    int before = 0;
    for (int i = 0; i <= 1_000_000; i++) {
      int bucket = ScoreBuckets.of(i / 1e6);
      assertThat(bucket - before).isNotNegative();
      before = bucket;
    }
    assertThat(ScoreBuckets.of(0)).isZero();
    assertThat(ScoreBuckets.of(Double.MIN_VALUE)).isZero();
    assertThat(before).isEqualTo(ScoreBuckets.COUNT - 1);
    assertThat(ScoreBuckets.of(.5)).isEqualTo(ScoreBuckets.COUNT / 2);
  }

  @Test
  void areOfTheSameWidthInLogOdds() {
    for (int i = -270; i <= 270; i++) {
      double score = 1 / (1 + Math.exp(-i / 20.0));
      assertThat(ScoreBuckets.of(score)).isEqualTo(ScoreBuckets.COUNT / 2 + i);
    }
  }
}
