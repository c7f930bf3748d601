package io.millrace.jobs.bench;

import io.millrace.features.decision.RedisKeys;
import io.millrace.features.decision.Version;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import redis.clients.jedis.AbstractPipeline;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.Response;

/**
 * What Redis holds of visitors, one kind of value, and which versions they have. For use by one
 * thread.
 */
final class VisitorValues implements Answers, AutoCloseable {
  private static final int KEYS_A_ROUND = 1_000;
  private static final String VERSION_FIELD = "redis_version:";
  private static final int START = Version.VALUE_PREFIX.length();
  private static final int END = START + Version.LENGTH;

  private final RedisClient redis;
  private final int epoch;
  private final UnaryOperator<String> keys;

  /**
   * A value to wait for.
   *
   * @param visitor whose, or of which order
   * @param time event time it must have, or a later one, milliseconds since the epoch
   * @param since {@link System#nanoTime} when its event was sent
   */
  record Wanted(String visitor, long time, long since) {}

  /**
   * @param epoch of the versions
   * @param keys of visitors, such as {@link RedisKeys#rec}
   */
  VisitorValues(int port, int epoch, UnaryOperator<String> keys) {
    this.redis = RedisClient.builder().hostAndPort(new HostAndPort("127.0.0.1", port)).build();
    this.epoch = epoch;
    this.keys = keys;
  }

  @Override
  public List<Wanted> missing(List<Wanted> wanted) {
    List<Wanted> missing = new ArrayList<>();
    for (int from = 0; from < wanted.size(); from += KEYS_A_ROUND) {
      List<Wanted> part = wanted.subList(from, Math.min(wanted.size(), from + KEYS_A_ROUND));
      List<Response<String>> heads = new ArrayList<>(part.size());
      try (AbstractPipeline pipeline = redis.pipelined()) {
        for (Wanted value : part) {
          heads.add(pipeline.getrange(keys.apply(value.visitor()), START, END - 1));
        }
        pipeline.sync();
      }
      for (int i = 0; i < part.size(); i++) {
        if (heads.get(i).get().compareTo(Version.of(epoch, part.get(i).time())) < 0) {
          missing.add(part.get(i));
        }
      }
    }
    return missing;
  }

  /** The values of some visitors as they stand in Redis, null where there is none; in one call. */
  List<byte[]> read(List<String> visitors) {
    return redis.mget(
        visitors.stream()
            .map(visitor -> keys.apply(visitor).getBytes(StandardCharsets.UTF_8))
            .toArray(byte[][]::new));
  }

  /** The version of the server. */
  String serverVersion() {
    return redis
        .info("server")
        .lines()
        .filter(line -> line.startsWith(VERSION_FIELD))
        .map(line -> line.substring(VERSION_FIELD.length()))
        .findFirst()
        .orElse("of an unknown version");
  }

  /** Removes everything from the server. */
  void clear() {
    redis.flushAll();
  }

  @Override
  public void close() {
    redis.close();
  }
}
