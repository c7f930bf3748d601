package io.millrace.jobs.bench;

import io.millrace.features.event.Topics;
import java.lang.management.ManagementFactory;
import java.util.HashMap;
import java.util.Map;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.MalformedObjectNameException;
import javax.management.ObjectName;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * How many clicks the Kafka consumers of the job in this process have taken. Told by the lag of
 * their partitions, which JMX has up to date; their own counts come only after a whole fetch, and
 * one fetch can be all of a topic.
 */
final class ConsumedClicks {
  private static final String PARTITIONS =
      "kafka.consumer:type=consumer-fetch-manager-metrics,topic="
          + Topics.CLICKSTREAM
          + ",partition=*,client-id=millrace-recommend-*";

  private final MBeanServer server = ManagementFactory.getPlatformMBeanServer();
  private final Map<Integer, Long> ends;

  private ConsumedClicks(Map<Integer, Long> ends) {
    this.ends = Map.copyOf(ends);
  }

  /** Of the topic as it is now. */
  static ConsumedClicks of(String servers) {
    Map<Integer, Long> ends = new HashMap<>();
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(
            Map.of(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, servers),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer())) {
      consumer
          .endOffsets(LoopRun.partitions(consumer))
          .forEach((partition, end) -> ends.put(partition.partition(), end));
    }
    return new ConsumedClicks(ends);
  }

  long count() {
    long count = 0;
    try {
      for (ObjectName partition : server.queryNames(new ObjectName(PARTITIONS), null)) {
        count += count(partition);
      }
    } catch (MalformedObjectNameException e) {
      throw new IllegalStateException("JMX does not take " + PARTITIONS, e);
    }
    return count;
  }

  private long count(ObjectName partition) {
    try {
      double lag = (Double) server.getAttribute(partition, "records-lag");
      long end = ends.get(Integer.valueOf(partition.getKeyProperty("partition")));
      return Double.isNaN(lag) ? 0 : end - Math.round(lag);
    } catch (JMException notYet) {
      // The bean comes before its first lag.
      return 0;
    }
  }
}
