package io.millrace.operators.redis;

import io.millrace.features.redis.RedisSettings;
import java.io.ByteArrayInputStream;
import redis.clients.jedis.ClientSetInfoConfig;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.SslOptions;

/** What Jedis has to know of the settings to make a socket or a connection of its own. */
final class JedisConfig {
  private JedisConfig() {}

  /** Timeouts and TLS, without a login. */
  static DefaultJedisClientConfig of(RedisSettings settings) {
    return builder(settings).build();
  }

  /** The same with the login. */
  static DefaultJedisClientConfig withLogin(RedisSettings settings) {
    return builder(settings).user(settings.user()).password(settings.password()).build();
  }

  private static DefaultJedisClientConfig.Builder builder(RedisSettings settings) {
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
}
