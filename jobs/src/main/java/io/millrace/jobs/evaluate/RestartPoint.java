package io.millrace.jobs.evaluate;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.flink.api.connector.source.util.ratelimit.RateLimiter;

/**
 * Where the job of an evaluation fails, once. Half of the payments that are compared having
 * arrived, the source waits for a checkpoint; when three quarters have, it fails, so that a quarter
 * is there that the checkpoint knows nothing of, and payments that wait are in it.
 */
final class RestartPoint implements RateLimiter {
  /** The job does not fail. */
  static final RestartPoint NEVER = new RestartPoint(null, Integer.MAX_VALUE, Integer.MAX_VALUE);

  private final PaymentArrivals arrivals;
  private final int waitAt;
  private final int failAt;
  private CompletableFuture<Void> waiting;
  private boolean checkpointed;
  private boolean failed;
  private boolean restored;

  private RestartPoint(PaymentArrivals arrivals, int waitAt, int failAt) {
    this.arrivals = arrivals;
    this.waitAt = waitAt;
    this.failAt = failAt;
  }

  static RestartPoint of(FeatureInput input, PaymentArrivals arrivals) {
    int[] compared = new int[arrivals.size()];
    int count = 0;
    for (int i = 0; i < arrivals.size(); i++) {
      if (input.isCompared(arrivals.payment(i))) {
        compared[count++] = i;
      }
    }
    return new RestartPoint(arrivals, compared[count / 2], compared[count * 3 / 4]);
  }

  @Override
  public synchronized CompletionStage<Void> acquire() {
    if (checkpointed || arrivals == null || arrivals.sent() < waitAt) {
      return CompletableFuture.completedFuture(null);
    }
    waiting = new CompletableFuture<>();
    return waiting;
  }

  @Override
  public synchronized void notifyCheckpointComplete(long checkpointId) {
    if (waiting != null) {
      checkpointed = true;
      waiting.complete(null);
      waiting = null;
    }
  }

  /** To be called with the number of each arrival; throws once. */
  synchronized void pass(int number) {
    if (number >= failAt && !failed) {
      failed = true;
      throw new IllegalStateException("failing on purpose, to go on from a checkpoint");
    }
  }

  /** The job goes on from a checkpoint. */
  synchronized void restored() {
    restored = failed;
  }

  /** Whether the job has failed and gone on from a checkpoint. */
  synchronized boolean isPassed() {
    return failed && restored;
  }
}
