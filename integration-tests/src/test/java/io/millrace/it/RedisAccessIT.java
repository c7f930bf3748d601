package io.millrace.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.features.decision.DecisionJson;
import io.millrace.features.decision.RedisKeys;
import io.millrace.features.decision.TrendList;
import io.millrace.features.decision.Version;
import io.millrace.features.redis.RedisSettings;
import io.millrace.jobs.local.LocalRedis;
import io.millrace.operators.redis.RedisSink;
import io.millrace.operators.redis.RedisWrite;
import io.millrace.serving.DecisionReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.exceptions.JedisException;

/** The sink and the reader as the ACL users of {@code docs/redis.md}. */
class RedisAccessIT {
  private static final String PASSWORD = "hush-hush";
  private static final TrendList TREND =
      new TrendList(Version.of(1, 5), List.of(new TrendList.Item("hot", 12)));

  @TempDir private static Path dir;
  private static LocalRedis server;
  private static LocalRedis replica;

  @BeforeAll
  static void startRedis() throws IOException {
    server = LocalRedis.start(0, dir.resolve("master"), false);
    replica =
        LocalRedis.start(
            0, dir.resolve("replica"), false, List.of("replicaof 127.0.0.1 " + server.port()));
    try (Jedis redis = new Jedis("127.0.0.1", server.port())) {
      addDocumentedUsers(redis);
    }
  }

  @AfterAll
  static void stopRedis() {
    replica.close();
    server.close();
  }

  /** As the page says, with the prefix {@code shop:}. */
  private static void addDocumentedUsers(Jedis redis) throws IOException {
    Path page = Path.of(System.getProperty("millrace.home")).resolve("docs/redis.md");
    List<String> rules =
        Files.readAllLines(page).stream().filter(line -> line.startsWith("ACL SETUSER ")).toList();
    assertThat(rules).hasSize(2);
    for (String rule : rules) {
      List<String> words =
          new ArrayList<>(
              Arrays.asList(
                  rule.replace("PASSWORD", PASSWORD).replace("PREFIX", "shop:").split(" ")));
      redis.aclSetUser(words.get(2), words.subList(3, words.size()).toArray(String[]::new));
    }
  }

  private static RedisSettings as(String user, RedisSettings where) {
    return RedisSettings.parse(where.toString().replace("://", "://" + user + "@"))
        .withPassword(PASSWORD)
        .withKeyPrefix("shop:");
  }

  private static void writeTrend(RedisSettings settings, int replicas) throws Exception {
    try (SinkTask<RedisWrite> task =
        new SinkTask<>(
            RedisSink.builder()
                .settings(settings)
                .waitForReplicas(replicas, Duration.ofSeconds(1))
                .build())) {
      task.write(
          RedisWrite.set(RedisKeys.TREND_ALL, DecisionJson.write(TREND), RedisKeys.TREND_TTL, 0));
      task.flush();
    }
  }

  @Test
  void theDocumentedUsersMayWhatTheyHaveTo() throws Exception {
    RedisSettings otherDatabase = RedisSettings.parse("redis://" + server.address() + "/1");
    for (RedisSettings where : List.of(server.settings(), otherDatabase)) {
      writeTrend(as("millrace", where), 1);
      try (DecisionReader reader = DecisionReader.open(as("storefront", where))) {
        assertThat(reader.trend()).contains(TREND);
        assertThat(reader.similarItems(List.of("i1", "i2"))).isEmpty();
      }
    }
  }

  @Test
  void theDocumentedUsersMayWhatTheyHaveToInACluster(@TempDir Path own) throws Exception {
    try (ClusterServers cluster = ClusterServers.start(own, 2, 0)) {
      for (int i = 0; i < 2; i++) {
        try (Jedis node = cluster.jedis(i)) {
          addDocumentedUsers(node);
        }
      }
      writeTrend(as("millrace", cluster.settings()), 0);
      try (DecisionReader reader = DecisionReader.open(as("storefront", cluster.settings()))) {
        assertThat(reader.trend()).contains(TREND);
        assertThat(reader.similarItems(List.of("i1", "i2", "i3"))).isEmpty();
      }
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "-set|(SET)",
        "-getrange|(GETRANGE)",
        "-evalsha|'evalsha' command",
        "-script|'script' command",
        "-wait|'wait' command",
        "resetkeys|one of the keys"
      })
  void namesWhatAUserMayNot(String rule, String missing) throws Exception {
    try (Jedis redis = new Jedis("127.0.0.1", server.port())) {
      redis.aclSetUser("less", "reset", "on", ">" + PASSWORD, "~shop:*", "+@all", rule);
    }
    assertThatThrownBy(() -> writeTrend(as("less", server.settings()), 1))
        .hasMessageContaining("Redis at " + server.address() + " denies access")
        .hasMessageContaining(missing)
        .hasMessageContaining("that user less may call SCRIPT LOAD, EVALSHA, GETRANGE, SET")
        .hasMessageContaining("on the keys shop:*");
  }

  @Test
  void refusesAWrongPasswordWithoutShowingIt() {
    RedisSettings settings = as("millrace", server.settings()).withPassword("wrong-secret");

    assertThatThrownBy(() -> writeTrend(settings, 0))
        .hasMessageContaining("WRONGPASS")
        .hasMessageContaining("Check the user and password")
        .message()
        .doesNotContain("secret");
    try (DecisionReader reader = DecisionReader.open(settings)) {
      assertThatThrownBy(reader::trend)
          .isInstanceOf(JedisException.class)
          .hasMessageContaining("WRONGPASS");
    }
  }

  @Test
  void keepsToThePrefix() throws Exception {
    RedisSettings settings = as("millrace", server.settings()).withKeyPrefix("other:");
    assertThatThrownBy(() -> writeTrend(settings, 0)).hasMessageContaining("on the keys other:*");
    try (Jedis redis = new Jedis("127.0.0.1", server.port())) {
      assertThat(redis.keys("other:*")).isEmpty();
    }
  }
}
