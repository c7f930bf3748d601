package io.millrace.jobs.bench;

import io.millrace.features.decision.RedisKeys;
import io.millrace.features.decision.Version;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import redis.clients.jedis.AbstractPipeline;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.Response;

/** Reads the lists of visitors from Redis, and which versions they have. For use by one thread. */
final class ListVersions implements AutoCloseable {
  private static final int KEYS_A_ROUND = 1_000;
  private static final String VERSION_FIELD = "redis_version:";
  private static final int START = Version.VALUE_PREFIX.length();
  private static final int END = START + Version.LENGTH;

  private final RedisClient redis;
  private final int epoch;

  /**
   * A list to wait for.
   *
   * @param visitor whose
   * @param time event time it must have, or a later one, milliseconds since the epoch
   * @param since {@link System#nanoTime} when its click was sent
   */
  record Wanted(String visitor, long time, long since) {}

  ListVersions(int port, int epoch) {
    this.redis = RedisClient.builder().hostAndPort(new HostAndPort("127.0.0.1", port)).build();
    this.epoch = epoch;
  }

  /** Those of the wanted lists that cannot be read yet. */
  List<Wanted> missing(List<Wanted> wanted) {
    List<Wanted> missing = new ArrayList<>();
    for (int from = 0; from < wanted.size(); from += KEYS_A_ROUND) {
      List<Wanted> part = wanted.subList(from, Math.min(wanted.size(), from + KEYS_A_ROUND));
      List<Response<String>> heads = new ArrayList<>(part.size());
      try (AbstractPipeline pipeline = redis.pipelined()) {
        for (Wanted list : part) {
          heads.add(pipeline.getrange(RedisKeys.rec(list.visitor()), START, END - 1));
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

  /** The lists of some visitors as they stand in Redis, null where there is none; in one call. */
  List<byte[]> read(List<String> visitors) {
    return redis.mget(
        visitors.stream()
            .map(visitor -> RedisKeys.rec(visitor).getBytes(StandardCharsets.UTF_8))
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
