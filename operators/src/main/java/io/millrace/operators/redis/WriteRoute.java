package io.millrace.operators.redis;

import io.millrace.features.redis.RedisSettings;
import io.millrace.features.redis.RedisTopology;
import java.time.Duration;
import java.util.List;
import org.apache.flink.metrics.Counter;
import redis.clients.jedis.exceptions.JedisException;

/**
 * The way of a batch to the server or servers that take it. One thread writes; the other methods
 * may come from any.
 */
interface WriteRoute {

  /**
   * Opens nothing yet.
   *
   * @param redirects counts calls that a cluster sent on to another node
   */
  static WriteRoute of(RedisSettings settings, ReplicaWait wait, Counter redirects) {
    return settings.topology() == RedisTopology.CLUSTER
        ? new ClusterRoute(settings, wait, redirects)
        : new MasterRoute(settings, wait);
  }

  /**
   * Sends a batch and waits until every server that holds some of it, and as many of its replicas
   * as asked for, have acknowledged. The writes of a key take effect in the order of the batch.
   *
   * @return an answer a write, in order, see {@link RedisConnection#receive}
   * @throws JedisException if any write met another error; some of the batch may have been written
   *     then. The next call finds out anew where the servers are
   */
  Object[] write(List<RedisWrite> batch);

  /** Gives up on connections whose server has taken no bytes for longer than this. */
  void abandonStalled(Duration limit);

  /** Closes all connections at once; a write under way fails, and no other begins. */
  void close();
}
