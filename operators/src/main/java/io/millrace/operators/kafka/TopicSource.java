package io.millrace.operators.kafka;

import io.millrace.features.kafka.KafkaSettings;
import java.util.Properties;
import org.apache.flink.connector.kafka.source.KafkaSource;
import org.apache.flink.connector.kafka.source.KafkaSourceOptions;
import org.apache.flink.connector.kafka.source.enumerator.initializer.OffsetsInitializer;
import org.apache.kafka.clients.consumer.ConsumerConfig;

/** The Kafka source of a topic: committed messages only, partitions found as they appear. */
final class TopicSource {
  private TopicSource() {}

  static <E> KafkaSource<Arrival<E>> of(
      String topic, ArrivalReader<E> reader, KafkaSettings kafka) {
    return KafkaSource.<Arrival<E>>builder()
        .setProperties(consumerProperties(kafka))
        .setBootstrapServers(kafka.bootstrapServers())
        .setGroupId(kafka.groupId())
        .setClientIdPrefix(kafka.groupId() + "-" + topic)
        .setTopics(topic)
        .setStartingOffsets(
            kafka.start() == KafkaSettings.Start.LATEST
                ? OffsetsInitializer.latest()
                : OffsetsInitializer.earliest())
        .setDeserializer(reader)
        .build();
  }

  /** What the operator sets goes before what is set here. */
  private static Properties consumerProperties(KafkaSettings kafka) {
    Properties properties = new Properties();
    properties.setProperty(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, "2000");
    properties.setProperty(ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG, "4194304");
    properties.setProperty(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
    properties.setProperty(KafkaSourceOptions.PARTITION_DISCOVERY_INTERVAL_MS.key(), "30000");
    properties.putAll(kafka.clientProperties());
    return properties;
  }
}
