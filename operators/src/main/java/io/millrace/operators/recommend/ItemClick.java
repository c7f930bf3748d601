package io.millrace.operators.recommend;

/**
 * Clicks on one item within one hour, on their way to the trends.
 *
 * @param item which
 * @param hour number of the hour, see {@link io.millrace.features.trend.HourCounts#hourOf}
 * @param count how many; negative if clicks are taken back
 * @param time event time of the newest, milliseconds since the epoch
 */
record ItemClick(String item, long hour, int count, long time) {}
