package io.millrace.it;

import io.millrace.features.redis.RedisSettings;
import io.millrace.jobs.local.LocalRedis;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import redis.clients.jedis.Jedis;

/** A real master with a replica, and sentinels that watch them. */
final class SentinelServers implements AutoCloseable {
  static final String MASTER = "shop";

  private static final Duration LIMIT = Duration.ofSeconds(30);
  private static final List<String> SYNC_AT_ONCE =
      List.of("repl-diskless-sync yes", "repl-diskless-sync-delay 0");

  private final Path dir;
  private final List<LocalRedis> servers = new ArrayList<>();
  private final List<LocalRedis> sentinels = new ArrayList<>();

  private SentinelServers(Path dir) {
    this.dir = dir;
  }

  /** Starts a master and a replica, and waits until the sentinels know them and each other. */
  static SentinelServers start(Path dir, int sentinels) throws Exception {
    SentinelServers started = new SentinelServers(dir);
    try {
      started.servers.add(started.startServer("master", 0, SYNC_AT_ONCE));
      started.startReplica("replica", 0, started.servers.get(0).port());
      for (int i = 0; i < sentinels; i++) {
        started.startSentinel(i, sentinels / 2 + 1);
      }
      Await.until("the sentinels know each other", LIMIT, started::areInformed);
      return started;
    } catch (Exception e) {
      started.close();
      throw e;
    }
  }

  private LocalRedis startServer(String name, int port, List<String> directives)
      throws IOException {
    return LocalRedis.start(port, dir.resolve(name), false, directives);
  }

  /** A server that copies the one at a port, and has done so once. */
  LocalRedis startReplica(String name, int port, int master) throws Exception {
    List<String> directives = new ArrayList<>(SYNC_AT_ONCE);
    directives.add("replicaof 127.0.0.1 " + master);
    LocalRedis replica = startServer(name, port, directives);
    servers.add(replica);
    try (Jedis jedis = new Jedis("127.0.0.1", replica.port())) {
      Await.until(
          "the replica has its master's values",
          LIMIT,
          () -> jedis.info("replication").contains("master_link_status:up"));
    }
    return replica;
  }

  private void startSentinel(int number, int quorum) throws IOException {
    List<String> directives =
        List.of(
            "sentinel monitor shop 127.0.0.1 " + servers.get(0).port() + " " + quorum,
            "sentinel down-after-milliseconds shop 400",
            "sentinel failover-timeout shop 2000");
    sentinels.add(LocalRedis.start(0, dir.resolve("sentinel" + number), false, directives));
  }

  private boolean areInformed() {
    for (LocalRedis sentinel : sentinels) {
      try (Jedis jedis = new Jedis("127.0.0.1", sentinel.port())) {
        Map<String, String> shop = jedis.sentinelMaster(MASTER);
        if (!shop.get("num-other-sentinels").equals(String.valueOf(sentinels.size() - 1))
            || !shop.get("num-slaves").equals("1")) {
          return false;
        }
      }
    }
    return true;
  }

  /** How to reach the master through the sentinels. */
  RedisSettings settings() {
    return RedisSettings.parse(
        sentinels.stream()
            .map(LocalRedis::address)
            .collect(Collectors.joining(",", "redis-sentinel://", "/" + MASTER)));
  }

  LocalRedis server(int number) {
    return servers.get(number);
  }

  /** A connection to a sentinel. */
  Jedis sentinel(int number) {
    return new Jedis("127.0.0.1", sentinels.get(number).port());
  }

  /** The port of the master that all sentinels name, 0 while they do not agree. */
  int agreedMaster() {
    int agreed = 0;
    for (LocalRedis sentinel : sentinels) {
      try (Jedis jedis = new Jedis("127.0.0.1", sentinel.port())) {
        int named = Integer.parseInt(jedis.sentinelGetMasterAddrByName(MASTER).get(1));
        if (agreed != 0 && named != agreed) {
          return 0;
        }
        agreed = named;
      }
    }
    return agreed;
  }

  @Override
  public void close() {
    sentinels.forEach(LocalRedis::close);
    servers.forEach(LocalRedis::close);
  }
}
