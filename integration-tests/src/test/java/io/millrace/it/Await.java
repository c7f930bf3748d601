package io.millrace.it;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.assertj.core.api.Assertions;

/** Waits for something to come true, with a deadline. */
final class Await {
  private static final long POLL_NANOS = 5_000_000;

  private Await() {}

  /** A question that may fail to be answered. */
  interface Condition {
    boolean holds() throws Exception;
  }

  static void until(String what, Duration limit, Condition condition) throws Exception {
    long deadline = System.nanoTime() + limit.toNanos();
    while (!condition.holds()) {
      if (System.nanoTime() > deadline) {
        Assertions.fail("within %s it did not come true that %s", limit, what);
      }
      LockSupport.parkNanos(POLL_NANOS);
    }
  }
}
