package io.millrace.jobs.bench;

import io.millrace.features.event.Click;
import io.millrace.features.event.ClickCodec;
import io.millrace.features.event.InvalidEventException;
import io.millrace.features.event.Topics;
import io.millrace.jobs.Failure;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Reads the clickstream from its beginning with a plain consumer, into a {@link PlainLoop}. */
final class LoopRun {
  private static final Duration POLL = Duration.ofSeconds(10);

  private final String servers;
  private final long outOfOrdernessMs;
  private final ClickCodec codec = new ClickCodec(Clock.systemUTC());
  private long[] newest = {};

  LoopRun(String servers, long outOfOrdernessMs) {
    this.servers = servers;
    this.outOfOrdernessMs = outOfOrdernessMs;
  }

  /**
   * Runs the loop over the first clicks of the topic.
   *
   * @param warmUp clicks before the clock starts
   * @param count clicks in all
   * @param clock tells the time
   */
  Throughput run(PlainLoop loop, int warmUp, int count, Supplier<CpuTimes> clock) {
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(settings(), new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      List<TopicPartition> partitions = partitions(consumer, Topics.CLICKSTREAM);
      newest = new long[partitions.size()];
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      CpuTimes start = null;
      int startedAt = 0;
      int taken = 0;
      while (taken < count) {
        if (start == null && taken >= warmUp) {
          start = clock.get();
          startedAt = taken;
        }
        int before = taken;
        for (ConsumerRecord<byte[], byte[]> message : consumer.poll(POLL)) {
          take(message, loop);
          taken++;
        }
        if (taken == before) {
          throw Failure.failed("the clickstream has " + taken + " of " + count + " clicks");
        }
      }
      loop.finish();
      return new Throughput(taken - startedAt, clock.get().since(start));
    }
  }

  private Map<String, Object> settings() {
    return Map.of(
        ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
        servers,
        ConsumerConfig.MAX_POLL_RECORDS_CONFIG,
        2_000,
        ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG,
        4 << 20,
        ConsumerConfig.ISOLATION_LEVEL_CONFIG,
        "read_committed",
        ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
        false);
  }

  static List<TopicPartition> partitions(KafkaConsumer<byte[], byte[]> consumer, String topic) {
    int count = consumer.partitionsFor(topic).size();
    return IntStream.range(0, count)
        .mapToObj(partition -> new TopicPartition(topic, partition))
        .toList();
  }

  private void take(ConsumerRecord<byte[], byte[]> message, PlainLoop loop) {
    try {
      Click click = codec.decode(message.value());
      newest[message.partition()] = Math.max(newest[message.partition()], click.eventTime());
      loop.take(click, watermark());
    } catch (InvalidEventException e) {
      throw Failure.failed("a click of the bench is not valid: " + e.getMessage(), e);
    }
  }

  private long watermark() {
    long least = newest[0];
    for (long time : newest) {
      least = Math.min(least, time);
    }
    return least - outOfOrdernessMs;
  }
}
