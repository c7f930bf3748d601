package io.millrace.jobs.options;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.jobs.Failure;
import io.millrace.operators.recommend.RankingSettings;
import io.millrace.operators.recommend.SegmentBy;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RankingOptionsTest {
  private static Options resolve(String key, String value) {
    return Options.resolve(Map.of(key, value), null, Map.of());
  }

  private static RankingSettings settings(String key, String value) {
    return RankingOptions.settings(resolve(key, value));
  }

  @Test
  void everybodyIsInOneBucketCalledAsItsOrder() {
    assertThat(RankingOptions.settings(Options.defaults())).isEqualTo(RankingSettings.DEFAULT);
    assertThat(settings("ranking.model", "frozen:7").buckets().toString())
        .isEqualTo("frozen-7:1.0:frozen:7");
    assertThat(settings("ranking.model", "neighbours").buckets().shares())
        .containsOnlyKeys("neighbours");
  }

  @Test
  void bucketsTakeThePlaceOfTheOneOrder() {
    String buckets = "control:0.25:neighbours,main:0.75:learned";
    assertThat(settings("ranking.buckets", buckets).buckets().toString()).isEqualTo(buckets);
    assertThat(settings("ranking.segment-by", "channel").segments()).isEqualTo(SegmentBy.CHANNEL);
  }

  @Test
  void refusesTwoOrdersAtOnce() {
    Options both =
        Options.resolve(
            Map.of("ranking.model", "frozen:7", "ranking.buckets", "a:1:learned"), null, Map.of());
    assertThatThrownBy(() -> RankingOptions.settings(both))
        .isInstanceOf(Failure.class)
        .hasMessageContaining("ranking.model and ranking.buckets are both set");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "ranking.model | best | -D: ranking.model is 'best': 'best' is no order; give learned,",
        "ranking.buckets | a:0.5:learned | add up to 0.5; give shares that add up to 1",
        "ranking.buckets | a:1:frozen | 'frozen' is no order",
        "ranking.buckets | , | '' is no bucket; give NAME:SHARE:ORDER",
        "ranking.visitors | 1.5 | -D: ranking.visitors is '1.5'; give a number from 0.0 to 1.0",
        "ranking.segment-by | page | give one of nothing, channel, region, type"
      })
  void saysWhatIsWrong(String key, String value, String message) {
    assertThatThrownBy(() -> resolve(key, value))
        .isInstanceOf(Failure.class)
        .hasMessageContaining(message);
  }
}
