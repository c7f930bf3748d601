package io.millrace.it;

import io.millrace.features.redis.RedisSettings;
import io.millrace.jobs.local.LocalRedis;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.RedisClusterClient;
import redis.clients.jedis.args.ClusterResetType;

/** A real cluster of masters that share the slots evenly, and replicas of the first of them. */
final class ClusterServers implements AutoCloseable {
  static final int SLOTS = 16_384;

  private static final Duration LIMIT = Duration.ofSeconds(30);
  private static final int BUS_PORT_AHEAD = 10_000;

  private final int masters;
  private final List<LocalRedis> nodes = new ArrayList<>();

  private ClusterServers(int masters) {
    this.masters = masters;
  }

  /** Starts the nodes and waits until each knows all and the cluster takes writes. */
  static ClusterServers start(Path dir, int masters, int replicas) throws Exception {
    ClusterServers cluster = new ClusterServers(masters);
    try {
      for (int i = 0; i < masters + replicas; i++) {
        cluster.nodes.add(startNode(dir.resolve("node" + i)));
      }
      cluster.join();
      for (int i = masters; i < masters + replicas; i++) {
        cluster.replicate(i);
      }
      return cluster;
    } catch (Exception e) {
      cluster.close();
      throw e;
    }
  }

  private static LocalRedis startNode(Path dir) throws IOException {
    return LocalRedis.start(
        freePort(),
        dir,
        false,
        List.of(
            "cluster-enabled yes",
            "cluster-config-file nodes.conf",
            "cluster-node-timeout 700",
            "repl-diskless-sync yes",
            "repl-diskless-sync-delay 0"));
  }

  /** The nodes talk to each other at a port that is as free, 10,000 further on. */
  static int freePort() throws IOException {
    InetAddress loopback = InetAddress.getByName("127.0.0.1");
    while (true) {
      try (ServerSocket port = new ServerSocket(0, 1, loopback)) {
        if (port.getLocalPort() + BUS_PORT_AHEAD <= 65_535) {
          try (ServerSocket bus =
              new ServerSocket(port.getLocalPort() + BUS_PORT_AHEAD, 1, loopback)) {
            return bus.getLocalPort() - BUS_PORT_AHEAD;
          } catch (IOException e) {
            // Taken; the next one may not be.
          }
        }
      }
    }
  }

  private void join() throws Exception {
    for (int i = 0; i < masters; i++) {
      int number = i;
      try (Jedis node = jedis(i)) {
        node.clusterReset(ClusterResetType.HARD);
        node.clusterAddSlots(
            IntStream.range(0, SLOTS).filter(slot -> ownerAtFirst(slot) == number).toArray());
      }
    }
    try (Jedis first = jedis(0)) {
      for (int i = 1; i < nodes.size(); i++) {
        first.clusterMeet("127.0.0.1", nodes.get(i).port());
      }
    }
    Await.until("the cluster takes writes", LIMIT, this::isWhole);
  }

  private boolean isWhole() {
    for (int i = 0; i < nodes.size(); i++) {
      try (Jedis node = jedis(i)) {
        String info = node.clusterInfo();
        if (!info.contains("cluster_state:ok")
            || !info.contains("cluster_known_nodes:" + nodes.size() + "\r")) {
          return false;
        }
      }
    }
    return true;
  }

  private void replicate(int number) throws Exception {
    try (Jedis replica = jedis(number);
        Jedis master = jedis(0)) {
      replica.clusterReplicate(master.clusterMyId());
      Await.until(
          "the replica has its master's values",
          LIMIT,
          () ->
              replica.info("replication").contains("master_link_status:up")
                  && master.clusterNodes().contains("slave"));
    }
  }

  /** The master that a slot is given to at the start. */
  int ownerAtFirst(int slot) {
    return slot * masters / SLOTS;
  }

  /** How to reach the cluster through its first and its second node. */
  RedisSettings settings() {
    return RedisSettings.parse(
        nodes.stream()
            .limit(2)
            .map(LocalRedis::address)
            .collect(Collectors.joining(",", "redis-cluster://", "")));
  }

  LocalRedis node(int number) {
    return nodes.get(number);
  }

  /** A connection to one node. */
  Jedis jedis(int number) {
    return new Jedis("127.0.0.1", nodes.get(number).port());
  }

  /** A client of the whole. */
  RedisClusterClient client() {
    return RedisClusterClient.create(
        nodes.stream()
            .map(node -> new redis.clients.jedis.HostAndPort("127.0.0.1", node.port()))
            .collect(Collectors.toSet()));
  }

  @Override
  public void close() {
    nodes.forEach(LocalRedis::close);
  }
}
