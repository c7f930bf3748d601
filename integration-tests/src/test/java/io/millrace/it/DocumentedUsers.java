package io.millrace.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.features.decision.DecisionJson;
import io.millrace.features.decision.RedisKeys;
import io.millrace.features.decision.TrendList;
import io.millrace.features.decision.Version;
import io.millrace.features.redis.RedisSettings;
import io.millrace.operators.redis.RedisSink;
import io.millrace.operators.redis.RedisWrite;
import io.millrace.serving.DecisionReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import redis.clients.jedis.Jedis;

/** The ACL users of {@code docs/redis.md}, with the prefix {@code shop:}. */
final class DocumentedUsers {
  static final String PASSWORD = "hush-hush";

  private static final String RULE = "ACL SETUSER ";
  private static final TrendList TREND =
      new TrendList(Version.of(1, 5), List.of(new TrendList.Item("hot", 12)));

  private DocumentedUsers() {}

  /** Takes the rules from the page to a server. */
  static void add(Jedis redis) throws IOException {
    Path page = Path.of(System.getProperty("millrace.home")).resolve("docs/redis.md");
    List<String> rules =
        Files.readAllLines(page).stream().filter(line -> line.startsWith(RULE)).toList();
    assertThat(rules).hasSize(2);
    for (String rule : rules) {
      String[] words =
          rule.substring(RULE.length())
              .replace("PASSWORD", PASSWORD)
              .replace("PREFIX", "shop:")
              .split(" ");
      redis.aclSetUser(words[0], Arrays.copyOfRange(words, 1, words.length));
    }
  }

  static RedisSettings as(String user, RedisSettings where) {
    return RedisSettings.parse(where.toString().replace("://", "://" + user + "@"))
        .withPassword(PASSWORD)
        .withKeyPrefix("shop:");
  }

  static void write(RedisSettings settings, int replicas) throws Exception {
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

  /** One writes, and waits for a number of replicas; the other reads. */
  static void assertMayWhatTheyHaveTo(RedisSettings where, int replicas) throws Exception {
    write(as("millrace", where), replicas);
    try (DecisionReader reader = DecisionReader.open(as("storefront", where))) {
      assertThat(reader.trend()).contains(TREND);
      assertThat(reader.similarItems(List.of("i1", "i2", "i3"))).isEmpty();
    }
  }
}
