package io.millrace.operators.recommend;

import java.io.Serializable;
import java.time.Duration;

/**
 * How the facts of items are kept and told.
 *
 * @param ordersInterval least wall-clock time between two tellings of an item of which nothing but
 *     its number of orders changed
 * @param cachedItems items a subtask keeps decoded on the heap, about 1 KB each
 */
public record ItemFactsSettings(Duration ordersInterval, int cachedItems) implements Serializable {
  /** Orders once a second, and some 10 MB a subtask. */
  public static final ItemFactsSettings DEFAULT =
      new ItemFactsSettings(Duration.ofSeconds(1), 10_000);
}
