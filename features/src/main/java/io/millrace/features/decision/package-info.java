/**
 * What the engine tells the outside world: Redis keys, versions, and the JSON of each decision.
 * Every value begins with its {@link io.millrace.features.decision.Version}, by which the Redis
 * sink refuses an older write.
 */
package io.millrace.features.decision;
