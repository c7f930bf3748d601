package io.millrace.operators.recommend;

import io.millrace.features.trend.HourCounts;

/**
 * The counts of one item, for one list.
 *
 * @param list {@link #ALL} or, later, a category; the key
 * @param item which
 * @param counts its clicks by hour; not to be changed any more
 */
record TrendUpdate(String list, String item, HourCounts counts) {
  /** The list of the whole store. */
  static final String ALL = "_all";
}
