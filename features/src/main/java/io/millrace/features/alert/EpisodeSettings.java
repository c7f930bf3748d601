package io.millrace.features.alert;

import java.time.Duration;

/**
 * When an episode is over, and how often it may say who joined.
 *
 * @param quiet so long after its last suspicion an episode closes
 * @param updateInterval so long after a revision the next one may come that only says who joined;
 *     zero: at once
 */
public record EpisodeSettings(Duration quiet, Duration updateInterval) {
  /** Longest that either may be. */
  public static final Duration LONGEST = Duration.ofDays(366);

  /** Half an hour, a minute. */
  public static final EpisodeSettings DEFAULT =
      new EpisodeSettings(Duration.ofMinutes(30), Duration.ofMinutes(1));

  public EpisodeSettings {
    check("quiet", quiet, Duration.ofMillis(1));
    check("updateInterval", updateInterval, Duration.ZERO);
  }

  private static void check(String field, Duration value, Duration least) {
    if (value.compareTo(least) < 0 || value.compareTo(LONGEST) > 0) {
      throw new IllegalArgumentException(
          "%s is %s; set %s to %s".formatted(field, value, least, LONGEST));
    }
  }
}
