package io.millrace.jobs.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class StateSizeTest {
  @Test
  void givesTheMeanOfEveryStateThatWasFilledByName() {
    Map<String, Long> counts =
        Map.of(
            "visitors-keys", 4L,
            "visitors-bytes", 1_000L,
            "postings-keys", 2L,
            "postings-bytes", 7L,
            "fill-ins-keys", 0L,
            "fill-ins-bytes", 0L,
            "other", 5L);
    List<StateSize> sizes = StateSize.of(counts);
    assertThat(sizes)
        .containsExactly(new StateSize("postings", 2, 7), new StateSize("visitors", 4, 1_000));
    assertThat(StateSize.perKey(sizes, "postings")).isEqualTo(3.5);
    assertThat(StateSize.perKey(sizes, "fill-ins")).isNaN();
    assertThat(sizes.get(1).figure("set", "recommend").value()).isEqualTo(250);
    assertThat(sizes.get(1).figure("set", "recommend").published()).containsEntry("keys", 4.0);
  }
}
