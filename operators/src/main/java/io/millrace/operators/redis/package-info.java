/**
 * Decisions on their way into Redis: {@link io.millrace.operators.redis.RedisWrite} is one key and
 * its new value, {@link io.millrace.operators.redis.RedisSink} writes a stream of them. Writing is
 * at least once and idempotent: each value carries its version, and a script in Redis refuses an
 * older one. Start reading at {@code RedisSinkWriter}; where Redis is reached is {@code
 * RedisConnection}.
 */
package io.millrace.operators.redis;
