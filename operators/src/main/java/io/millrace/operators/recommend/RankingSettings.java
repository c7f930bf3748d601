package io.millrace.operators.recommend;

import java.io.Serializable;
import java.time.Duration;

/**
 * How candidates are put in order, and how that is learned.
 *
 * @param on whether lists are ranked by what was learned; if not, as the neighbours have it
 * @param visitors share of visitors whose clicks make examples, 0 to 1
 * @param publishEvery examples after which a new version is published
 * @param longest event time within which the next click must follow
 */
public record RankingSettings(boolean on, double visitors, int publishEvery, Duration longest)
    implements Serializable {
  /** Where nothing else is said. */
  public static final RankingSettings DEFAULT =
      new RankingSettings(true, 0.05, 256, Duration.ofMinutes(30));

  /** As the neighbours have it; nothing is learned. */
  public static final RankingSettings OFF =
      new RankingSettings(false, 0, 256, Duration.ofMinutes(30));

  /** Whether answers must carry what ranking needs. */
  boolean needsSignals() {
    return on || visitors > 0;
  }
}
