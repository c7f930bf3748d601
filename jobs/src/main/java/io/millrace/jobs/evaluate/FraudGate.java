package io.millrace.jobs.evaluate;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.flink.api.connector.source.util.ratelimit.RateLimiter;

/**
 * Lets the source of a fraud evaluation send orders only when every operator has heard the rules
 * that went ahead: when the watermark sent behind those has come out at the job's end.
 */
final class FraudGate implements RateLimiter {
  private boolean ahead;
  private boolean heard;
  private CompletableFuture<Void> waiting;

  /** A watermark has come out at the job's end: the first is that behind the rules. */
  synchronized void passed() {
    heard = true;
    if (waiting != null) {
      waiting.complete(null);
      waiting = null;
    }
  }

  @Override
  public synchronized CompletionStage<Void> acquire() {
    if (!ahead || heard) {
      ahead = true;
      return CompletableFuture.completedFuture(null);
    }
    waiting = new CompletableFuture<>();
    return waiting;
  }
}
