/**
 * Features of entities in a Flink job. {@link io.millrace.operators.feature.SettledFeatures} keeps
 * the feature algebra's state of each key and answers every event once the watermark has passed it;
 * {@link io.millrace.operators.feature.EntityEvents} is what a job says of its entity: which
 * features, what of an event they look at, and what is made of their values.
 */
package io.millrace.operators.feature;
