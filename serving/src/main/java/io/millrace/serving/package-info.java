/**
 * What a storefront needs of the engine. {@link io.millrace.serving.DecisionReader} fetches the
 * decisions that the jobs keep in Redis; it needs this library, the decisions' records in {@code
 * io.millrace.features.decision} and Jedis, and nothing of Flink.
 */
package io.millrace.serving;
