package io.millrace.operators.job;

import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.runtime.tasks.ProcessingTimeService;
import org.apache.flink.util.function.ThrowingRunnable;

/**
 * Calls an operator again and again in its own thread, by the wall clock. What a tick does decides
 * only when absolute values are written, never which.
 */
public final class Ticker {
  private final ProcessingTimeService time;
  private final long interval;
  private final ThrowingRunnable<Exception> action;

  private Ticker(ProcessingTimeService time, long interval, ThrowingRunnable<Exception> action) {
    this.time = time;
    this.interval = interval;
    this.action = action;
  }

  /**
   * Begins in an operator's {@code open}.
   *
   * @param interval milliseconds between two calls
   */
  public static void start(
      AbstractStreamOperator<?> operator, long interval, ThrowingRunnable<Exception> action) {
    new Ticker(operator.getProcessingTimeService(), interval, action).schedule();
  }

  private void schedule() {
    time.registerTimer(time.getCurrentProcessingTime() + interval, this::tick);
  }

  private void tick(long ignoredTime) throws Exception {
    action.run();
    schedule();
  }
}
