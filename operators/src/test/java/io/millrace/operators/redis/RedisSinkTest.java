package io.millrace.operators.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.features.redis.RedisSettings;
import java.io.IOException;
import java.time.Duration;
import org.apache.flink.util.InstantiationUtil;
import org.junit.jupiter.api.Test;

class RedisSinkTest {

  @Test
  void refusesToBeBuiltWithoutRedis() {
    assertThatThrownBy(() -> RedisSink.builder().build())
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("settings(RedisSettings)");
  }

  @Test
  void refusesOptionsOutOfRange() {
    assertThatThrownBy(() -> RedisSink.builder().batchKeys(0))
        .hasMessageContaining("batchKeys is 0; give 1 to 65536");
    assertThatThrownBy(() -> RedisSink.builder().batchBytes(0))
        .hasMessageContaining("batchBytes is 0");
    assertThatThrownBy(() -> RedisSink.builder().linger(Duration.ofMinutes(2)))
        .hasMessageContaining("linger is 120000 ms");
    assertThatThrownBy(() -> RedisSink.builder().waitForReplicas(-1, Duration.ofSeconds(1)))
        .hasMessageContaining("replicas is -1; give 0 to 100");
    assertThatThrownBy(() -> RedisSink.builder().waitForReplicas(1, Duration.ZERO))
        .hasMessageContaining("timeout is 0 ms");
    assertThatThrownBy(() -> RedisSink.builder().settings(null)).hasMessageContaining("settings");
  }

  @Test
  void travelsToTheTaskManagers() throws IOException, ClassNotFoundException {
    RedisSettings settings = RedisSettings.of("cache", 6379).withKeyPrefix("shop:");
    RedisSink sink =
        RedisSink.builder()
            .settings(settings)
            .linger(Duration.ofMillis(7))
            .waitForReplicas(2, Duration.ofMillis(300))
            .build();

    RedisSink arrived = InstantiationUtil.clone(sink);

    assertThat(arrived.settings()).isEqualTo(settings);
    assertThat(arrived.replicaWait()).isEqualTo(new ReplicaWait(2, Duration.ofMillis(300)));
    assertThat(arrived.linger()).isEqualTo(Duration.ofMillis(7));
  }
}
