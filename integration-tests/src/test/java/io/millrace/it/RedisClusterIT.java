package io.millrace.it;

import static io.millrace.it.Writes.set;
import static io.millrace.it.Writes.tombstone;
import static io.millrace.it.Writes.value;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.features.decision.DecisionJson;
import io.millrace.features.decision.Evidence;
import io.millrace.features.decision.RedisKeys;
import io.millrace.features.decision.SimilarItems;
import io.millrace.features.decision.Version;
import io.millrace.features.redis.RedisSettings;
import io.millrace.jobs.local.LocalRedis;
import io.millrace.jobs.local.RedisConnection;
import io.millrace.operators.redis.RedisSink;
import io.millrace.operators.redis.RedisWrite;
import io.millrace.serving.DecisionReader;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.RedisClusterClient;
import redis.clients.jedis.UnifiedJedis;
import redis.clients.jedis.params.MigrateParams;
import redis.clients.jedis.util.JedisClusterCRC16;

/** The sink and the reader in a cluster of three masters, while it is reshaped. */
class RedisClusterIT {
  private static final Duration LIMIT = Duration.ofSeconds(40);
  private static final int KEYS = 2_000;

  @TempDir private static Path dir;
  private static ClusterServers cluster;

  @BeforeAll
  static void startCluster() throws Exception {
    cluster = ClusterServers.start(dir, 3, 0);
  }

  @AfterAll
  static void stopCluster() {
    cluster.close();
  }

  @BeforeEach
  void empty() {
    for (int i = 0; i < 3; i++) {
      try (Jedis node = cluster.jedis(i)) {
        node.flushAll();
      }
    }
  }

  private static RedisSink.Builder sink(RedisSettings settings) {
    return RedisSink.builder().settings(settings.withTimeout(Duration.ofSeconds(1)));
  }

  @Test
  void writesToAllSlots() throws Exception {
    try (SinkTask<RedisWrite> task =
            new SinkTask<>(sink(cluster.settings().withKeyPrefix("shop:")).build());
        RedisClusterClient redis = cluster.client()) {
      for (int key = 0; key < KEYS; key++) {
        task.write(set("rec:{v" + key + "}", 1, "a"));
        task.write(tombstone("profile:{v" + key + "}", 2));
      }
      task.flush();

      for (int key = 0; key < KEYS; key++) {
        assertThat(redis.get("shop:rec:{v" + key + "}")).isEqualTo(value(1, "a"));
        assertThat(redis.get("shop:profile:{v" + key + "}")).isEqualTo(Writes.deleted(2));
      }
      assertThat(task.metrics().count("redis_writes")).isEqualTo(2 * KEYS);
      assertThat(task.metrics().count("redis_retries")).isZero();
      assertThat(task.metrics().count("redis_redirects")).isZero();
    }
    for (int i = 0; i < 3; i++) {
      try (Jedis node = cluster.jedis(i)) {
        assertThat(node.dbSize()).isGreaterThan(KEYS / 2);
      }
    }
  }

  @Test
  void setsAsideAKeyOfAnotherTypeAndWritesItsNeighbours() throws Exception {
    try (SinkTask<RedisWrite> task = new SinkTask<>(sink(cluster.settings()).build());
        RedisClusterClient redis = cluster.client()) {
      redis.lpush("a{x}", "a list");
      task.write(set("a{x}", 1, "a"));
      task.write(set("b{x}", 1, "b"));
      task.flush();

      assertThat(redis.get("b{x}")).isEqualTo(value(1, "b"));
      assertThat(task.metrics().count("redis_rejected")).isEqualTo(1);
    }
  }

