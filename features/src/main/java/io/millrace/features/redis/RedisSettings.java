package io.millrace.features.redis;

import java.io.Serializable;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;

/**
 * Where Redis is and how to talk to it: one server, a master found through sentinels, or a cluster.
 * The password never appears in {@link #toString()}.
 *
 * @param topology how the servers belong together
 * @param nodes the server; or the sentinels; or some nodes of the cluster, through which the others
 *     are found
 * @param master the name by which the sentinels know the master, null without sentinels
 * @param database 0 or more; servers have 16 unless set up otherwise, a cluster has only 0
 * @param user ACL user, null for the default user
 * @param password null for none; sentinels that ask for a login are given the same
 * @param tls whether to talk TLS, to the sentinels too
 * @param caCertificates certificates of the authorities to trust, PEM text; null for those that the
 *     JDK trusts
 * @param timeout of connecting and of one answer, 1 ms to 1 hour
 * @param keyPrefix stands before every key, may be empty, has no braces
 */
public record RedisSettings(
    RedisTopology topology,
    List<RedisNode> nodes,
    String master,
    int database,
    String user,
    String password,
    boolean tls,
    String caCertificates,
    Duration timeout,
    String keyPrefix)
    implements Serializable {

  /** Default time for connecting and for one answer. */
  public static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(2);

  /** Port of a Redis where none is named. */
  public static final int DEFAULT_PORT = 6379;

  /** Port of a sentinel where none is named. */
  public static final int DEFAULT_SENTINEL_PORT = 26_379;

  /** Of {@link #trustStore()}; no secret, for certificates are none. */
  public static final String TRUST_STORE_PASSWORD = "certificates";

  private static final Duration MIN_TIMEOUT = Duration.ofMillis(1);
  private static final Duration MAX_TIMEOUT = Duration.ofHours(1);

  public RedisSettings {
    nodes = List.copyOf(nodes);
    Objects.requireNonNull(timeout, "timeout");
    Objects.requireNonNull(keyPrefix, "keyPrefix");
    checkNodes(topology, nodes, master);
    if (database < 0) {
      throw new IllegalArgumentException("the Redis database is " + database + "; give 0 or more");
    }
    if (topology == RedisTopology.CLUSTER && database != 0) {
      throw new IllegalArgumentException(
          "the Redis database is " + database + "; a cluster has database 0 only, leave it out");
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
    if (caCertificates != null) {
      CaCertificates.parse(caCertificates);
      if (!tls) {
        throw new IllegalArgumentException(
            "there are certificates to trust, but no TLS is talked; let the address begin with"
                + " rediss instead of redis");
      }
    }
  }

  private static void checkNodes(RedisTopology topology, List<RedisNode> nodes, String master) {
    boolean one = topology == RedisTopology.SINGLE;
    if (nodes.isEmpty() || (one && nodes.size() > 1)) {
      throw new IllegalArgumentException(
          "there are "
              + nodes.size()
              + " Redis servers; give one, several as redis-cluster://HOST:PORT,HOST:PORT, or"
              + " sentinels as redis-sentinel://HOST:PORT,HOST:PORT/MASTER");
    }
    boolean named = master != null && !master.isBlank();
    if (named != (topology == RedisTopology.SENTINEL)) {
      throw new IllegalArgumentException(
          named
              ? "the Redis master is '" + master + "'; only sentinels know masters by name"
              : "the Redis master has no name; give the one that the sentinels know it by, as in"
                  + " redis-sentinel://HOST:PORT,HOST:PORT/MASTER");
    }
  }

  /** A server without password or TLS. */
  public static RedisSettings of(String host, int port) {
    return of(RedisTopology.SINGLE, List.of(new RedisNode(host, port)), null);
  }

  /** Servers without password or TLS. */
  static RedisSettings of(RedisTopology topology, List<RedisNode> nodes, String master) {
    return new RedisSettings(
        topology, nodes, master, 0, null, null, false, null, DEFAULT_TIMEOUT, "");
  }

  /**
   * Reads an address. Each form may have a login {@code user:password@}, {@code user@} or {@code
   * :password@} after the slashes and then meets all nodes; characters of a login that have a
   * meaning in an address are percent-encoded. Where {@code redis} becomes {@code rediss}, TLS is
   * talked.
   *
   * <pre>
   * host:port
   * redis://host[:port][/database]
   * redis-sentinel://host[:port],host[:port]/master[/database]
   * redis-cluster://host[:port],host[:port]
   * </pre>
   *
   * @throws IllegalArgumentException if it is none of these; the message never shows the login
   */
  public static RedisSettings parse(String url) {
    return new RedisUrl(url).parse();
  }

  /** The same with a prefix before every key. */
  public RedisSettings withKeyPrefix(String prefix) {
    return new RedisSettings(
        topology, nodes, master, database, user, password, tls, caCertificates, timeout, prefix);
  }

  /** The same with another password (from the environment or a file). */
  public RedisSettings withPassword(String secret) {
    return new RedisSettings(
        topology, nodes, master, database, user, secret, tls, caCertificates, timeout, keyPrefix);
  }

  /** The same with another time for connecting and for one answer. */
  public RedisSettings withTimeout(Duration limit) {
    return new RedisSettings(
        topology, nodes, master, database, user, password, tls, caCertificates, limit, keyPrefix);
  }

  /**
   * The same with authorities to trust instead of those that the JDK trusts.
   *
   * @param pem one certificate or more, as PEM text
   * @throws IllegalArgumentException if there is no certificate in it
   */
  public RedisSettings withCaCertificates(String pem) {
    return new RedisSettings(
        topology, nodes, master, database, user, password, tls, pem, timeout, keyPrefix);
  }

  RedisSettings withLogin(String name, String secret) {
    return new RedisSettings(
        topology, nodes, master, database, name, secret, tls, caCertificates, timeout, keyPrefix);
  }

  RedisSettings withDatabase(int number) {
    return new RedisSettings(
        topology, nodes, master, number, user, password, tls, caCertificates, timeout, keyPrefix);
  }

  RedisSettings withTls(boolean talked) {
    return new RedisSettings(
        topology,
        nodes,
        master,
        database,
        user,
        password,
        talked,
        caCertificates,
        timeout,
        keyPrefix);
  }

  /**
   * {@link #caCertificates()} in the form that Java's TLS takes, a PKCS12 store under {@link
   * #TRUST_STORE_PASSWORD}; null where the JDK's own are to be trusted.
   */
  public byte[] trustStore() {
    return caCertificates == null
        ? null
        : CaCertificates.trustStore(caCertificates, TRUST_STORE_PASSWORD);
  }

  /** {@code host:port}, several separated by commas, for messages. */
  public String address() {
    return nodes.stream().map(RedisNode::toString).collect(Collectors.joining(","));
  }

  /** The address in the form that {@link #parse} reads, without the login. */
  @Override
  public String toString() {
    String start = topology.scheme(tls) + "://" + address();
    return switch (topology) {
      case SINGLE -> start + "/" + database;
      case SENTINEL -> start + "/" + master + "/" + database;
      case CLUSTER -> start;
    };
  }
}
