package io.millrace.features.profile;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.features.profile.Lifecycle.Stage;
import java.util.Random;
import org.junit.jupiter.api.Test;

class LifecycleTest {
  private static final long BEGIN = 1_748_736_000_000L;
  private static final long DAY = 86_400_000;
  private static final ProfileSettings SETTINGS = ProfileSettings.DEFAULT;

  private static Stage stage(long last, long days, long now) {
    return Lifecycle.of(BEGIN, BEGIN + last, days, BEGIN + now, SETTINGS).stage();
  }

  @Test
  void whoCameOnceIsNewForAWeekAndIsMissedByTheUsualGap() {
    assertThat(stage(0, 1, 0)).isEqualTo(Stage.NEW);
    assertThat(stage(0, 1, 7 * DAY - 1)).isEqualTo(Stage.NEW);
    assertThat(stage(0, 1, 7 * DAY)).isEqualTo(Stage.ACTIVE);
    assertThat(stage(0, 1, 14 * DAY)).isEqualTo(Stage.AT_RISK);
    assertThat(stage(0, 1, 28 * DAY)).isEqualTo(Stage.LAPSED);
  }

  @Test
  void whoComesEveryThirdDayIsMissedAfterSix() {
    long last = 30 * DAY;
    assertThat(stage(last, 11, last)).isEqualTo(Stage.ACTIVE);
    assertThat(stage(last, 11, last + 6 * DAY - 1)).isEqualTo(Stage.ACTIVE);
    assertThat(stage(last, 11, last + 6 * DAY)).isEqualTo(Stage.AT_RISK);
    assertThat(stage(last, 11, last + 12 * DAY)).isEqualTo(Stage.LAPSED);
  }

  @Test
  void aRhythmIsADayAtLeastAndAMonthAtMost() {
    assertThat(stage(DAY / 2, 2, DAY / 2 + 2 * DAY - 1)).isEqualTo(Stage.NEW);
    assertThat(stage(DAY / 2, 2, DAY / 2 + 2 * DAY)).isEqualTo(Stage.AT_RISK);
    assertThat(stage(300 * DAY, 2, 360 * DAY - 1)).isEqualTo(Stage.ACTIVE);
    assertThat(stage(300 * DAY, 2, 360 * DAY)).isEqualTo(Stage.AT_RISK);
  }

  @Test
  void nothingChangesBeforeItIsSaidAndSomethingThen() {
    Random random = new Random(3);
    for (int i = 0; i < 2_000; i++) {
      long last = BEGIN + (long) (random.nextDouble() * 100 * DAY);
      long days = 1 + random.nextInt(40);
      long now = last + (long) (random.nextDouble() * 200 * DAY);
      Lifecycle lifecycle = Lifecycle.of(BEGIN, last, days, now, SETTINGS);
      if (lifecycle.stage() == Stage.LAPSED) {
        assertThat(lifecycle.until()).isEqualTo(Long.MAX_VALUE);
        continue;
      }
      assertThat(lifecycle.until()).isGreaterThan(now);
      assertThat(Lifecycle.of(BEGIN, last, days, lifecycle.until() - 1, SETTINGS).stage())
          .isEqualTo(lifecycle.stage());
      assertThat(Lifecycle.of(BEGIN, last, days, lifecycle.until(), SETTINGS).stage())
          .isNotEqualTo(lifecycle.stage());
    }
  }

  @Test
  void nothingIsDueForAVisitorOfOneEventBeforeTheFirstLook() {
    assertThat(Lifecycle.of(BEGIN, BEGIN, 1, BEGIN, SETTINGS).until())
        .isGreaterThanOrEqualTo(BEGIN + Lifecycle.leastWait(SETTINGS));
  }
}
