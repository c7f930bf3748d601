package io.millrace.jobs.local;

import io.millrace.features.redis.RedisSettings;
import io.millrace.jobs.Failure;
import java.net.InetSocketAddress;
import java.time.Duration;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.SslOptions;
import redis.clients.jedis.exceptions.JedisException;

/** Finds out whether a Redis that is said to exist answers, and what is wrong if not. */
public final class RedisConnection {
  private static final int LIMIT_MS = 4_000;

  private RedisConnection() {}

  /**
   * Makes sure that the server answers, within 15 seconds.
   *
   * @throws Failure if nothing answers or it refuses; names the address, the cause and what to try
   */
  public static void require(RedisSettings settings) {
    InetSocketAddress address = new InetSocketAddress(settings.host(), settings.port());
    String cause = Ports.whyNotListening(address, Duration.ofMillis(LIMIT_MS));
    if (cause != null) {
      throw unusable(settings, cause, null);
    }
    try (RedisClient redis = open(settings)) {
      redis.ping();
    } catch (JedisException e) {
      Throwable root = e;
      while (root.getCause() != null && root.getCause() != root) {
        root = root.getCause();
      }
      throw unusable(settings, root.getMessage(), e);
    }
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

  /** A client; it connects when it is first used. */
  public static RedisClient open(RedisSettings settings) {
    return RedisClient.builder()
        .hostAndPort(settings.host(), settings.port())
        .clientConfig(
            DefaultJedisClientConfig.builder()
                .connectionTimeoutMillis(LIMIT_MS)
                .socketTimeoutMillis(LIMIT_MS)
                .user(settings.user())
                .password(settings.password())
                .database(settings.database())
                .sslOptions(settings.tls() ? SslOptions.defaults() : null)
                .build())
        .build();
  }
}
