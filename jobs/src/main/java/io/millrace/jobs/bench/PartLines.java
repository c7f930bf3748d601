package io.millrace.jobs.bench;

import io.millrace.jobs.evaluate.Delays;
import io.millrace.jobs.local.Progress;
import java.util.Locale;

/**
 * Tells of each part of a bench as it ends.
 *
 * @param what a job takes in, for example clicks
 */
record PartLines(Progress progress, String what) {
  /** What a part did to the events. */
  void say(String part, Throughput done) {
    say(part, done, what);
  }

  /** What a part did. */
  void say(String part, Throughput done, String things) {
    say(
        part,
        "%,.0f %s/s, %,.0f a CPU-second (%.1f s)",
        done.perSecond(),
        things,
        done.perCpuSecond(),
        done.times().seconds());
  }

  /** How long values took. */
  void say(Delays delays, Pace pace) {
    say(
        "delay",
        "p50 %.0f, p99 %.0f, p99.9 %.0f ms at %,.0f %s/s",
        delays.millis(50),
        delays.millis(99),
        delays.millis(99.9),
        pace.rate(),
        what);
  }

  /** Anything else. */
  void say(String part, String format, Object... values) {
    progress.say(part, String.format(Locale.ROOT, format, values));
  }
}
