package io.millrace.jobs.bench;

import io.millrace.jobs.Failure;
import io.millrace.jobs.bench.VisitorValues.Wanted;
import io.millrace.jobs.local.LocalFlink;
import io.millrace.jobs.local.LocalJob;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

/**
 * A job on a full topic: from the event at which the warm-up ends to the moment at which Redis
 * holds the value of every visitor's last event. What the consumers have taken when the clock
 * starts is partly still on its way, and is not counted.
 */
final class JobRun {
  private static final Duration LIMIT = Duration.ofMinutes(10);
  private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(20);
  private static final int LAST_LOOKED_AT = 500;

  private final LocalFlink flink;
  private final LocalJob job;
  private final VisitorValues values;
  private final ConsumedEvents consumed;
  private final long deadline = System.nanoTime() + LIMIT.toNanos();

  /**
   * @param values that it writes
   * @param consumed what it has taken of the events
   */
  JobRun(LocalFlink flink, LocalJob job, VisitorValues values, ConsumedEvents consumed) {
    this.flink = flink;
    this.job = job;
    this.values = values;
    this.consumed = consumed;
  }

  /**
   * Starts the job and waits until it is through.
   *
   * @param warmUp events before the clock starts
   * @param count events in all
   * @param newest event time of each visitor's last event
   * @param clock tells the time
   */
  Throughput run(int warmUp, int count, Map<String, Long> newest, Supplier<CpuTimes> clock)
      throws IOException {
    flink.run(job);
    await("the warm-up", () -> consumed.count() >= warmUp);
    CpuTimes start = clock.get();
    long before = consumed.count();
    await("the end of the topic", () -> consumed.count() >= count);
    List<Wanted> wanted = new ArrayList<>();
    newest.forEach((visitor, time) -> wanted.add(new Wanted(visitor, time, 0)));
    wanted.sort((one, other) -> Long.compare(other.time(), one.time()));
    List<Wanted> last = wanted.subList(0, Math.min(wanted.size(), LAST_LOOKED_AT));
    await("the last values", () -> values.missing(last).isEmpty());
    CpuTimes end = clock.get();
    if (!values.missing(wanted).isEmpty()) {
      await("all values", () -> values.missing(wanted).isEmpty());
      end = clock.get();
    }
    return new Throughput(count - before, end.since(start));
  }

  private void await(String what, Supplier<Boolean> condition) {
    while (!condition.get()) {
      if (System.nanoTime() > deadline) {
        throw Failure.failed(
            "the job did not reach " + what + " within " + LIMIT.toMinutes() + " minutes");
      }
      LockSupport.parkNanos(LOOK_NANOS);
    }
  }

  /** Ends the job with a savepoint, so that all state has been written, and weighs the state. */
  List<StateSize> stop() {
    flink.stopWithSavepoints();
    return StateSize.of(flink.counts(job.name()));
  }
}
