package io.millrace.jobs.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.features.event.Click;
import io.millrace.jobs.replay.ClickLog;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ActiveVisitorsTest {
  private static final ClickLog LOG = SyntheticLog.of(5_000, 0);

  @Test
  void everyVisitorClicksOnceATurnAtTheGivenRate() {
    ActiveVisitors active = new ActiveVisitors(LOG, 100, 1_000_000_000_000L, 200);
    Set<String> turn = new HashSet<>();
    for (int i = 100; i < 200; i++) {
      turn.add(active.click(i).visitorId());
    }
    assertThat(turn).containsExactlyInAnyOrderElementsOf(active.visitors()).hasSize(100);
    assertThat(active.click(200).eventTime()).isEqualTo(1_000_000_001_000L);
  }

  @Test
  void aVisitorGoesThroughTheRecordingClickByClickWithoutEnd() {
    ActiveVisitors active = new ActiveVisitors(LOG, 10, 0, 1);
    for (int turn = 0; turn < 2 * LOG.size(); turn += 1_001) {
      Click click = active.click(turn * 10 + 3);
      assertThat(click.visitorId()).isEqualTo(active.visitors().get(3));
      Click next = active.click((turn + 1) * 10 + 3);
      assertThat(follows(click.itemId(), next.itemId())).isTrue();
    }
  }

  private static boolean follows(String item, String next) {
    for (int i = 0; i < LOG.size(); i++) {
      if (LOG.item(i).equals(item) && LOG.item((i + 1) % LOG.size()).equals(next)) {
        return true;
      }
    }
    return false;
  }
}
