package io.millrace.jobs.evaluate;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.flink.api.connector.source.util.ratelimit.RateLimiter;

/**
 * Lets the source of a live evaluation send a part only when the job has done the one before: when
 * the watermark sent behind that has come out at the job's end, past every operator. Each part's
 * watermark is later than all before, and no operator keeps one back.
 */
final class LiveGate implements RateLimiter {
  private final LiveInput input;
  private int sent = -1;
  private long listed = Long.MIN_VALUE;
  private long learned;
  private CompletableFuture<Void> waiting;

  /**
   * @param learns whether a ranking is learned beside the lists, and waited for too
   */
  LiveGate(LiveInput input, boolean learns) {
    this.input = input;
    this.learned = learns ? Long.MIN_VALUE : Long.MAX_VALUE;
  }

  /** The source sends the part of that number. */
  synchronized void sent(int part) {
    sent = part;
  }

  /** Parts sent so far. */
  synchronized int sent() {
    return sent + 1;
  }

  /** All lists up to a watermark have been made. */
  synchronized void listed(long watermark) {
    listed = watermark;
    open();
  }

  /** Everything up to a watermark has been learned. */
  synchronized void learned(long watermark) {
    learned = watermark;
    open();
  }

  @Override
  public synchronized CompletionStage<Void> acquire() {
    waiting = new CompletableFuture<>();
    CompletableFuture<Void> turn = waiting;
    open();
    return turn;
  }

  private void open() {
    long done = Math.min(listed, learned);
    if (waiting != null && (sent < 0 || done >= input.part(sent).watermark())) {
      CompletableFuture<Void> turn = waiting;
      waiting = null;
      turn.complete(null);
    }
  }
}
