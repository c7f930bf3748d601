package io.millrace.features.ranking;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.millrace.features.ranking.InvalidExampleException.Reason;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class RankingExampleTest {
  private static final int FEATURES = 19;

  private static void assertRefused(float[] features, int clicked, float weight, Reason reason) {
    InvalidExampleException refusal =
        catchThrowableOfType(
            InvalidExampleException.class,
            () -> RankingExample.of("default", 1, 1, features, clicked, weight));
    assertThat(refusal).isNotNull().hasMessageNotContaining("null");
    assertThat(refusal.reason()).as(refusal.getMessage()).isEqualTo(reason);
  }

  @Test
  void isReadAsItWasWritten() throws Exception {
    RandomExamples random = new RandomExamples(3);
    for (int i = 0; i < 1_000; i++) {
      RankingExample example = random.next();
      assertThat(RankingExample.ofBytes(example.toBytes(), RankingExample.LAYOUT))
          .isEqualTo(example);
    }
  }

  @Test
  void oneOfBeforeThereWereSegmentsIsOfTheDefault() throws Exception {
    RankingExample example = new RandomExamples(4).next();
    byte[] bytes = example.toBytes();
    byte[] before = Arrays.copyOf(bytes, bytes.length - "default".length() - 1);

    assertThat(RankingExample.ofBytes(before, 1)).isEqualTo(example);
  }

  @Test
  void hasABoundedSize() throws Exception {
    float[] features = new float[RankingFeatures.MAX_CANDIDATES * FEATURES];
    Arrays.fill(features, -1.5f);
    RankingExample largest = RankingExample.of("default", Long.MAX_VALUE, 1, features, 119, 20);

    assertThat(largest.toBytes()).hasSizeLessThan(9_600);
    assertThat(RankingExample.ofBytes(largest.toBytes(), RankingExample.LAYOUT)).isEqualTo(largest);
    Arrays.fill(features, 0);
    assertThat(RankingExample.of("default", 1, 1, features, 0, 1).toBytes()).hasSizeLessThan(160);
  }

  @Test
  void refusesNonsense() {
    float[] two = new float[2 * FEATURES];
    assertRefused(new float[FEATURES], 0, 1, Reason.CANDIDATES);
    assertRefused(new float[2 * FEATURES + 1], 0, 1, Reason.CANDIDATES);
    assertRefused(new float[121 * FEATURES], 0, 1, Reason.CANDIDATES);
    assertRefused(two, -1, 1, Reason.CLICKED);
    assertRefused(two, 2, 1, Reason.CLICKED);
    assertRefused(two, 0, 0, Reason.WEIGHT);
    assertRefused(two, 0, Float.NaN, Reason.WEIGHT);
    assertRefused(two, 0, 20.5f, Reason.WEIGHT);
    for (float bad : new float[] {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY}) {
      float[] features = two.clone();
      features[35] = bad;
      assertRefused(features, 0, 1, Reason.FEATURE);
    }
  }

  @Test
  void ofOtherFeaturesIsNone() throws Exception {
    byte[] bytes = new RandomExamples(3).next().toBytes();
    bytes[0]++;
    assertThat(RankingExample.ofBytes(bytes, RankingExample.LAYOUT)).isNull();
  }
}
