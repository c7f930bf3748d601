/**
 * How good the lists are that visitors get, judged by their next clicks: figures for each minute of
 * event time and bucket of an experiment, running totals with intervals, and a check of the
 * visitors' split. All that is kept are integer counts and what forgets the order of things: any
 * order of arrival gives the same bits. {@link io.millrace.features.quality.QualityEvent} is what
 * comes in, {@link io.millrace.features.quality.QualityBoard} holds it all.
 */
package io.millrace.features.quality;
