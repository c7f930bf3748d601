package io.millrace.jobs.bench;

import io.millrace.jobs.evaluate.Delays;
import io.millrace.jobs.evaluate.Figure;
import java.util.List;
import java.util.Locale;

/**
 * The rows that the tables of several benches have in common.
 *
 * @param set what the events are called
 * @param what they are, for example clicks
 */
record SpeedFigures(String set, String what) {
  static final String SATURATED = "saturated";

  private static final double MUST_P99_MS = 500;
  private static final double AIM_P99_MS = 100;

  /** Events a second. */
  Figure rate(String protocol, String mode, Throughput done) {
    return Figure.plain(set, protocol, mode, what + "/s", done.perSecond(), true);
  }

  /** Processor time of Flink's process. */
  Figure jvm(String protocol, String mode, Throughput done) {
    return cpu(protocol, mode, "JVM", done.perMillion(done.times().jvm()));
  }

  /** Processor time of every process that took part. */
  List<Figure> cpu(String mode, Throughput done) {
    return List.of(
        jvm(SATURATED, mode, done),
        cpu(SATURATED, mode, "Kafka", done.perMillion(done.times().kafka())),
        cpu(SATURATED, mode, "Redis", done.perMillion(done.times().redis())));
  }

  private Figure cpu(String protocol, String mode, String process, double seconds) {
    String unit = " CPU-s a million " + what;
    return Figure.plain(set, protocol, mode, process + unit, seconds, false);
  }

  /**
   * How long values took.
   *
   * @param aim whether the aim holds for this job
   */
  List<Figure> delays(String mode, double rate, Delays delays, boolean aim) {
    String protocol = String.format(Locale.ROOT, "at %,.0f %s/s", rate, what);
    return List.of(
        delay(protocol, mode, "p50", delays.millis(50)),
        delay(protocol, mode, "p99", delays.millis(99))
            .asking(MUST_P99_MS, aim ? AIM_P99_MS : null),
        delay(protocol, mode, "p99.9", delays.millis(99.9)));
  }

  private Figure delay(String protocol, String mode, String percentile, double millis) {
    return Figure.plain(set, protocol, mode, percentile + " ms, Kafka to Redis", millis, false);
  }
}
