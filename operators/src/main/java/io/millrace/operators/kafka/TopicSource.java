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

  /** Of a topic on which something comes now and then: it comes at once. */
  static <E> KafkaSource<Arrival<E>> of(
      String topic, ArrivalReader<E> reader, KafkaSettings kafka) {
    return of(topic, reader, kafka, new Properties());
  }

  /**
   * Of a topic on which much comes all the time: some of it is taken together, as each fetch costs
   * the broker and the job much more than a message.
   */
  static <E> KafkaSource<Arrival<E>> ofBusy(
      String topic, ArrivalReader<E> reader, KafkaSettings kafka) {
    Properties properties = new Properties();
    properties.setProperty(ConsumerConfig.FETCH_MIN_BYTES_CONFIG, "4096");
    properties.setProperty(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, "25");
    return of(topic, reader, kafka, properties);
  }

  private static <E> KafkaSource<Arrival<E>> of(
      String topic, ArrivalReader<E> reader, KafkaSettings kafka, Properties properties) {
    addDefaults(properties, kafka);
    return KafkaSource.<Arrival<E>>builder()
        .setProperties(properties)
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
  private static void addDefaults(Properties properties, KafkaSettings kafka) {
    properties.setProperty(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, "2000");
    properties.setProperty(ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG, "4194304");
    properties.setProperty(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
    properties.setProperty(KafkaSourceOptions.PARTITION_DISCOVERY_INTERVAL_MS.key(), "30000");
    properties.putAll(kafka.clientProperties());
  }
}
