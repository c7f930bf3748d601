package io.millrace.operators.recommend;

import io.millrace.features.trend.TrendBoard.Trending;
import java.util.List;

/**
 * What tops one list now.
 *
 * @param list see {@link TrendUpdate#list()}
 * @param time event time of the newest click counted, milliseconds since the epoch
 * @param items best first, {@value #ITEMS_OF_CATEGORY} of a category and 50 of the store at most;
 *     none if nothing trends in the list any more
 */
record TrendTop(String list, long time, List<Trending> items) {
  /** Most items of a category: a fill-in of one list needs no more. */
  static final int ITEMS_OF_CATEGORY = 20;

  TrendTop {
    items = List.copyOf(items);
  }
}
