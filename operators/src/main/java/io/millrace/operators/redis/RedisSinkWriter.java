package io.millrace.operators.redis;

import io.millrace.features.redis.RedisSettings;
import io.millrace.operators.redis.BatchSender.Receipt;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.RejectedExecutionException;
import org.apache.flink.api.common.operators.MailboxExecutor;
import org.apache.flink.api.common.operators.ProcessingTimeService;
import org.apache.flink.api.connector.sink2.SinkWriter;
import org.apache.flink.api.connector.sink2.WriterInitContext;
import org.apache.flink.util.function.ThrowingRunnable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gathers writes in a buffer and hands the buffer to the sender when it is full, when its oldest
 * write has lingered, and at checkpoints. One batch is under way at a time, so the writes of a key
 * stay in order; while it is, a full buffer holds the task back. Everything here runs in the task's
 * thread, but for {@link BatchSender}.
 */
final class RedisSinkWriter implements SinkWriter<RedisWrite> {
  private static final Logger LOG = LoggerFactory.getLogger(RedisSinkWriter.class);
  private static final long REJECTED_LOG_INTERVAL_MS = 10_000;

  private final RedisSettings settings;
  private final long lingerMs;
  private final WriteBuffer buffer;
  private final BatchSender sender;
  private final MailboxExecutor mailbox;
  private final ProcessingTimeService clock;
  private final RedisSinkMetrics metrics;
  private long bufferedSince;
  private boolean lingerTimerSet;
  private boolean lingered;
  private boolean batchUnderWay;
  private boolean stallTimerSet;
  private long nextRejectedLogAt;
  private IOException failure;

  RedisSinkWriter(RedisSink sink, WriterInitContext context) {
    this.settings = sink.settings();
    this.lingerMs = sink.linger().toMillis();
    this.buffer = new WriteBuffer(sink.batchKeys(), sink.batchBytes());
    this.mailbox = context.getMailboxExecutor();
    this.clock = context.getProcessingTimeService();
    this.metrics = new RedisSinkMetrics(context.metricGroup());
    this.sender =
        new BatchSender(
            settings,
            sink.replicaWait(),
            "redis-sink-" + context.getTaskInfo().getIndexOfThisSubtask(),
            metrics,
            new ToMailbox());
  }

  @Override
  public void write(RedisWrite write, Context context) throws IOException, InterruptedException {
    throwFailure();
    boolean first = buffer.isEmpty();
    switch (buffer.add(write)) {
      case REPLACED -> metrics.coalesced.inc();
      case OLDER -> metrics.fenced.inc();
      default -> {}
    }
    if (first) {
      bufferedSince = clock.getCurrentProcessingTime();
      lingerUntil(bufferedSince + lingerMs);
    }
    while (buffer.isFull()) {
      sendOrWait();
    }
  }

  /** Blocks until Redis has acknowledged everything. */
  @Override
  public void flush(boolean endOfInput) throws IOException, InterruptedException {
    throwFailure();
    while (batchUnderWay || !buffer.isEmpty()) {
      sendOrWait();
    }
  }

  private void sendOrWait() throws IOException, InterruptedException {
    if (batchUnderWay) {
      mailbox.yield();
      throwFailure();
    } else {
      send();
    }
  }

  private void send() {
    lingered = false;
    batchUnderWay = true;
    watchForStall();
    sender.send(buffer.drain());
  }

  private void lingerUntil(long time) {
    if (!lingerTimerSet) {
      lingerTimerSet = true;
      clock.registerTimer(time, this::lingerTimerFired);
    }
  }

  private void lingerTimerFired(long now) {
    lingerTimerSet = false;
    if (buffer.isEmpty()) {
      return;
    }
    if (now < bufferedSince + lingerMs) {
      lingerUntil(bufferedSince + lingerMs);
    } else if (batchUnderWay) {
      lingered = true;
    } else {
      send();
    }
  }

  private void watchForStall() {
    if (!stallTimerSet) {
      stallTimerSet = true;
      Duration interval = settings.timeout();
      clock.registerTimer(
          clock.getCurrentProcessingTime() + interval.toMillis(),
          now -> {
            stallTimerSet = false;
            if (batchUnderWay) {
              sender.abandonStalledConnection();
              watchForStall();
            }
          });
    }
  }

  private void delivered(Receipt receipt) {
    batchUnderWay = false;
    metrics.batchDelivered(receipt);
    for (int i = 0; i < receipt.answers().length; i++) {
      RedisWrite write = receipt.batch().get(i);
      if (!(receipt.answers()[i] instanceof Long answer)) {
        setAside(write, receipt.answers()[i]);
      } else if (answer == VersionedWrites.FENCED) {
        metrics.fenced.inc();
      } else {
        metrics.applied(write, receipt.at());
      }
    }
    if (lingered || buffer.isFull()) {
      send();
    }
  }

  private void setAside(RedisWrite write, Object error) {
    metrics.rejected();
    long now = clock.getCurrentProcessingTime();
    if (now >= nextRejectedLogAt) {
      nextRejectedLogAt = now + REJECTED_LOG_INTERVAL_MS;
      LOG.warn(
          "Redis at {} holds something else under key {}{}, so its decision was set aside ({});"
              + " {} so far. Delete that key, or give the store a prefix of its own.",
          settings.address(),
          settings.keyPrefix(),
          write.key(),
          error instanceof Throwable thrown ? thrown.getMessage() : error,
          metrics.rejected.getCount());
    }
  }

  private void throwFailure() throws IOException {
    if (failure != null) {
      throw failure;
    }
  }

  @Override
  public void close() {
    sender.close();
  }

  /** Brings what the sender has to say into the task's thread. */
  private final class ToMailbox implements BatchSender.Listener {
    @Override
    public void delivered(Receipt receipt) {
      post(() -> RedisSinkWriter.this.delivered(receipt));
    }

    @Override
    public void failed(Throwable error) {
      post(
          () -> {
            failure =
                error instanceof IOException known
                    ? known
                    : new IOException("writing to Redis at " + settings.address(), error);
            throw failure;
          });
    }

    private void post(ThrowingRunnable<IOException> mail) {
      try {
        mailbox.execute(mail, "a batch for Redis");
      } catch (RejectedExecutionException e) {
        // The task has ended; a failure or an acknowledgement has nobody to go to any more.
      }
    }
  }
}