  /**
   * Some keys of the slot exist and some come into being while the slot is on its way; versions
   * stand still for a while, so that only the order of arrival says which value is the last.
   */
  @Test
  void keepsTheOrderOfAKeyWhileItsSlotMoves() throws Exception {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    Map<String, String> last = new TreeMap<>();
    try (SinkTask<RedisWrite> task =
            new SinkTask<>(sink(cluster.settings()).batchKeys(40).build());
        RedisClusterClient redis = cluster.client()) {
      AtomicInteger rounds = new AtomicInteger();
      SlotMove move = new SlotMove(JedisClusterCRC16.getSlot("{moving}"), rounds);
      CompletableFuture<Void> moved = CompletableFuture.runAsync(() -> move.run(4));
      while (!moved.isDone() || rounds.get() < 100) {
        int round = rounds.incrementAndGet();
        int keys = Math.min(120, 10 + round);
        for (int i = 0; i < 20; i++) {
          boolean moves = random.nextInt(4) > 0;
          String key = "k" + random.nextInt(keys) + (moves ? "{moving}" : "");
          last.put(key, write(task, key, round, i, random.nextInt(10) == 0));
        }
      }
      moved.join();
      task.flush();

      assertThat(task.metrics().count("redis_redirects")).isPositive();
      assertThat(task.metrics().count("redis_fenced")).isZero();
      last.forEach(
          (key, value) ->
              assertThat(redis.get(key)).as("%s, with seed %d", key, seed).isEqualTo(value));
    }
  }

  private static String write(
      SinkTask<RedisWrite> task, String key, int round, int number, boolean delete)
      throws Exception {
    int version = 1 + round / 50;
    task.write(delete ? tombstone(key, version) : set(key, version, round + "." + number));
    return delete ? Writes.deleted(version) : value(version, round + "." + number);
  }

  /** Moves a slot from node to node as redis-cli does, a few keys at a time. */
  private static final class SlotMove {
    private static final int ROUNDS_BETWEEN_STEPS = 4;

    private final int slot;
    private final AtomicInteger rounds;

    /**
     * @param rounds of writes, which go on meanwhile
     */
    private SlotMove(int slot, AtomicInteger rounds) {
      this.slot = slot;
      this.rounds = rounds;
    }

    /** To the next node and the next, and at last back to the first owner. */
    private void run(int moves) {
      try {
        int first = cluster.ownerAtFirst(slot);
        for (int i = 0; i < moves; i++) {
          move((first + i) % 3, i == moves - 1 ? first : (first + i + 1) % 3);
        }
      } catch (Exception e) {
        throw new IllegalStateException(e);
      }
    }

    private void move(int from, int to) throws Exception {
      if (from == to) {
        return;
      }
      try (Jedis source = cluster.jedis(from);
          Jedis target = cluster.jedis(to)) {
        target.clusterSetSlotImporting(slot, source.clusterMyId());
        source.clusterSetSlotMigrating(slot, target.clusterMyId());
        awaitWrites();
        for (List<String> some = source.clusterGetKeysInSlot(slot, 5);
            !some.isEmpty();
            some = source.clusterGetKeysInSlot(slot, 5)) {
          source.migrate(
              "127.0.0.1",
              cluster.node(to).port(),
              5_000,
              MigrateParams.migrateParams(),
              some.toArray(String[]::new));
          awaitWrites();
        }
        target.clusterSetSlotNode(slot, target.clusterMyId());
        source.clusterSetSlotNode(slot, target.clusterMyId());
        awaitWrites();
      }
    }

    private void awaitWrites() throws Exception {
      int before = rounds.get();
      Await.until("more was written", LIMIT, () -> rounds.get() > before + ROUNDS_BETWEEN_STEPS);
    }
  }

  @Test
  void goesOnWhenAMasterDiesAndItsReplicaTakesOver(@TempDir Path own) throws Exception {
    try (ClusterServers servers = ClusterServers.start(own, 3, 1)) {
      List<String> replicated =
          IntStream.range(0, KEYS)
              .mapToObj(i -> "r" + i)
              .filter(key -> servers.ownerAtFirst(JedisClusterCRC16.getSlot(key)) == 0)
              .toList();
      RedisSettings settings = servers.settings();
      try (SinkTask<RedisWrite> careful =
          new SinkTask<>(sink(settings).waitForReplicas(1, Duration.ofMillis(500)).build())) {
        for (String key : replicated) {
          careful.write(set(key, 1, "a"));
        }
        careful.flush();
      }
      try (SinkTask<RedisWrite> task = new SinkTask<>(sink(settings).batchKeys(300).build());
          RedisClusterClient redis = servers.client()) {
        for (int version = 1; version <= 6; version++) {
          if (version == 3) {
            servers.node(0).kill();
          }
          for (int key = 0; key < KEYS; key++) {
            task.write(set("k" + key, version, "v" + version));
          }
        }
        task.flush();

        assertThat(task.metrics().count("redis_retries")).isPositive();
        for (int key = 0; key < KEYS; key++) {
          assertThat(redis.get("k" + key)).isEqualTo(value(6, "v6"));
        }
        for (String key : replicated) {
          assertThat(redis.get(key)).isEqualTo(value(1, "a"));
        }
      }
    }
  }

