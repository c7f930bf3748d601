/**
 * What is trending. Counts are kept as integers in event-time hours and weighed only when read, so
 * that any order of arrival gives the same bits. {@link io.millrace.features.trend.ItemTrend} holds
 * those of an item, {@link io.millrace.features.trend.TrendBoard} what may top a list.
 */
package io.millrace.features.trend;
