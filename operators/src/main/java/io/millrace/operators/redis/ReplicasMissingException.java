package io.millrace.operators.redis;

import io.millrace.features.redis.RedisNode;
import redis.clients.jedis.exceptions.JedisException;

/** The master has taken a batch, but not enough of its replicas have. */
final class ReplicasMissingException extends JedisException {
  private static final long serialVersionUID = 1L;

  ReplicasMissingException(RedisNode master, long replicas, ReplicaWait wait) {
    super(
        replicas
            + " of the "
            + wait.replicas()
            + " replicas that redis.wait-replicas asks for have acknowledged to the master "
            + master
            + " within "
            + wait.timeout().toMillis()
            + " ms");
  }
}
