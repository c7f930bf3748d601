package io.millrace.jobs.bench;

import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.MalformedObjectNameException;
import javax.management.ObjectName;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * How many events the Kafka consumers of the job in this process have taken. Told by the lag of
 * their partitions, which JMX has up to date; their own counts come only after a whole fetch, and
 * one fetch can be all of a topic.
 */
final class ConsumedEvents {
  private static final String PARTITIONS =
      "kafka.consumer:type=consumer-fetch-manager-metrics,topic=%s,partition=*,client-id=millrace-%s-*";

  private final MBeanServer server = ManagementFactory.getPlatformMBeanServer();
  private final List<ObjectName> partitions = new ArrayList<>();
  private final Map<TopicPartition, Long> ends = new HashMap<>();

  private ConsumedEvents(String job, List<String> topics) {
    for (String topic : topics) {
      String name = PARTITIONS.formatted(topic, job);
      try {
        partitions.add(new ObjectName(name));
      } catch (MalformedObjectNameException e) {
        throw new IllegalStateException("JMX does not take " + name, e);
      }
    }
  }

  /**
   * Of some topics as they are now.
   *
   * @param job the name of it
   */
  static ConsumedEvents of(String servers, String job, String... topics) {
    ConsumedEvents consumed = new ConsumedEvents(job, List.of(topics));
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(
            Map.of(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, servers),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer())) {
      for (String topic : topics) {
        consumed.ends.putAll(consumer.endOffsets(LoopRun.partitions(consumer, topic)));
      }
    }
    return consumed;
  }

  long count() {
    long count = 0;
    for (ObjectName ofTopic : partitions) {
      for (ObjectName partition : server.queryNames(ofTopic, null)) {
        count += count(partition);
      }
    }
    return count;
  }

  private long count(ObjectName partition) {
    try {
      double lag = (Double) server.getAttribute(partition, "records-lag");
      int number = Integer.parseInt(partition.getKeyProperty("partition"));
      long end = ends.get(new TopicPartition(partition.getKeyProperty("topic"), number));
      return Double.isNaN(lag) ? 0 : end - Math.round(lag);
    } catch (JMException notYet) {
      // The bean comes before its first lag.
      return 0;
    }
  }
}
