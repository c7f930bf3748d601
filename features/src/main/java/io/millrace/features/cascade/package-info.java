/**
 * From candidates to a list: what may be shown to this visitor, in which order, and what fills a
 * list up that is too short. {@link io.millrace.features.cascade.Cascade} says how; it knows
 * nothing of where candidates come from.
 */
package io.millrace.features.cascade;
