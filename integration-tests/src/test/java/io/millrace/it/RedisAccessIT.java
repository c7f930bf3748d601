package io.millrace.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.features.redis.RedisSettings;
import io.millrace.jobs.local.LocalRedis;
import io.millrace.serving.DecisionReader;
import java.io.IOException;
import java.nio.file.Path;
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
      DocumentedUsers.add(redis);
    }
  }

  @AfterAll
  static void stopRedis() {
    replica.close();
    server.close();
  }

  @Test
  void theDocumentedUsersMayWhatTheyHaveTo() throws Exception {
    DocumentedUsers.assertMayWhatTheyHaveTo(server.settings(), 1);
    DocumentedUsers.assertMayWhatTheyHaveTo(
        RedisSettings.parse("redis://" + server.address() + "/1"), 1);
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
      redis.aclSetUser(
          "less", "reset", "on", ">" + DocumentedUsers.PASSWORD, "~shop:*", "+@all", rule);
    }
    assertThatThrownBy(
            () -> DocumentedUsers.write(DocumentedUsers.as("less", server.settings()), 1))
        .hasMessageContaining("Redis at " + server.address() + " denies access")
        .hasMessageContaining(missing)
        .hasMessageContaining("that user less may call SCRIPT LOAD, EVALSHA, GETRANGE, SET")
        .hasMessageContaining("on the keys shop:*");
  }

  @Test
  void refusesAWrongPasswordWithoutShowingIt() {
    RedisSettings settings =
        DocumentedUsers.as("millrace", server.settings()).withPassword("wrong-secret");

    assertThatThrownBy(() -> DocumentedUsers.write(settings, 0))
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
    RedisSettings settings =
        DocumentedUsers.as("millrace", server.settings()).withKeyPrefix("other:");
    assertThatThrownBy(() -> DocumentedUsers.write(settings, 0))
        .hasMessageContaining("on the keys other:*");
    try (Jedis redis = new Jedis("127.0.0.1", server.port())) {
      assertThat(redis.keys("other:*")).isEmpty();
    }
  }
}
