package io.millrace.jobs.options;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.features.redis.RedisSettings;
import io.millrace.jobs.Failure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OptionsTest {
  private static final String KEY = "redis.epoch";
  private static final String VARIABLE = "MILLRACE_REDIS_EPOCH";

  @TempDir Path dir;

  @Test
  void takesCommandLineOverFileOverEnvironmentOverDefault() throws IOException {
    Path file = file("redis.epoch: 3\n");
    Map<String, String> environment = Map.of(VARIABLE, "2");
    assertThat(epoch(Map.of(KEY, "4"), file, environment)).isEqualTo(4);
    assertThat(epoch(Map.of(), file, environment)).isEqualTo(3);
    assertThat(epoch(Map.of(), null, environment)).isEqualTo(2);
    assertThat(epoch(Map.of(), null, Map.of())).isEqualTo(1);
  }

  @Test
  void readsYamlLikeAndPropertiesLikeLines() throws IOException {
    Path file =
        file(
            "# store\n\nevent-time.out-of-orderness: 500ms\nredis.url=redis://h:1/2\n"
                + "redis.key-prefix: \"shop:\"\n");
    Options options = Options.resolve(Map.of(), file, Map.of());
    assertThat(options.get(EngineOptions.OUT_OF_ORDERNESS)).isEqualTo(Duration.ofMillis(500));
    assertThat(options.get(RedisOptions.URL)).isEqualTo("redis://h:1/2");
    assertThat(options.get(RedisOptions.KEY_PREFIX)).isEqualTo("shop:");
  }

  @Test
  void refusesUnknownKeyAndNamesNearest() throws IOException {
    assertUsage(Map.of("redis.epoc", "1"), null, "-D", "'redis.epoc'", "redis.epoch");
    assertUsage(Map.of(), file("\nrecomend.learn: true"), "line 2", "recommend.learn");
  }

  @Test
  void refusesValuesOutOfRangeByName() throws IOException {
    assertUsage(Map.of(KEY, "10000"), null, KEY, "'10000'", "from 0 to 9999");
    assertUsage(Map.of(KEY, "one"), null, KEY, "'one'", "a whole number");
    assertUsage(Map.of("recommend.learn", "yes"), null, "recommend.learn", "true or false");
    assertUsage(Map.of("event-time.out-of-orderness", "5"), null, "out-of-orderness", "5 s");
    assertUsage(Map.of("event-time.idle-advance", "0 ms"), null, "from 1 s to 1 d");
    assertUsage(Map.of("kafka.starting-offsets", "newest"), null, "one of earliest, latest");
    assertUsage(Map.of(), file("redis.epoch 4"), "line 1", "key: value");
    assertUsage(Map.of(), file("redis.epoch: 4\nredis.epoch: 5"), "line 2", "line 1");
    assertUsage(Map.of(), dir.resolve("absent"), "there is no file");
  }

  @Test
  void refusesBadValueFromEnvironmentByItsVariable() {
    assertThatThrownBy(() -> Options.resolve(Map.of(), null, Map.of(VARIABLE, "-1")))
        .isInstanceOf(Failure.class)
        .hasMessageContaining(VARIABLE);
  }

  @Test
  void neverShowsOrTakesPasswordOnTheCommandLine() {
    assertThatThrownBy(() -> Options.resolve(Map.of("redis.password", "hush"), null, Map.of()))
        .hasMessageContaining("MILLRACE_REDIS_PASSWORD")
        .hasMessageNotContaining("hush");
    Options options = Options.resolve(Map.of(), null, Map.of("MILLRACE_REDIS_PASSWORD", "hush"));
    assertThat(options.toString()).contains("redis.password").doesNotContain("hush");
    assertThat(RedisOptions.settings(options).password()).isEqualTo("hush");
    Options inUrl = Options.defaults().with(RedisOptions.URL, "redis://ana:hush@h:1");
    assertThat(inUrl.toString()).contains("@h:1").doesNotContain("hush");
  }

  @Test
  void readsPasswordFromFile() throws IOException {
    Path secret = Files.writeString(dir.resolve("secret"), "hush\n");
    Options options =
        Options.defaults()
            .with(RedisOptions.PASSWORD_FILE, secret.toString())
            .with(RedisOptions.KEY_PREFIX, "a:");
    assertThat(RedisOptions.settings(options).password()).isEqualTo("hush");
    assertThat(RedisOptions.settings(options).keyPrefix()).isEqualTo("a:");
  }

  @Test
  void describesSentinelsAndClusters() {
    assertThat(redis("redis-sentinel://s1,s2:7/shop").toString())
        .isEqualTo("redis-sentinel://s1:26379,s2:7/shop/0");
    assertThat(redis("redis-cluster://n1,n2").toString())
        .isEqualTo("redis-cluster://n1:6379,n2:6379");
    assertThatThrownBy(() -> redis("redis-sentinel://s1"))
        .isInstanceOf(Failure.class)
        .hasMessageContaining("redis.url: the Redis address 'redis-sentinel://s1'")
        .hasMessageContaining("/MASTER");
  }

  private static RedisSettings redis(String url) {
    return RedisOptions.settings(Options.defaults().with(RedisOptions.URL, url));
  }

  @Test
  void refusesPartsOfRedisThatDoNotGoTogether() throws IOException {
    assertThatThrownBy(() -> redis("redis://ana@h"))
        .hasMessageContaining("user 'ana', who has no password; set MILLRACE_REDIS_PASSWORD");
    Options noTls = Options.defaults().with(RedisOptions.TLS_CA_FILE, file("no PEM").toString());
    assertThatThrownBy(() -> RedisOptions.settings(noTls))
        .hasMessageContaining("redis.tls-ca-file: ")
        .hasMessageContaining("-----BEGIN CERTIFICATE-----");
    Options absent = noTls.with(RedisOptions.TLS_CA_FILE, dir.resolve("absent").toString());
    assertThatThrownBy(() -> RedisOptions.settings(absent)).hasMessageContaining("cannot be read");
  }

  @Test
  void takesNoPasswordInAnAddressOnTheCommandLine() {
    RedisOptions.refusePassword("--redis", "redis://ana@h:1");
    assertThatThrownBy(() -> RedisOptions.refusePassword("--redis", "redis://ana:hush@h:1"))
        .hasMessageContaining("--redis has a password")
        .hasMessageContaining("MILLRACE_REDIS_PASSWORD")
        .hasMessageNotContaining("hush");
  }

  @Test
  void checksValuesSetByCode() {
    assertThatThrownBy(() -> Options.defaults().with(RedisOptions.EPOCH, -1))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(Options.defaults().with(RedisOptions.EPOCH, 7).get(RedisOptions.EPOCH)).isEqualTo(7);
  }

  @Test
  void readsAndWritesTimesInEveryUnit() {
    for (String text : new String[] {"250 ms", "5 s", "30 min", "2 h", "7 d"}) {
      assertThat(Durations.print(Durations.parse(text))).isEqualTo(text);
    }
    assertThat(Durations.parse("5s")).isEqualTo(Duration.ofSeconds(5));
    assertThatThrownBy(() -> Durations.parse("999999999999999 d"))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private int epoch(Map<String, String> commandLine, Path file, Map<String, String> environment) {
    return Options.resolve(commandLine, file, environment).get(RedisOptions.EPOCH);
  }

  private void assertUsage(Map<String, String> commandLine, Path file, String... parts) {
    assertThatThrownBy(() -> Options.resolve(commandLine, file, Map.of()))
        .isInstanceOfSatisfying(
            Failure.class,
            failure -> assertThat(failure.kind()).isEqualTo(Failure.Kind.WRONG_USAGE))
        .message()
        .contains(parts);
  }

  private Path file(String text) throws IOException {
    return Files.writeString(dir.resolve("options.yaml"), text);
  }
}
