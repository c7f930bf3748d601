package io.millrace.features.redis;

/** How the servers of Redis belong together. */
public enum RedisTopology {
  /** One server. */
  SINGLE("redis"),
  /** A master and its replicas, found through sentinels. */
  SENTINEL("redis-sentinel"),
  /** Masters that share the keys, found through any of them. */
  CLUSTER("redis-cluster");

  private final String scheme;

  RedisTopology(String scheme) {
    this.scheme = scheme;
  }

  /** How an address begins, up to the colon. */
  String scheme(boolean tls) {
    return tls ? scheme.replaceFirst("redis", "rediss") : scheme;
  }
}
