package io.millrace.jobs.evaluate;

import io.millrace.jobs.Failure;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.LongConsumer;
import java.util.function.LongSupplier;
import org.apache.flink.api.common.JobExecutionResult;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/**
 * Runs a job of an evaluation in this JVM to its end. The job ends, too, when the thread that waits
 * for it is interrupted, or when nothing moves for five minutes.
 */
final class EvaluationJob {
  private static final long POLL_MS = 200;
  private static final Duration STALLED = Duration.ofMinutes(5);

  /** How long a job may take to let go of its files. */
  private static final Duration TO_STOP = Duration.ofSeconds(5);

  private EvaluationJob() {}

  /**
   * Runs what has been defined.
   *
   * @param subject what is evaluated on what, such as {@code recommend serenade}
   * @param sent how much of its input has gone in
   * @param progress is told that again and again
   * @throws Failure if the job fails or is ended early
   */
  static JobExecutionResult run(
      StreamExecutionEnvironment env, String subject, LongSupplier sent, LongConsumer progress) {
    try {
      JobClient client = env.executeAsync("evaluate " + subject);
      try {
        return await(client, sent, progress);
      } finally {
        stop(client);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw Failure.failed("evaluate " + subject + " was interrupted");
    } catch (Exception e) {
      throw e instanceof Failure failure
          ? failure
          : Failure.failed("evaluate " + subject + " failed: " + e.getMessage(), e);
    }
  }

  private static JobExecutionResult await(
      JobClient client, LongSupplier sent, LongConsumer progress)
      throws InterruptedException, ExecutionException {
    var result = client.getJobExecutionResult();
    long before = -1;
    long moved = System.nanoTime();
    while (true) {
      try {
        JobExecutionResult done = result.get(POLL_MS, TimeUnit.MILLISECONDS);
        progress.accept(sent.getAsLong());
        return done;
      } catch (TimeoutException e) {
        long now = sent.getAsLong();
        progress.accept(now);
        if (now != before) {
          before = now;
          moved = System.nanoTime();
        } else if (System.nanoTime() - moved > STALLED.toNanos()) {
          throw Failure.failed(
              "the job stood still for " + STALLED.toMinutes() + " minutes; its log may say why");
        }
      }
    }
  }

  /** Its files are deleted next, and nothing must write them any more. */
  private static void stop(JobClient client) throws InterruptedException {
    var result = client.getJobExecutionResult();
    if (!result.isDone()) {
      client.cancel();
      try {
        result.get(TO_STOP.toMillis(), TimeUnit.MILLISECONDS);
      } catch (ExecutionException | TimeoutException e) {
        // It was told to end; why it is ended is said already.
      }
    }
  }
}
