package io.millrace.features.rule;

/**
 * That events of an entity are what a rule looks for.
 *
 * @param value of the aggregate; for steps the number of events they took, for a plain condition 1
 * @param from event time after which the window begins; of steps, the time of the first event
 * @param to event time of the event that made it so
 * @param complete whether the rule has been watching since {@code from}: a new rule's windows start
 *     empty
 * @param approximate whether the value is of a window with more events than are kept one by one
 */
public record RuleMatch(double value, long from, long to, boolean complete, boolean approximate) {}
