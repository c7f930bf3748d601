package io.millrace.operators.recommend;

import io.millrace.features.trend.HourCounts;

/**
 * The counts of one item, for one list.
 *
 * @param list {@link #ALL} or the path of a category; the key
 * @param item which
 * @param counts its clicks by hour, not to be changed any more; null if it stands in the list no
 *     more
 * @param time event time of its newest click, milliseconds since the epoch
 */
record TrendUpdate(String list, String item, HourCounts counts, long time) {
  /** The list of the whole store. */
  static final String ALL = "_all";

  /** The item stands in the list. */
  static TrendUpdate put(String list, String item, HourCounts counts) {
    return new TrendUpdate(list, item, counts, counts.newestTime());
  }

  /** The item stands in the list no more. */
  static TrendUpdate remove(String list, String item, long time) {
    return new TrendUpdate(list, item, null, time);
  }
}
