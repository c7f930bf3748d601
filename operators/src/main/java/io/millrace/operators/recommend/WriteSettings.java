package io.millrace.operators.recommend;

import java.io.Serializable;
import java.time.Duration;

/**
 * What is written to Redis, and how often.
 *
 * @param listSize items of a recommendation list, 1 to 50
 * @param epoch of the versions, see {@link io.millrace.features.decision.Version}
 * @param similarInterval least wall-clock time between two writes of an item's similar items
 * @param trendInterval least wall-clock time between two writes of a trend list
 * @param fillUp whether lists that are too short are filled up with what is trending
 * @param everyAsk whether a list is made even if a newer ask of the visitor was answered first
 */
public record WriteSettings(
    int listSize,
    int epoch,
    Duration similarInterval,
    Duration trendInterval,
    boolean fillUp,
    boolean everyAsk)
    implements Serializable {
  /** What the contract defaults to. */
  public static final WriteSettings DEFAULT =
      new WriteSettings(20, 1, Duration.ofMillis(500), Duration.ofSeconds(1), true, false);

  /** Items of a list of similar items and of a trend list. */
  static final int MAX_ITEMS = 50;
}
