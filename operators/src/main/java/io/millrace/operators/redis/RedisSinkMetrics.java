package io.millrace.operators.redis;

import java.util.concurrent.TimeUnit;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.Histogram;
import org.apache.flink.metrics.ThreadSafeSimpleCounter;
import org.apache.flink.metrics.groups.SinkWriterMetricGroup;
import org.apache.flink.runtime.metrics.DescriptiveStatisticsHistogram;

/**
 * The figures of one writer of the sink. All but the retries and redirects belong to the task's
 * thread.
 */
final class RedisSinkMetrics {
  /** Values a histogram looks back on. */
  private static final int HISTOGRAM_WINDOW = 4_096;

  final Counter writes;
  final Counter coalesced;
  final Counter fenced;
  final Counter retries;
  final Counter redirects;
  final Counter rejected;
  private final Counter recordsSent;
  private final Counter sendErrors;
  private final Histogram batchSize;
  private final Histogram roundTripMs;
  private final Histogram eventDelayMs;
  private volatile long lastRoundTripMs;

  RedisSinkMetrics(SinkWriterMetricGroup group) {
    writes = group.counter("redis_writes");
    coalesced = group.counter("redis_coalesced");
    fenced = group.counter("redis_fenced");
    retries = group.counter("redis_retries", new ThreadSafeSimpleCounter());
    redirects = group.counter("redis_redirects", new ThreadSafeSimpleCounter());
    rejected = group.counter("redis_rejected");
    batchSize = histogram(group, "redis_batch_size");
    roundTripMs = histogram(group, "redis_round_trip_ms");
    eventDelayMs = histogram(group, "redis_event_delay_ms");
    recordsSent = group.getNumRecordsSendCounter();
    sendErrors = group.getNumRecordsSendErrorsCounter();
    group.setCurrentSendTimeGauge(() -> lastRoundTripMs);
  }

  private static Histogram histogram(SinkWriterMetricGroup group, String name) {
    return group.histogram(name, new DescriptiveStatisticsHistogram(HISTOGRAM_WINDOW));
  }

  void batchDelivered(BatchSender.Receipt receipt) {
    lastRoundTripMs = TimeUnit.NANOSECONDS.toMillis(receipt.roundTripNanos());
    batchSize.update(receipt.batch().size());
    roundTripMs.update(lastRoundTripMs);
    recordsSent.inc(receipt.batch().size());
  }

  void applied(RedisWrite write, long at) {
    writes.inc();
    if (write.origin() > 0) {
      eventDelayMs.update(Math.max(0, at - write.origin()));
    }
  }

  void rejected() {
    rejected.inc();
    sendErrors.inc();
  }
}
