package io.millrace.jobs.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.features.catalogue.FacetTable;
import io.millrace.features.profile.ProfileSettings;
import io.millrace.features.profile.VisitorFeatures;
import org.junit.jupiter.api.Test;

class ProfileLoopTest {
  private static final int CLICKS = 2_000;

  private final BenchEvents events =
      new BenchEvents(
          BenchClicks.of("made up", SyntheticLog.of(CLICKS, 0), CLICKS),
          new MadeUpCatalogue(SyntheticLog.ITEMS));
  private final ProfileLoop loop =
      new ProfileLoop(VisitorFeatures.shipped(), new FacetTable(), ProfileSettings.DEFAULT, 1);

  @Test
  void makesAProfileAfterEveryEventAndCountsThoseAfterTheWarmUp() {
    int count = BenchEvents.count(CLICKS);
    Throughput done = loop.run(events::event, 500, count, () -> new CpuTimes(0, 0, 0, 0));
    assertThat(done.done()).isEqualTo(count - 500);
    assertThat(loop.written()).isGreaterThan(count * 100L);
  }

  @Test
  void aProfileGrowsWithItsEvents() {
    loop.take(events.event(0));
    String visitor = events.event(0).visitorId();
    int one = loop.stateBytes(visitor);
    for (int i = 1; i < CLICKS; i++) {
      if (events.event(i).visitorId().equals(visitor)) {
        loop.take(events.event(i));
      }
    }
    assertThat(loop.stateBytes(visitor)).isGreaterThan(one);
  }
}
