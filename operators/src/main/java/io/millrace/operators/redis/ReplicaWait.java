package io.millrace.operators.redis;

import java.io.Serializable;
import java.time.Duration;

/**
 * How many replicas of a master have to hold a batch before it counts as written.
 *
 * @param replicas 0 for none
 * @param timeout how long a master waits for them until it is asked again, at least 1 ms
 */
record ReplicaWait(int replicas, Duration timeout) implements Serializable {
  static final ReplicaWait NONE = new ReplicaWait(0, Duration.ofSeconds(1));
}
