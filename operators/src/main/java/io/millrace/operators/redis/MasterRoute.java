package io.millrace.operators.redis;

import io.millrace.features.redis.RedisNode;
import io.millrace.features.redis.RedisSettings;
import io.millrace.features.redis.RedisTopology;
import java.time.Duration;
import java.util.List;
import redis.clients.jedis.exceptions.JedisConnectionException;
import redis.clients.jedis.exceptions.JedisException;
import redis.clients.jedis.exceptions.JedisRedirectionException;

/**
 * Writes to one server, or to the master that sentinels name. After any fault the sentinels are
 * asked again: a master that went, and one that came back as a replica ({@code READONLY}), both
 * have a successor.
 */
final class MasterRoute implements WriteRoute {
  private static final String CROSSSLOT = "CROSSSLOT";

  private final RedisSettings settings;
  private final ReplicaWait wait;
  private final SentinelQuery sentinels;
  private volatile RedisConnection connection;
  private volatile boolean closed;

  MasterRoute(RedisSettings settings, ReplicaWait wait) {
    this.settings = settings;
    this.wait = wait;
    this.sentinels =
        settings.topology() == RedisTopology.SENTINEL ? new SentinelQuery(settings) : null;
  }

  @Override
  public Object[] write(List<RedisWrite> batch) {
    try {
      return connect().write(batch, wait);
    } catch (JedisException e) {
      RedisConnection failed = connection;
      disconnect();
      if (e instanceof JedisRedirectionException || RedisFault.messageOf(e).startsWith(CROSSSLOT)) {
        throw new WrongAddressException(
            "it is a node of a cluster ("
                + e.getMessage()
                + "); let redis.url begin with redis-cluster://, or rediss-cluster:// for TLS");
      }
      throw failed == null || sentinels == null ? e : RedisFault.at(failed.node(), e);
    }
  }

  private RedisConnection connect() {
    if (connection == null) {
      RedisNode master = sentinels == null ? settings.nodes().get(0) : sentinels.master();
      connection = RedisConnection.open(settings, master);
      if (closed) {
        throw new JedisConnectionException("the sink was closed");
      }
    }
    return connection;
  }

  private void disconnect() {
    RedisConnection old = connection;
    connection = null;
    if (old != null) {
      old.abort();
    }
  }

  @Override
  public void abandonStalled(Duration limit) {
    RedisConnection current = connection;
    if (current != null && current.stalledFor().compareTo(limit) > 0) {
      current.abort();
    }
  }

  @Override
  public void close() {
    closed = true;
    RedisConnection current = connection;
    if (current != null) {
      current.abort();
    }
  }
}
