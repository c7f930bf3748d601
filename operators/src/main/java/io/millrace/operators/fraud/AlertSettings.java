package io.millrace.operators.fraud;

import io.millrace.features.alert.EpisodeSettings;
import java.io.Serializable;
import java.time.Duration;

/**
 * How suspicions become alerts.
 *
 * @param quiet event time without a suspicion after which an episode closes
 * @param updateInterval event time between two updates that only say who joined
 * @param budget alerts a day that the model may raise
 * @param auditShare share of the other orders that is looked at all the same
 */
public record AlertSettings(Duration quiet, Duration updateInterval, int budget, double auditShare)
    implements Serializable {
  /** Half an hour, a minute, 100 a day, one in a thousand. */
  public static final AlertSettings DEFAULT =
      new AlertSettings(Duration.ofMinutes(30), Duration.ofMinutes(1), 100, .001);

  EpisodeSettings episodes() {
    return new EpisodeSettings(quiet, updateInterval);
  }
}
