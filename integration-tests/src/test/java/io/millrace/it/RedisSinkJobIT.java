package io.millrace.it;

import static io.millrace.it.Writes.set;
import static io.millrace.it.Writes.value;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.jobs.local.LocalRedis;
import io.millrace.operators.redis.RedisSink;
import io.millrace.operators.redis.RedisWrite;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.functions.MapFunction;
import org.apache.flink.api.common.state.CheckpointListener;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.connector.source.util.ratelimit.RateLimiterStrategy;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.connector.datagen.source.DataGeneratorSource;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import redis.clients.jedis.Jedis;

/** The sink in a Flink job with checkpoints. */
class RedisSinkJobIT {
  private static final int KEYS = 40_000;
  private static final int VERSIONS = 2;

  @TempDir private Path dir;

  @Test
  void holdsTheLastVersionOfEveryKeyAfterAFailure() throws Exception {
    FailsOnce.CHECKPOINTS.set(0);
    FailsOnce.FAILURES.set(0);
    try (LocalRedis server = LocalRedis.start(0, dir, false);
        Jedis redis = new Jedis("127.0.0.1", server.port())) {
      StreamExecutionEnvironment env =
          StreamExecutionEnvironment.getExecutionEnvironment(configuration());
      env.setParallelism(2);
      env.enableCheckpointing(150);
      env.fromSource(numbers(), WatermarkStrategy.noWatermarks(), "numbers")
          .uid("numbers")
          .map(new FailsOnce())
          .name("writes")
          .uid("writes")
          .keyBy(RedisWrite::key)
          .sinkTo(patientSink(server))
          .name("redis")
          .uid("redis");
      env.execute("redis-sink");

      assertThat(FailsOnce.FAILURES).hasValue(1);
      assertThat(redis.dbSize()).isEqualTo(KEYS);
      for (int key = 0; key < KEYS; key++) {
        int last = key * VERSIONS + VERSIONS - 1;
        assertThat(redis.get("k" + key)).isEqualTo(value(last, "v" + last));
      }
    }
  }

  /** Holds much back, so that all that a checkpoint does not drain is lost in the failure. */
  private static RedisSink patientSink(LocalRedis server) {
    return RedisSink.builder()
        .settings(server.settings())
        .batchKeys(65_536)
        .batchBytes(1L << 30)
        .linger(Duration.ofSeconds(30))
        .build();
  }

  private static Configuration configuration() {
    return new Configuration()
        .set(PipelineOptions.GENERIC_TYPES, false)
        .set(PipelineOptions.AUTO_GENERATE_UIDS, false)
        .set(RestartStrategyOptions.RESTART_STRATEGY, "fixed-delay")
        .set(RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_ATTEMPTS, 3)
        .set(RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_DELAY, Duration.ofMillis(50));
  }

  private static DataGeneratorSource<Long> numbers() {
    return new DataGeneratorSource<>(
        number -> number,
        (long) KEYS * VERSIONS,
        RateLimiterStrategy.perSecond(20_000),
        Types.LONG);
  }

  /** Makes writes of numbers, and fails once after the second checkpoint. */
  private static final class FailsOnce
      implements MapFunction<Long, RedisWrite>, CheckpointListener {
    private static final long serialVersionUID = 1L;
    private static final AtomicInteger CHECKPOINTS = new AtomicInteger();
    private static final AtomicInteger FAILURES = new AtomicInteger();

    @Override
    public RedisWrite map(Long number) {
      if (CHECKPOINTS.get() >= 2 && FAILURES.compareAndSet(0, 1)) {
        throw new IllegalStateException("a failure that the test wants");
      }
      return set("k" + number / VERSIONS, number, "v" + number);
    }

    @Override
    public void notifyCheckpointComplete(long checkpointId) {
      CHECKPOINTS.incrementAndGet();
    }
  }
}
