/**
 * Decisions on their way into Redis: {@link io.millrace.operators.redis.RedisWrite} is one key and
 * its new value, {@link io.millrace.operators.redis.RedisSink} writes a stream of them. Writing is
 * at least once and idempotent: each value carries its version, and a script in Redis refuses an
 * older one. Start reading at {@code RedisSinkWriter}; a batch goes by a {@code WriteRoute}, to the
 * one master or to the masters of a cluster, over a {@code RedisConnection} to each; what an error
 * means is said by {@code RedisFault}.
 */
package io.millrace.operators.redis;
