package io.millrace.it;

import java.time.Duration;
import java.util.OptionalLong;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.apache.flink.api.common.JobInfo;
import org.apache.flink.api.common.TaskInfo;
import org.apache.flink.api.common.TaskInfoImpl;
import org.apache.flink.api.common.operators.MailboxExecutor;
import org.apache.flink.api.common.operators.ProcessingTimeService;
import org.apache.flink.api.common.serialization.SerializationSchema;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.api.connector.sink2.SinkWriter;
import org.apache.flink.api.connector.sink2.WriterInitContext;
import org.apache.flink.metrics.groups.SinkWriterMetricGroup;
import org.apache.flink.streaming.runtime.tasks.StreamTaskActionExecutor;
import org.apache.flink.streaming.runtime.tasks.mailbox.MailboxExecutorImpl;
import org.apache.flink.streaming.runtime.tasks.mailbox.TaskMailboxImpl;
import org.apache.flink.util.UserCodeClassLoader;

/**
 * A task with nothing but a sink's writer in it, run by the thread of the test: Flink's own
 * mailbox, timers by the wall clock, metrics to look at.
 *
 * @param <T> what the sink writes
 */
final class SinkTask<T> implements AutoCloseable {
  private final ScheduledExecutorService timers = Executors.newSingleThreadScheduledExecutor();
  private final TaskMailboxImpl mailbox = new TaskMailboxImpl(Thread.currentThread());
  private final MailboxExecutor executor =
      new MailboxExecutorImpl(mailbox, 0, StreamTaskActionExecutor.IMMEDIATE);
  private final RecordingMetrics metrics = new RecordingMetrics();
  private final SinkWriter<T> writer;

  SinkTask(Sink<T> sink) throws Exception {
    writer = sink.createWriter(new Context());
  }

  void write(T record) throws Exception {
    writer.write(record, new NoTime());
    while (executor.tryYield()) {
      // What the task would do between two records.
    }
  }

  /** As a checkpoint does. */
  void flush() throws Exception {
    writer.flush(false);
  }

  /** Runs the task without input until something comes true. */
  void runUntil(String what, Duration limit, Await.Condition condition) throws Exception {
    Await.until(
        what,
        limit,
        () -> {
          while (executor.tryYield()) {
            // One mail after the other.
          }
          return condition.holds();
        });
  }

  RecordingMetrics metrics() {
    return metrics;
  }

  @Override
  public void close() {
    mailbox.quiesce();
    try {
      writer.close();
    } catch (Exception e) {
      throw new IllegalStateException("the writer cannot be closed", e);
    }
    mailbox.close();
    timers.shutdownNow();
  }

  private static final class NoTime implements SinkWriter.Context {
    @Override
    public long currentWatermark() {
      return Long.MIN_VALUE;
    }

    @Override
    public Long timestamp() {
      return null;
    }
  }

  private final class Timers implements ProcessingTimeService {
    @Override
    public long getCurrentProcessingTime() {
      return System.currentTimeMillis();
    }

    @Override
    public ScheduledFuture<?> registerTimer(long time, ProcessingTimeCallback callback) {
      return timers.schedule(
          () -> executor.execute(() -> callback.onProcessingTime(time), "a timer"),
          Math.max(0, time - getCurrentProcessingTime()),
          TimeUnit.MILLISECONDS);
    }
  }

  private final class Context implements WriterInitContext {
    @Override
    public MailboxExecutor getMailboxExecutor() {
      return executor;
    }

    @Override
    public ProcessingTimeService getProcessingTimeService() {
      return new Timers();
    }

    @Override
    public SinkWriterMetricGroup metricGroup() {
      return metrics;
    }

    @Override
    public TaskInfo getTaskInfo() {
      return new TaskInfoImpl("sink", 128, 0, 1, 0);
    }

    @Override
    public OptionalLong getRestoredCheckpointId() {
      return OptionalLong.empty();
    }

    @Override
    public boolean isObjectReuseEnabled() {
      return true;
    }

    @Override
    public JobInfo getJobInfo() {
      throw new UnsupportedOperationException();
    }

    @Override
    public UserCodeClassLoader getUserCodeClassLoader() {
      throw new UnsupportedOperationException();
    }

    @Override
    public SerializationSchema.InitializationContext asSerializationSchemaInitializationContext() {
      throw new UnsupportedOperationException();
    }

    @Override
    public <I> TypeSerializer<I> createInputSerializer() {
      throw new UnsupportedOperationException();
    }
  }
}
