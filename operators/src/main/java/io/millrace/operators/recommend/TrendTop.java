package io.millrace.operators.recommend;

import io.millrace.features.trend.TrendBoard.Trending;
import java.util.List;

/**
 * What tops one list now.
 *
 * @param list see {@link TrendUpdate#list()}
 * @param time event time of the newest click counted, milliseconds since the epoch
 * @param items best first
 */
record TrendTop(String list, long time, List<Trending> items) {
  TrendTop {
    items = List.copyOf(items);
  }
}
