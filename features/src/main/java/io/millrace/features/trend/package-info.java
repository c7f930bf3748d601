/**
 * What is trending. Counts are kept as integers in event-time hours and weighed only when read, so
 * that any order of arrival gives the same bits.
 */
package io.millrace.features.trend;
