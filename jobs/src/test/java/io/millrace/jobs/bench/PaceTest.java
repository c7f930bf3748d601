package io.millrace.jobs.bench;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PaceTest {
  @Test
  void isHalfOfWhatWasDoneForTwoMinutes() {
    Pace pace = Pace.halfOf(done(10_000));
    assertThat(pace.rate()).isEqualTo(5_000);
    assertThat(pace.count()).isEqualTo(600_000);
    assertThat(pace.warmUp()).isEqualTo(450_000);
    assertThat(pace.every()).isEqualTo(20);
  }

  @Test
  void measuresEveryEventWhereThereAreFewAndSendsNoMoreThanThereAre() {
    assertThat(Pace.halfOf(done(100)).every()).isEqualTo(1);
    assertThat(Pace.halfOf(done(1_000_000)).count()).isEqualTo(Pace.MOST);
  }

  private static Throughput done(int perSecond) {
    return new Throughput(perSecond, new CpuTimes(1_000_000_000, 1, 1, 1));
  }
}
