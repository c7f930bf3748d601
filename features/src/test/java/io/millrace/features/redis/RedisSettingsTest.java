package io.millrace.features.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RedisSettingsTest {

  @Test
  void readsHostAndPort() {
    assertThat(RedisSettings.parse("cache.shop:6380"))
        .isEqualTo(RedisSettings.of("cache.shop", 6380));
    assertThat(RedisSettings.parse("cache.shop")).isEqualTo(RedisSettings.of("cache.shop", 6379));
    assertThat(RedisSettings.parse("my_redis:1").address()).isEqualTo("my_redis:1");
    assertThat(RedisSettings.parse("redis://[::1]:7/2").address()).isEqualTo("[::1]:7");
  }

  @Test
  void readsEveryPartOfAnAddress() {
    RedisSettings settings = RedisSettings.parse("rediss://ana:p%40s:s+1@cache:7000/3");

    assertThat(settings.topology()).isEqualTo(RedisTopology.SINGLE);
    assertThat(settings.tls()).isTrue();
    assertThat(settings.user()).isEqualTo("ana");
    assertThat(settings.password()).isEqualTo("p@s:s+1");
    assertThat(settings.address()).isEqualTo("cache:7000");
    assertThat(settings.database()).isEqualTo(3);
  }

  @Test
  void readsSentinelsAndTheNameOfTheirMaster() {
    RedisSettings settings = RedisSettings.parse("redis-sentinel://ana:s3cret@s1,s2:7/shop/3");

    assertThat(settings.topology()).isEqualTo(RedisTopology.SENTINEL);
    assertThat(settings.nodes())
        .containsExactly(new RedisNode("s1", 26_379), new RedisNode("s2", 7));
    assertThat(settings.master()).isEqualTo("shop");
    assertThat(settings.database()).isEqualTo(3);
    assertThat(settings.user()).isEqualTo("ana");
    assertThat(settings.tls()).isFalse();
    assertThat(RedisSettings.parse("rediss-sentinel://s1/shop").tls()).isTrue();
  }

  @Test
  void readsNodesOfACluster() {
    RedisSettings settings = RedisSettings.parse("rediss-cluster://:s3cret@n1,n2:7,[fe80::1]:8/");

    assertThat(settings.topology()).isEqualTo(RedisTopology.CLUSTER);
    assertThat(settings.nodes())
        .containsExactly(
            new RedisNode("n1", 6379), new RedisNode("n2", 7), new RedisNode("fe80::1", 8));
    assertThat(settings.password()).isEqualTo("s3cret");
    assertThat(settings.tls()).isTrue();
    assertThat(RedisSettings.parse("redis-cluster://n1").tls()).isFalse();
  }

  @Test
  void readsAPasswordWithoutUser() {
    RedisSettings settings = RedisSettings.parse("redis://:secret@cache");

    assertThat(settings.user()).isNull();
    assertThat(settings.password()).isEqualTo("secret");
  }

  @Test
  void readsAUserWhosePasswordComesFromElsewhere() {
    RedisSettings settings = RedisSettings.parse("redis://ana@cache").withPassword("secret");

    assertThat(settings.user()).isEqualTo("ana");
    assertThat(settings.password()).isEqualTo("secret");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://:secret@cache",
        "redis:/:secret@cache",
        ":secret@cache:x",
        "redis://:secret@cache:6379/0/1",
        "redis://:secret@cache/x",
        "redis://:secret@cache?timeout=1",
        "redis://:sec#ret@cache",
        "redis://:secret@",
        "redis://:secret@cache:99999",
        "redis://:secret@cache/-1",
        "redis://:secret%zz@cache",
        "redis://:secret@secret@cache",
        "redis-sentinel://:secret@s1,s2",
        "redis-cluster://:secret@n1,,n2"
      })
  void refusesOtherAddressesWithoutShowingThePassword(String url) {
    assertThatThrownBy(() -> RedisSettings.parse(url))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("the Redis address '")
        .hasMessageContaining("redis-sentinel://HOST:PORT,HOST:PORT/MASTER")
        .message()
        .doesNotContain("secret");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "redis://a,b|2 Redis servers; give one, several as redis-cluster://HOST:PORT,HOST:PORT",
        "redis-sentinel://a,b|the Redis master has no name",
        "redis-sentinel://a/m/x|ends with a database that is not a number from 0",
        "redis-cluster://a/0|goes on after the last part",
        "memcached://a|does not begin with the name of a kind of Redis",
        "redis://a:0|the Redis port is 0; give 1 to 65535",
        "redis://a%20b|names no HOST"
      })
  void saysWhatIsWrongWithAnAddressAndWhatToGive(String url, String fault) {
    assertThatThrownBy(() -> RedisSettings.parse(url))
        .hasMessageContaining("'" + url + "'")
        .hasMessageContaining(fault);
  }

  @Test
  void refusesADatabaseInACluster() {
    assertThatThrownBy(() -> RedisSettings.parse("redis-cluster://a").withDatabase(1))
        .hasMessageContaining("a cluster has database 0 only");
  }

  @Test
  void refusesAPrefixThatWouldMoveKeysInACluster() {
    assertThatThrownBy(() -> RedisSettings.of("cache", 6379).withKeyPrefix("{shop}:"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("redis.key-prefix is '{shop}:'");
  }

  @Test
  void refusesATimeoutOutOfRange() {
    assertThatThrownBy(() -> RedisSettings.of("cache", 6379).withTimeout(Duration.ZERO))
        .hasMessageContaining("0 ms; give 1 ms to 1 hour");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "hello",
        "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n",
        "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n"
      })
  void refusesCertificatesThatAreNone(String pem) {
    assertThatThrownBy(() -> RedisSettings.parse("rediss://cache").withCaCertificates(pem))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("-----BEGIN CERTIFICATE-----");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "redis://ana:secret@cache:7000/3|redis://cache:7000/3",
        "rediss-sentinel://ana:secret@s1:1,s2:2/shop|rediss-sentinel://s1:1,s2:2/shop/0",
        "redis-cluster://:secret@n1:1,n2:2|redis-cluster://n1:1,n2:2"
      })
  void showsAnAddressThatCanBeReadAgainAndNoLogin(String url, String shown) {
    assertThat(RedisSettings.parse(url).toString()).isEqualTo(shown);
    assertThat(RedisSettings.parse(shown).toString()).isEqualTo(shown);
  }

  @Test
  void survivesJavaSerialization() throws Exception {
    RedisSettings settings =
        RedisSettings.parse("rediss-sentinel://ana:s3cret@s1,s2/shop").withKeyPrefix("a:");
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(settings);
    }
    try (ObjectInputStream in =
        new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
      assertThat(in.readObject()).isEqualTo(settings);
    }
  }
}
