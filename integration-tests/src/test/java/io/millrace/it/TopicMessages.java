package io.millrace.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** What stands in a topic for a consumer that reads committed messages only. */
final class TopicMessages {
  private TopicMessages() {}

  /** Waits until a topic holds {@code expected} messages, and demands that there are no more. */
  static List<ConsumerRecord<byte[], byte[]>> await(
      String bootstrapServers, String topic, int expected, Duration limit) throws Exception {
    List<ConsumerRecord<byte[], byte[]>> messages = new ArrayList<>();
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(
            Map.of(
                ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                bootstrapServers,
                ConsumerConfig.ISOLATION_LEVEL_CONFIG,
                "read_committed"),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer())) {
      List<TopicPartition> partitions =
          consumer.partitionsFor(topic).stream()
              .map(info -> new TopicPartition(info.topic(), info.partition()))
              .toList();
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      Await.until(
          topic + " holds " + expected + " messages",
          limit,
          () -> {
            consumer.poll(Duration.ofMillis(100)).forEach(messages::add);
            return messages.size() >= expected;
          });
    }
    assertThat(messages).hasSize(expected);
    return messages;
  }
}
