package io.millrace.jobs.local;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.millrace.features.decision.RedisKeys;
import io.millrace.features.redis.RedisNode;
import io.millrace.features.redis.RedisSettings;
import io.millrace.jobs.Failure;
import io.millrace.serving.RedisClients;
import java.net.InetSocketAddress;
import java.time.Duration;
import redis.clients.jedis.UnifiedJedis;
import redis.clients.jedis.exceptions.JedisException;

/** Finds out whether a Redis that is said to exist answers, and what is wrong if not. */
public final class RedisConnection {
  private static final Duration LIMIT = Duration.ofSeconds(4);

  private RedisConnection() {}

  /**
   * Makes sure that the server, or one of the sentinels and the master it names, or a node of the
   * cluster and the one with the trends, answers; within about 15 seconds.
   *
   * @throws Failure if nothing answers or it refuses; names the address, the cause and what to try
   */
  public static void require(RedisSettings settings) {
    requireListener(settings);
    try (UnifiedJedis redis = open(settings)) {
      redis.getrange((settings.keyPrefix() + RedisKeys.TREND_ALL).getBytes(UTF_8), 0, 0);
    } catch (JedisException e) {
      Throwable root = e;
      while (root.getCause() != null && root.getCause() != root) {
        root = root.getCause();
      }
      throw unusable(settings, root.getMessage(), e);
    }
  }

  private static void requireListener(RedisSettings settings) {
    String firstCause = null;
    for (RedisNode node : settings.nodes()) {
      InetSocketAddress address = new InetSocketAddress(node.host(), node.port());
      String cause = Ports.whyNotListening(address, LIMIT.dividedBy(settings.nodes().size()));
      if (cause == null) {
        return;
      }
      firstCause = firstCause == null ? cause : firstCause;
    }
    throw unusable(settings, firstCause, null);
  }

  private static Failure unusable(RedisSettings settings, String cause, Exception thrown) {
    return Failure.failed(
        "Redis at "
            + settings.address()
            + " cannot be used: "
            + cause
            + ". Check the address, the password (MILLRACE_REDIS_PASSWORD) and that the server"
            + " runs; without --redis, ./millrace up starts one on this machine",
        thrown);
  }

  /**
   * A client, with one connection to each server.
   *
   * @throws JedisException if no sentinel or no node of the cluster answers
   */
  public static UnifiedJedis open(RedisSettings settings) {
    return RedisClients.open(settings.withTimeout(LIMIT), 1);
  }
}
