package io.millrace.features.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RedisSettingsTest {

  @Test
  void readsHostAndPort() {
    assertThat(RedisSettings.parse("cache.shop:6380"))
        .isEqualTo(RedisSettings.of("cache.shop", 6380));
    assertThat(RedisSettings.parse("cache.shop")).isEqualTo(RedisSettings.of("cache.shop", 6379));
  }

  @Test
  void readsEveryPartOfAnAddress() {
    RedisSettings settings = RedisSettings.parse("rediss://ana:p%40s:s@cache:7000/3");

    assertThat(settings.tls()).isTrue();
    assertThat(settings.user()).isEqualTo("ana");
    assertThat(settings.password()).isEqualTo("p@s:s");
    assertThat(settings.address()).isEqualTo("cache:7000");
    assertThat(settings.database()).isEqualTo(3);
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
        "redis://:secret@cache:6379/0/1",
        "redis://:secret@cache/x",
        "redis://:secret@cache?timeout=1",
        "redis://:sec#ret@cache",
        "redis://:secret@",
        "redis://:secret@cache:99999",
        "redis://:secret@cache/-1"
      })
  void refusesOtherAddressesWithoutShowingThePassword(String url) {
    assertThatThrownBy(() -> RedisSettings.parse(url))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("Redis")
        .message()
        .doesNotContain("secret");
  }

  @Test
  void refusesAPrefixThatWouldMoveKeysInACluster() {
    assertThatThrownBy(() -> RedisSettings.of("cache", 6379).withKeyPrefix("{shop}:"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("redis.key-prefix is '{shop}:'");
  }

  @Test
  void refusesATimeoutOutOfRange() {
    assertThatThrownBy(
            () -> new RedisSettings("cache", 6379, 0, null, null, false, Duration.ZERO, ""))
        .hasMessageContaining("0 ms; give 1 ms to 1 hour");
  }

  @Test
  void neverShowsThePassword() {
    assertThat(RedisSettings.parse("redis://ana:secret@cache:7000/3").toString())
        .isEqualTo("redis://cache:7000/3");
  }
}
