package io.millrace.features.redis;

import java.io.Serializable;
import java.util.Objects;

/**
 * Where one server of Redis or one sentinel listens.
 *
 * @param host name or address; an IPv6 address stands in brackets
 * @param port 1 to 65535
 */
public record RedisNode(String host, int port) implements Serializable {

  public RedisNode {
    Objects.requireNonNull(host, "host");
    if (host.isBlank()) {
      throw new IllegalArgumentException("the Redis host is empty; give a name or an address");
    }
    if (port < 1 || port > 65_535) {
      throw new IllegalArgumentException("the Redis port is " + port + "; give 1 to 65535");
    }
    if (host.indexOf(':') >= 0 && !host.startsWith("[")) {
      host = "[" + host + "]";
    }
  }

  /** {@code host:port}. */
  @Override
  public String toString() {
    return host + ":" + port;
  }
}
