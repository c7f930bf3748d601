package io.millrace.jobs.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.millrace.features.decision.DecisionJson;
import io.millrace.features.decision.Evidence;
import io.millrace.features.decision.SimilarItems;
import io.millrace.features.decision.Version;
import io.millrace.features.redis.RedisSettings;
import io.millrace.jobs.Failure;
import io.millrace.jobs.local.FlinkSettings;
import io.millrace.jobs.options.Options;
import io.millrace.operators.redis.RedisSink;
import io.millrace.operators.redis.RedisWrite;
import io.millrace.serving.RedisClients;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.connector.datagen.source.DataGeneratorSource;
import org.apache.flink.connector.datagen.source.GeneratorFunction;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import redis.clients.jedis.UnifiedJedis;
import redis.clients.jedis.params.SetParams;

/**
 * The Redis sink in a job that does nothing else, beside one blocking call a record. Both write the
 * same values under the same keys, from one thread of work; the processor time is that of this
 * process, the sink's with all that Flink does around it.
 */
final class SinkBench {
  private static final int KEYS = 16_384;
  private static final int ITEMS_A_VALUE = 5;

  /** Where the generator, which Flink copies, finds the clock and leaves its reading. */
  private static volatile Supplier<CpuTimes> clock;

  private static volatile CpuTimes start;

  private final RedisSettings redis;
  private final Options options;

  SinkBench(RedisSettings redis, Options options) {
    this.redis = redis;
    this.options = options;
  }

  /** The sink, {@code count} writes after {@code warmUp} others. */
  Throughput sink(int warmUp, int count, Path dir, Supplier<CpuTimes> times) {
    clock = times;
    StreamExecutionEnvironment env =
        StreamExecutionEnvironment.createLocalEnvironment(1, FlinkSettings.embedded(dir, options));
    env.fromSource(
            new DataGeneratorSource<>(
                new Generator(warmUp), (long) warmUp + count, TypeInformation.of(RedisWrite.class)),
            WatermarkStrategy.noWatermarks(),
            "writes")
        .uid("writes")
        .sinkTo(RedisSink.builder().settings(redis).build())
        .uid("sink");
    try {
      env.execute("bench redis sink");
    } catch (Exception e) {
      throw Failure.failed("the bench of the Redis sink failed: " + e.getMessage(), e);
    }
    return new Throughput(count, times.get().since(start));
  }

  /** One blocking {@code SET} a record. */
  Throughput blocking(int warmUp, int count, Supplier<CpuTimes> times) {
    List<RedisWrite> writes = writes();
    try (UnifiedJedis client = RedisClients.open(redis, 1)) {
      CpuTimes from = null;
      for (int i = 0; i < warmUp + count; i++) {
        if (i == warmUp) {
          from = times.get();
        }
        RedisWrite write = writes.get(i % KEYS);
        client.set(
            write.key().getBytes(UTF_8),
            write.value(),
            SetParams.setParams().px(write.ttlMillis()));
      }
      return new Throughput(count, times.get().since(from));
    }
  }

  private static List<RedisWrite> writes() {
    List<RedisWrite> writes = new ArrayList<>(KEYS);
    for (int i = 0; i < KEYS; i++) {
      List<SimilarItems.Item> items = new ArrayList<>();
      for (int j = 0; j < ITEMS_A_VALUE; j++) {
        items.add(
            new SimilarItems.Item("item-" + (i + j), 0.5 / (j + 1), Evidence.sessions(j, 50)));
      }
      SimilarItems value = new SimilarItems(Version.of(1, i), "item-" + i, items);
      writes.add(
          RedisWrite.set("bench:{" + i + "}", DecisionJson.write(value), Duration.ofDays(1), 0));
    }
    return writes;
  }

  private static final class Generator implements GeneratorFunction<Long, RedisWrite> {
    private final int warmUp;
    private transient List<RedisWrite> writes;

    private Generator(int warmUp) {
      this.warmUp = warmUp;
    }

    @Override
    public RedisWrite map(Long number) {
      if (writes == null) {
        writes = writes();
      }
      if (number == warmUp) {
        start = clock.get();
      }
      return writes.get((int) (number % KEYS));
    }
  }
}
