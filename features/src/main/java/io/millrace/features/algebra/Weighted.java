package io.millrace.features.algebra;

/**
 * One of the heaviest values of a text.
 *
 * @param value the text
 * @param weight what the events with it weigh in all, above 0
 */
public record Weighted(String value, double weight) {}
