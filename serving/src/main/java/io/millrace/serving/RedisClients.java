package io.millrace.serving;

import io.millrace.features.redis.RedisNode;
import io.millrace.features.redis.RedisSettings;
import java.io.ByteArrayInputStream;
import java.util.Set;
import java.util.stream.Collectors;
import redis.clients.jedis.ClientSetInfoConfig;
import redis.clients.jedis.ConnectionPoolConfig;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.RedisClusterClient;
import redis.clients.jedis.RedisSentinelClient;
import redis.clients.jedis.SslOptions;
import redis.clients.jedis.UnifiedJedis;
import redis.clients.jedis.exceptions.JedisException;

/** Opens the client of Jedis that fits the settings: for one server, sentinels or a cluster. */
public final class RedisClients {
  private RedisClients() {}

  /**
   * A client for many threads. That for one server connects when it is first used; the others find
   * their servers at once.
   *
   * @param maxConnections to each server, 1 or more
   * @throws JedisException if no sentinel or no node of the cluster answers
   */
  public static UnifiedJedis open(RedisSettings settings, int maxConnections) {
    ConnectionPoolConfig pool = new ConnectionPoolConfig();
    pool.setMaxTotal(maxConnections);
    pool.setMaxIdle(maxConnections);
    pool.setMaxWait(settings.timeout());
    DefaultJedisClientConfig config =
        config(settings)
            .database(settings.database())
            .user(settings.user())
            .password(settings.password())
            .build();
    return switch (settings.topology()) {
      case SINGLE ->
          RedisClient.builder()
              .hostAndPort(address(settings.nodes().get(0)))
              .clientConfig(config)
              .poolConfig(pool)
              .build();
      case SENTINEL ->
          RedisSentinelClient.builder()
              .masterName(settings.master())
              .sentinels(addresses(settings))
              .sentinelClientConfig(sentinelConfig(settings))
              .clientConfig(config)
              .poolConfig(pool)
              .build();
      case CLUSTER ->
          RedisClusterClient.builder()
              .nodes(addresses(settings))
              .maxTotalRetriesDuration(settings.timeout())
              .clientConfig(config)
              .poolConfig(pool)
              .build();
    };
  }

  private static DefaultJedisClientConfig.Builder config(RedisSettings settings) {
    int timeout = Math.toIntExact(settings.timeout().toMillis());
    return DefaultJedisClientConfig.builder()
        .serverDefaultProtocol()
        .connectionTimeoutMillis(timeout)
        .socketTimeoutMillis(timeout)
        .sslOptions(ssl(settings))
        .clientSetInfoConfig(ClientSetInfoConfig.DISABLED);
  }

  private static SslOptions ssl(RedisSettings settings) {
    byte[] trusted = settings.trustStore();
    if (trusted == null) {
      return settings.tls() ? SslOptions.defaults() : null;
    }
    return SslOptions.builder()
        .trustStoreType("PKCS12")
        .truststore(
            () -> new ByteArrayInputStream(trusted),
            RedisSettings.TRUST_STORE_PASSWORD.toCharArray())
        .build();
  }

  /** With the servers' login if a sentinel asks for one; a sentinel without one refuses logins. */
  private static DefaultJedisClientConfig sentinelConfig(RedisSettings settings) {
    DefaultJedisClientConfig open = config(settings).build();
    if (settings.password() != null) {
      for (RedisNode sentinel : settings.nodes()) {
        try (Jedis jedis = new Jedis(address(sentinel), open)) {
          jedis.sentinelGetMasterAddrByName(settings.master());
          return open;
        } catch (JedisException e) {
          if (String.valueOf(e.getMessage()).startsWith("NOAUTH")) {
            return config(settings).user(settings.user()).password(settings.password()).build();
          }
        }
      }
    }
    return open;
  }

  private static Set<HostAndPort> addresses(RedisSettings settings) {
    return settings.nodes().stream().map(RedisClients::address).collect(Collectors.toSet());
  }

  private static HostAndPort address(RedisNode node) {
    return new HostAndPort(node.host(), node.port());
  }
}
