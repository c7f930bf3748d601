package io.millrace.jobs.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.LinkedHashMap;
import java.util.Map;
import redis.clients.jedis.AbstractPipeline;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.params.SetParams;

/**
 * Writes of the plain loop: the last of each key, 1,024 keys a pipeline, a plain {@code SET} with a
 * time to live each. One writer with the only copy needs no versions; that is to its advantage.
 */
final class LoopWriter implements AutoCloseable {
  private static final int KEYS_A_PIPELINE = 1_024;

  private final RedisClient redis;
  private final Map<String, Value> waiting = new LinkedHashMap<>();

  private record Value(byte[] bytes, long ttlMillis) {}

  LoopWriter(int port) {
    this.redis = RedisClient.builder().hostAndPort(new HostAndPort("127.0.0.1", port)).build();
  }

  void write(String key, byte[] value, long ttlMillis) {
    waiting.put(key, new Value(value, ttlMillis));
    if (waiting.size() >= KEYS_A_PIPELINE) {
      flush();
    }
  }

  /** Sends everything and waits until Redis has it. */
  void flush() {
    try (AbstractPipeline pipeline = redis.pipelined()) {
      waiting.forEach(
          (key, value) ->
              pipeline.set(
                  key.getBytes(UTF_8), value.bytes(), SetParams.setParams().px(value.ttlMillis())));
      pipeline.sync();
    }
    waiting.clear();
  }

  @Override
  public void close() {
    redis.close();
  }
}
