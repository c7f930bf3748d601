package io.millrace.jobs.local;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.metrics.Metric;
import org.apache.flink.metrics.MetricConfig;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.metrics.reporter.MetricReporter;

/**
 * The gauges of Flink in this JVM, read at the moment of asking; the REST interface has them only
 * every 10 s.
 */
final class LiveGauges implements MetricReporter {
  private final Map<String, Queue<Gauge<?>>> gauges = new ConcurrentHashMap<>();

  /** What every gauge of a name tells now, one number a subtask. */
  List<Long> read(String name) {
    List<Long> values = new ArrayList<>();
    for (Gauge<?> gauge : gauges.getOrDefault(name, new ConcurrentLinkedQueue<>())) {
      if (gauge.getValue() instanceof Number number) {
        values.add(number.longValue());
      }
    }
    return values;
  }

  @Override
  public void notifyOfAddedMetric(Metric metric, String name, MetricGroup group) {
    if (metric instanceof Gauge<?> gauge) {
      gauges.computeIfAbsent(name, unused -> new ConcurrentLinkedQueue<>()).add(gauge);
    }
  }

  @Override
  public void notifyOfRemovedMetric(Metric metric, String name, MetricGroup group) {
    if (metric instanceof Gauge<?> gauge) {
      gauges.getOrDefault(name, new ConcurrentLinkedQueue<>()).remove(gauge);
    }
  }

  @Override
  public void open(MetricConfig config) {}

  @Override
  public void close() {}
}
