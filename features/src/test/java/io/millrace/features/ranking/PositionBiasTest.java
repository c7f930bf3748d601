package io.millrace.features.ranking;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PositionBiasTest {
  @Test
  void countsMoreFurtherDownUpToABound() {
    assertThat(PositionBias.weight(0, 1)).isEqualTo(1);
    assertThat(PositionBias.weight(3, 1)).isEqualTo(4);
    assertThat(PositionBias.weight(3, .5)).isEqualTo(2);
    assertThat(PositionBias.weight(3, 0)).isEqualTo(1);
    assertThat(PositionBias.weight(Integer.MAX_VALUE, 3)).isEqualTo(RankingExample.MAX_WEIGHT);
  }

  /**
   * Visitors like the second candidate, but see what stands first four times as often as what
   * stands fourth, where it was always shown: only a correction finds out.
   */
  @Test
  void aCorrectedLearnerFindsWhatIsLikedBelowWhatIsSeen() throws Exception {
    assertThat(weightOfLiked(1)).isGreaterThan(0);
    assertThat(weightOfLiked(0)).isLessThan(0);
  }

  private static double weightOfLiked(double eta) throws Exception {
    int like = RankingFeatures.NAMES.indexOf("neighbour_score");
    RankingLearner learner = new RankingLearner();
    for (int i = 0; i < 2_000; i++) {
      float[] features = new float[2 * RankingFeatures.COUNT];
      features[RankingFeatures.COUNT + like] = 1;
      // Liked twice as well, looked at a quarter as often: clicked one time in three.
      boolean liked = i % 3 == 0;
      learner.learn(
          RankingExample.of(
              RankingModel.DEFAULT_SEGMENT,
              i,
              i,
              features,
              liked ? 1 : 0,
              PositionBias.weight(liked ? 3 : 0, eta)));
    }
    return learner.publish(RankingModel.DEFAULT_SEGMENT).snapshot().weights()[like];
  }
}