  @Test
  void saysWhichMasterLacksReplicas() throws Exception {
    try (LogLines log = new LogLines("io.millrace.operators.redis.BatchSender");
        SinkTask<RedisWrite> task =
            new SinkTask<>(
                sink(cluster.settings()).waitForReplicas(1, Duration.ofMillis(1)).build());
        RedisClusterClient redis = cluster.client()) {
      task.write(set("k", 1, "a"));
      task.runUntil("it was tried again", LIMIT, () -> task.metrics().count("redis_retries") >= 3);

      int owner = cluster.ownerAtFirst(JedisClusterCRC16.getSlot("k"));
      assertThat(log.lines())
          .singleElement()
          .asString()
          .contains("0 of the 1 replicas", "the master " + cluster.node(owner).address());
      assertThat(redis.get("k")).isEqualTo(value(1, "a"));
    }
  }

  @Test
  void readsACartAcrossSlotsInItsOrder() throws Exception {
    List<String> items = new ArrayList<>(IntStream.range(0, 60).mapToObj(i -> "i" + i).toList());
    try (SinkTask<RedisWrite> task = new SinkTask<>(sink(cluster.settings()).build());
        DecisionReader reader = DecisionReader.open(cluster.settings())) {
      for (String item : items) {
        task.write(
            RedisWrite.set(
                RedisKeys.sim(item), DecisionJson.write(similar(item)), RedisKeys.SIM_TTL, 0));
      }
      task.flush();
      items.add(7, "unknown");
      Collections.shuffle(items);

      Map<String, SimilarItems> found = reader.similarItems(items);

      items.remove("unknown");
      assertThat(found.keySet()).containsExactlyElementsOf(items);
      found.forEach((item, list) -> assertThat(list).isEqualTo(similar(item)));
      assertThat(reader.similarItems("i3")).contains(similar("i3"));
      assertThat(reader.trend()).isEmpty();
    }
  }

  private static SimilarItems similar(String item) {
    return new SimilarItems(
        Version.of(1, 5),
        item,
        List.of(new SimilarItems.Item("with-" + item, 0.5, Evidence.sessions(3, 9))));
  }

  @Test
  void theDocumentedUsersMayWhatTheyHaveTo() throws Exception {
    for (int i = 0; i < 3; i++) {
      try (Jedis node = cluster.jedis(i)) {
        DocumentedUsers.add(node);
      }
    }
    DocumentedUsers.assertMayWhatTheyHaveTo(cluster.settings(), 0);
  }

  @Test
  void isFoundToBeThereBeforeAnythingIsStarted() {
    RedisConnection.require(cluster.settings());
    try (UnifiedJedis redis = RedisConnection.open(cluster.settings())) {
      redis.set("a", "1");
      redis.set("b", "2");
      redis.set("c", "3");
      assertThat(redis.dbSize()).isEqualTo(3);
    }
  }

  @Test
  void failsWithAClearMessageWhereTheAddressIsOfAnotherKind() throws Exception {
    assertFails(
        "redis://" + cluster.node(0).address(), "let redis.url begin with redis-cluster://");
    try (LocalRedis single = LocalRedis.start(0, dir.resolve("single"), false)) {
      assertFails("redis-cluster://" + single.address(), "let redis.url begin with redis://");
    }
  }

  private static void assertFails(String url, String part) throws Exception {
    try (SinkTask<RedisWrite> task = new SinkTask<>(sink(RedisSettings.parse(url)).build())) {
      for (int i = 0; i < 50; i++) {
        task.write(set("k" + i, 1, "a"));
      }
      assertThatThrownBy(task::flush).hasMessageContaining(part);
    }
  }
}
