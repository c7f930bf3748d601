package io.millrace.operators.recommend;

import java.io.Serializable;
import java.time.Duration;

/**
 * What the recommender keeps where, and for how long.
 *
 * @param retention wall-clock time without a write after which state is thrown away
 * @param orderRetention the same of a visitor's orders
 * @param cachedVisitors visitors a subtask keeps decoded on the heap
 * @param cachedItems items a subtask keeps decoded on the heap, about 8 KB each
 */
public record StateSettings(
    Duration retention, Duration orderRetention, int cachedVisitors, int cachedItems)
    implements Serializable {
  /** A month, half a year for orders, and some 100 MB a subtask. */
  public static final StateSettings DEFAULT =
      new StateSettings(Duration.ofDays(30), Duration.ofDays(180), 20_000, 10_000);

  /**
   * How long at most something of a visitor may be left somewhere. A day more: whoever asks on
   * behalf of a visitor must not forget of an erasure before those who answer do.
   */
  Duration longestRetention() {
    Duration longest = retention.compareTo(orderRetention) > 0 ? retention : orderRetention;
    return longest.plusDays(1);
  }

  /** The same for what is known from orders, which come more seldom. */
  StateSettings keepingOrders() {
    return new StateSettings(orderRetention, orderRetention, cachedVisitors, cachedItems);
  }
}
