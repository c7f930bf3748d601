package io.millrace.features.redis;

import java.io.Serializable;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.Objects;

/**
 * Where Redis is and how to talk to it. The password never appears in {@link #toString()}.
 *
 * @param host name or address
 * @param port 1 to 65535
 * @param database 0 or more; servers have 16 unless set up otherwise
 * @param user ACL user, null for the default user
 * @param password null for none
 * @param tls whether to talk TLS
 * @param timeout of connecting and of one answer, 1 ms to 1 hour
 * @param keyPrefix stands before every key, may be empty, has no braces
 */
public record RedisSettings(
    String host,
    int port,
    int database,
    String user,
    String password,
    boolean tls,
    Duration timeout,
    String keyPrefix)
    implements Serializable {

  /** Default time for connecting and for one answer. */
  public static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(2);

  /** Port of a Redis where none is named. */
  public static final int DEFAULT_PORT = 6379;

  private static final Duration MIN_TIMEOUT = Duration.ofMillis(1);
  private static final Duration MAX_TIMEOUT = Duration.ofHours(1);

  public RedisSettings {
    Objects.requireNonNull(host, "host");
    Objects.requireNonNull(timeout, "timeout");
    Objects.requireNonNull(keyPrefix, "keyPrefix");
    if (port < 1 || port > 65_535) {
      throw new IllegalArgumentException("the Redis port is " + port + "; give 1 to 65535");
    }
    if (host.isBlank()) {
      throw new IllegalArgumentException("the Redis host is empty; give a name or an address");
    }
    if (database < 0) {
      throw new IllegalArgumentException("the Redis database is " + database + "; give 0 or more");
    }
    if (timeout.compareTo(MIN_TIMEOUT) < 0 || timeout.compareTo(MAX_TIMEOUT) > 0) {
      throw new IllegalArgumentException(
          "the Redis timeout is " + timeout.toMillis() + " ms; give 1 ms to 1 hour");
    }
    if (keyPrefix.indexOf('{') >= 0 || keyPrefix.indexOf('}') >= 0) {
      throw new IllegalArgumentException(
          "redis.key-prefix is '"
              + keyPrefix
              + "'; leave out braces, they mark the part of a key that places it in a cluster");
    }
  }

  /** A server without password or TLS. */
  public static RedisSettings of(String host, int port) {
    return new RedisSettings(host, port, 0, null, null, false, DEFAULT_TIMEOUT, "");
  }

  /**
   * Reads {@code redis://[user[:password]@]host[:port][/database]}, {@code rediss://…} for TLS, or
   * plain {@code host:port}. The user may be empty, for the default one. Characters of the password
   * that have a meaning in an address are percent-encoded.
   *
   * @throws IllegalArgumentException if it is none of these; the message never shows the password
   */
  public static RedisSettings parse(String url) {
    String full = url.contains("://") ? url : "redis://" + url;
    try {
      URI uri = new URI(full);
      boolean tls = "rediss".equals(uri.getScheme());
      if (uri.getHost() == null
          || !(tls || "redis".equals(uri.getScheme()))
          || uri.getQuery() != null
          || uri.getFragment() != null) {
        throw malformed();
      }
      String[] login = uri.getUserInfo() == null ? new String[0] : uri.getUserInfo().split(":", 2);
      return new RedisSettings(
          uri.getHost(),
          uri.getPort() < 0 ? DEFAULT_PORT : uri.getPort(),
          database(uri.getPath()),
          login.length == 0 || login[0].isEmpty() ? null : login[0],
          login.length == 2 ? login[1] : null,
          tls,
          DEFAULT_TIMEOUT,
          "");
    } catch (URISyntaxException | NumberFormatException e) {
      throw malformed();
    }
  }

  private static int database(String path) {
    boolean none = path == null || path.isEmpty() || path.equals("/");
    return none ? 0 : Integer.parseInt(path.substring(1));
  }

  private static IllegalArgumentException malformed() {
    return new IllegalArgumentException(
        "the Redis address is not of the form redis://[user[:password]@]host[:port][/database];"
            + " percent-encode characters such as # / @ in the password");
  }

  /** The same server with a prefix before every key. */
  public RedisSettings withKeyPrefix(String prefix) {
    return new RedisSettings(host, port, database, user, password, tls, timeout, prefix);
  }

  /** The same server with another password (from the environment or a file). */
  public RedisSettings withPassword(String secret) {
    return new RedisSettings(host, port, database, user, secret, tls, timeout, keyPrefix);
  }

  /** {@code host:port}, for messages. */
  public String address() {
    return host + ":" + port;
  }

  @Override
  public String toString() {
    return (tls ? "rediss://" : "redis://") + address() + "/" + database;
  }
}
