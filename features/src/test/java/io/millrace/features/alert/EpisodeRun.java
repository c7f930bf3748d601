package io.millrace.features.alert;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.features.event.FraudAlert;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** The episodes of one entity with its snoozes; they close after 100 and tell after 20. */
final class EpisodeRun {
  static final EpisodeSettings SETTINGS =
      new EpisodeSettings(Duration.ofMillis(100), Duration.ofMillis(20));
  static final long CLOCK = 7;

  final Snoozes snoozes = new Snoozes();
  final EntityEpisodes episodes = new EntityEpisodes(SETTINGS);

  /** The id of the alert that begins with a suspicion. */
  static String alertId(Suspicion first) {
    EpisodeRun run = new EpisodeRun();
    run.add(first);
    return run.advance(first.time()).get(0).alertId();
  }

  void add(Suspicion... suspicions) {
    for (Suspicion each : suspicions) {
      assertThat(episodes.add(each)).isTrue();
    }
  }

  /** The records that this brings. */
  List<FraudAlert> advance(long watermark) {
    List<FraudAlert> records = new ArrayList<>();
    episodes.advance(watermark, snoozes, CLOCK, records::add);
    return records;
  }
}
