package io.millrace.jobs.bench;

import io.millrace.jobs.evaluate.Delays;
import io.millrace.jobs.evaluate.Figure;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.flink.runtime.util.EnvironmentInformation;
import org.apache.kafka.common.utils.AppInfoParser;

/** What one bench has measured so far, and the table of it. */
final class BenchReport {
  private static final double MUST_OF_LOOP = 0.35;
  private static final double AIM_OF_LOOP = 0.7;
  private static final double MUST_P99_MS = 500;
  private static final double AIM_P99_MS = 100;
  private static final double MUST_OF_BLOCKING = 10;
  private static final double MUST_BYTES_PER_ITEM = 6 * 1024;
  private static final double AIM_BYTES_PER_ITEM = 3 * 1024;
  private static final double MUST_BYTES_PER_VISITOR = 1024;
  private static final double AIM_BYTES_PER_VISITOR = 500;

  Throughput loop;
  Throughput job;

  /** The job going through all clicks again, without learned ranking. */
  Throughput unranked;

  /** The same with it. */
  Throughput ranked;

  double pacedRate;
  Delays delays;
  List<StateSize> states;
  double fullPosting;
  Throughput sink;
  Throughput blocking;

  private final String set;

  BenchReport(String set) {
    this.set = set;
  }

  /** Cores, JDK and versions, in one line; every figure holds for these only. */
  static String machine(String redisVersion) {
    return Runtime.getRuntime().availableProcessors()
        + " cores, "
        + System.getProperty("os.arch")
        + ", JDK "
        + Runtime.version()
        + ", Flink "
        + EnvironmentInformation.getVersion()
        + ", Kafka "
        + AppInfoParser.getVersion()
        + ", Redis "
        + redisVersion;
  }

  List<Figure> figures() {
    List<Figure> figures = new ArrayList<>();
    saturated(figures);
    ranking(figures);
    delayed(figures);
    figures.add(
        plain("state", "recommend", "bytes of state of a full posting", fullPosting, false)
            .asking(MUST_BYTES_PER_ITEM, AIM_BYTES_PER_ITEM));
    double perItem = StateSize.perKey(states, "postings");
    double perVisitor = StateSize.perKey(states, "visitors");
    figures.add(plain("state", "recommend", "bytes of state an item", perItem, false));
    figures.add(
        plain("state", "recommend", "bytes of state a visitor", perVisitor, false)
            .asking(MUST_BYTES_PER_VISITOR, AIM_BYTES_PER_VISITOR));
    for (StateSize state : states) {
      figures.add(state.figure(set));
    }
    sinks(figures);
    return figures;
  }

  private void saturated(List<Figure> figures) {
    String protocol = "saturated";
    double rate = job.perSecond();
    figures.add(
        plain(protocol, "recommend", "clicks/s", rate, true)
            .beside(Map.of("plain loop", loop.perSecond())));
    figures.add(
        plain(
                protocol,
                "recommend",
                "clicks/s over the plain loop's",
                rate / loop.perSecond(),
                true)
            .asking(MUST_OF_LOOP, AIM_OF_LOOP));
    cpu(figures, "recommend", job);
    cpu(figures, "plain loop", loop);
  }

  private void ranking(List<Figure> figures) {
    String protocol = "all clicks again";
    Map<String, Double> unrankedRate = Map.of("without ranking", unranked.perSecond());
    Map<String, Double> unrankedCpu =
        Map.of("without ranking", unranked.perMillion(unranked.times().jvm()));
    figures.add(
        plain(protocol, "recommend", "clicks/s", ranked.perSecond(), true).beside(unrankedRate));
    figures.add(
        plain(
                protocol,
                "recommend",
                "JVM CPU-s a million clicks",
                ranked.perMillion(ranked.times().jvm()),
                false)
            .beside(unrankedCpu));
  }

  private void cpu(List<Figure> figures, String mode, Throughput done) {
    String unit = " CPU-s a million clicks";
    CpuTimes times = done.times();
    figures.add(plain("saturated", mode, "JVM" + unit, done.perMillion(times.jvm()), false));
    figures.add(plain("saturated", mode, "Kafka" + unit, done.perMillion(times.kafka()), false));
    figures.add(plain("saturated", mode, "Redis" + unit, done.perMillion(times.redis()), false));
  }

  private void delayed(List<Figure> figures) {
    String protocol = String.format(Locale.ROOT, "at %,.0f clicks/s", pacedRate);
    String metric = " ms, Kafka to Redis";
    figures.add(plain(protocol, "recommend", "p50" + metric, delays.millis(50), false));
    figures.add(
        plain(protocol, "recommend", "p99" + metric, delays.millis(99), false)
            .asking(MUST_P99_MS, AIM_P99_MS));
    figures.add(plain(protocol, "recommend", "p99.9" + metric, delays.millis(99.9), false));
  }

  private void sinks(List<Figure> figures) {
    double ratio = sink.perCpuSecond() / blocking.perCpuSecond();
    figures.add(
        plain("sink alone", "Redis sink", "writes/s", sink.perSecond(), true)
            .beside(Map.of("blocking calls", blocking.perSecond())));
    figures.add(
        plain("sink alone", "Redis sink", "writes a JVM CPU-second", sink.perCpuSecond(), true)
            .beside(Map.of("blocking calls", blocking.perCpuSecond())));
    figures.add(
        plain(
                "sink alone",
                "Redis sink",
                "writes a JVM CPU-second over blocking calls'",
                ratio,
                true)
            .asking(MUST_OF_BLOCKING, null));
    figures.add(
        plain("sink alone", "Redis sink", "writes a Redis CPU-second", ofRedis(sink), true)
            .beside(Map.of("blocking calls", ofRedis(blocking))));
  }

  private static double ofRedis(Throughput done) {
    return done.done() / (done.times().redis() / 1e9);
  }

  private Figure plain(String protocol, String mode, String metric, double value, boolean higher) {
    return Figure.plain(set, protocol, mode, metric, value, higher);
  }
}
