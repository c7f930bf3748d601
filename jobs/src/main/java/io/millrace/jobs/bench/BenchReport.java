package io.millrace.jobs.bench;

import io.millrace.jobs.evaluate.Delays;
import io.millrace.jobs.evaluate.Figure;
import io.millrace.operators.recommend.RecommendTopology;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.flink.runtime.util.EnvironmentInformation;
import org.apache.kafka.common.utils.AppInfoParser;

/** What one bench has measured so far, and the table of it. */
final class BenchReport {
  private static final double MUST_OF_LOOP = 0.35;
  private static final double AIM_OF_LOOP = 0.7;
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

  Pace pace;
  Delays delays;
  List<StateSize> states;
  double fullPosting;
  Throughput sink;
  Throughput blocking;

  private final String set;
  private final SpeedFigures speed;

  BenchReport(String set) {
    this.set = set;
    this.speed = new SpeedFigures(set, "clicks");
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
    figures.addAll(speed.delays(RecommendTopology.JOB, pace.rate(), delays, true));
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
      figures.add(state.figure(set, RecommendTopology.JOB));
    }
    sinks(figures);
    return figures;
  }

  private void saturated(List<Figure> figures) {
    String protocol = SpeedFigures.SATURATED;
    double ratio = job.perSecond() / loop.perSecond();
    figures.add(
        speed.rate(protocol, "recommend", job).beside(Map.of("plain loop", loop.perSecond())));
    figures.add(
        plain(protocol, "recommend", "clicks/s over the plain loop's", ratio, true)
            .asking(MUST_OF_LOOP, AIM_OF_LOOP));
    figures.addAll(speed.cpu("recommend", job));
    figures.addAll(speed.cpu("plain loop", loop));
  }

  private void ranking(List<Figure> figures) {
    String protocol = "all clicks again";
    Map<String, Double> unrankedRate = Map.of("without ranking", unranked.perSecond());
    Map<String, Double> unrankedCpu =
        Map.of("without ranking", unranked.perMillion(unranked.times().jvm()));
    figures.add(speed.rate(protocol, "recommend", ranked).beside(unrankedRate));
    figures.add(speed.jvm(protocol, "recommend", ranked).beside(unrankedCpu));
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
