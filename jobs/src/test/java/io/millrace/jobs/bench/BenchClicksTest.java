package io.millrace.jobs.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.features.event.Click;
import io.millrace.jobs.replay.ClickLog;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BenchClicksTest {
  private static final int SIZE = 20_000;

  @Test
  void madeUpClicksAreTheSameEachTime() {
    BenchClicks one = BenchClicks.of("one", SyntheticLog.of(SIZE, 0), SIZE);
    BenchClicks other = BenchClicks.of("other", SyntheticLog.of(SIZE, 0), SIZE);
    assertThat(IntStream.range(0, SIZE).mapToObj(one::click))
        .containsExactlyElementsOf(IntStream.range(0, SIZE).mapToObj(other::click).toList());
  }

  @Test
  void madeUpClicksAreInOrderWithIdsOfTwelveCharacters() {
    BenchClicks clicks = BenchClicks.of("made up", SyntheticLog.of(SIZE, 0), SIZE);
    for (int i = 1; i < SIZE; i++) {
      Click click = clicks.click(i);
      assertThat(click.eventTime()).isGreaterThanOrEqualTo(clicks.click(i - 1).eventTime());
      assertThat(click.visitorId()).hasSize(12);
      assertThat(click.itemId()).hasSize(12);
    }
  }

  @Test
  void aShortRecordingIsRepeatedByOtherVisitorsAndEndsAtItsOwnTime() {
    ClickLog log =
        ClickLog.of(
            new String[] {"a", "b"},
            new String[] {"x"},
            new int[] {0, 1},
            new int[] {0, 0},
            new long[] {1_000_000_000_000L, 1_000_000_001_000L});
    BenchClicks clicks = BenchClicks.of("short", log, 6);
    Set<String> visitors = new HashSet<>();
    for (int i = 0; i < 6; i++) {
      visitors.add(clicks.click(i).visitorId());
    }
    assertThat(visitors).hasSize(6);
    assertThat(clicks.click(5).eventTime()).isEqualTo(1_000_000_001_000L);
    assertThat(clicks.click(3).eventTime()).isLessThan(clicks.click(4).eventTime());
    assertThat(clicks.newest(6)).hasSize(6).containsEntry("b", clicks.click(1).eventTime());
  }
}
