package io.millrace.jobs.bench;

import io.millrace.features.event.Topics;
import java.lang.management.ManagementFactory;
import java.util.Map;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.MalformedObjectNameException;
import javax.management.ObjectName;

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

  /**
   * @param ends messages of each partition
   */
  ConsumedClicks(Map<Integer, Long> ends) {
    this.ends = Map.copyOf(ends);
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
