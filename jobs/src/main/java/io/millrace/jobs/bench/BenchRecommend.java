package io.millrace.jobs.bench;

import io.millrace.features.decision.RedisKeys;
import io.millrace.features.event.Topics;
import io.millrace.features.ranking.ListOrder;
import io.millrace.jobs.evaluate.Figure;
import io.millrace.jobs.local.EventProducer;
import io.millrace.jobs.local.LocalFlink;
import io.millrace.jobs.local.LocalJob;
import io.millrace.jobs.local.LocalKafka;
import io.millrace.jobs.local.LocalRedis;
import io.millrace.jobs.local.Progress;
import io.millrace.jobs.options.EngineOptions;
import io.millrace.jobs.options.KafkaOptions;
import io.millrace.jobs.options.Options;
import io.millrace.jobs.options.RankingOptions;
import io.millrace.jobs.options.RecommendOptions;
import io.millrace.jobs.options.RedisOptions;
import io.millrace.jobs.recommend.RecommendJob;
import io.millrace.jobs.replay.ClickLog;
import io.millrace.operators.recommend.RecommendTopology;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * The speed of the recommendation job, end to end on this machine: a real Kafka and a real Redis as
 * child processes, Flink in this one. First the plain loop and then the job work through the same
 * clicks; then the job is sent clicks at half of its rate; then the job works through all of them
 * without learned ranking, and with it; last comes the Redis sink alone.
 */
public final class BenchRecommend {
  /** Clicks at saturation where nothing else is said. */
  public static final int CLICKS = 400_000;

  /** Of the clicks at saturation, this part is warm-up. */
  private static final double WARM_UP = 0.4;

  private static final LocalJob JOB = new LocalJob(RecommendTopology.JOB, RecommendJob::define);

  private static final int SINK_WARM_UP = 1_000_000;
  private static final int SINK_WRITES = 2_000_000;
  private static final int BLOCKING_WARM_UP = 40_000;
  private static final int BLOCKING_WRITES = 80_000;

  private final int count;
  private final BenchClicks clicks;
  private final Options options;
  private final Progress progress;
  private final Path dir;

  private BenchRecommend(
      int count, BenchClicks clicks, Options options, Progress progress, Path dir) {
    this.count = count;
    this.clicks = clicks;
    // No limits on bots: every visitor's last click leads to a list, and so the end is seen.
    this.options =
        options
            .with(RecommendOptions.MAX_CLICKS_PER_MINUTE, 0)
            .with(RecommendOptions.MAX_SESSION_BREADTH, 0);
    this.progress = progress;
    this.dir = dir;
  }

  /**
   * Runs the bench.
   *
   * @param count clicks at saturation
   * @param log clicks to send, null for made-up ones
   * @param hot of made-up clicks, the share on one item and of one visitor, see {@link
   *     SyntheticLog#of}
   * @param name what they are called in the table
   * @param options of the job; Kafka and Redis are the bench's own
   * @param dir an empty directory for servers and state
   * @throws io.millrace.jobs.Failure if something does not start or the job does not get through
   */
  public static List<Figure> run(
      int count,
      ClickLog log,
      double hot,
      String name,
      Options options,
      Progress progress,
      Path dir)
      throws IOException, InterruptedException {
    // What is sent at half of the rate is new too.
    int size = count + Pace.MOST;
    BenchClicks clicks = BenchClicks.of(name, log == null ? SyntheticLog.of(size, hot) : log, size);
    return new BenchRecommend(count, clicks, options, progress, dir).run();
  }

  private List<Figure> run() throws IOException, InterruptedException {
    try (LocalKafka kafka = LocalKafka.start(0, dir.resolve("kafka"), dir.resolve("logs"));
        LocalRedis redis = LocalRedis.start(0, dir.resolve("redis"), false);
        EventProducer producer =
            EventProducer.connect(kafka.bootstrapServers(), Topics.CLICKSTREAM);
        VisitorValues lists =
            new VisitorValues(redis.port(), options.get(RedisOptions.EPOCH), RedisKeys::rec)) {
      Options here =
          options
              .with(KafkaOptions.BOOTSTRAP_SERVERS, kafka.bootstrapServers())
              .with(RedisOptions.URL, "redis://" + redis.address());
      String machine = "On " + BenchReport.machine(lists.serverVersion());
      progress.say(machine);
      List<Figure> figures = new Run(kafka, redis, producer, lists, here).all();
      progress.say(machine);
      return figures;
    }
  }

  /** One run against servers that have been started. */
  private final class Run {
    private final LocalKafka kafka;
    private final LocalRedis redis;
    private final EventProducer producer;
    private final VisitorValues lists;
    private final Options here;
    private final PartLines lines = new PartLines(progress, "clicks");
    private ConsumedEvents consumed;

    /** Clicks sent at half of the rate. */
    private int paced;

    private Run(
        LocalKafka kafka,
        LocalRedis redis,
        EventProducer producer,
        VisitorValues lists,
        Options here) {
      this.kafka = kafka;
      this.redis = redis;
      this.producer = producer;
      this.lists = lists;
      this.here = here;
    }

    private List<Figure> all() throws IOException, InterruptedException {
      BenchReport report = new BenchReport(clicks.name());
      fillTopic();
      runLoop(report);
      lists.clear();
      // The loop's maps must not be collected at the expense of the job.
      System.gc();
      runJob(report);
      runAgain(report);
      lists.clear();
      SinkBench sink = new SinkBench(redis.settings(), here);
      report.sink = sink.sink(SINK_WARM_UP, SINK_WRITES, dir, this::times);
      lines.say("sink", report.sink, "writes");
      report.blocking = sink.blocking(BLOCKING_WARM_UP, BLOCKING_WRITES, this::times);
      lines.say("blocking", report.blocking, "writes");
      return report.figures();
    }

    private CpuTimes times() {
      return CpuTimes.now(kafka.pid(), redis.pid());
    }

    private ConsumedEvents consumed() {
      return ConsumedEvents.of(kafka.bootstrapServers(), JOB.name(), Topics.CLICKSTREAM);
    }

    private void fillTopic() {
      long start = System.nanoTime();
      for (int i = 0; i < count; i++) {
        producer.send(clicks.click(i));
      }
      producer.flush();
      lines.say(
          "topic", "%,d clicks are in Kafka (%.1f s)", count, (System.nanoTime() - start) / 1e9);
    }

    private void runLoop(BenchReport report) {
      try (LoopWriter writer = new LoopWriter(redis.port())) {
        PlainLoop loop =
            new PlainLoop(
                RecommendJob.settings(here), EngineOptions.localParallelism(here), writer);
        long outOfOrderness = here.get(EngineOptions.OUT_OF_ORDERNESS).toMillis();
        LoopRun run = new LoopRun(kafka.bootstrapServers(), outOfOrderness);
        report.loop = run.run(loop, warmUp(), count, this::times);
        report.fullPosting = loop.bytesOfFullPosting();
        consumed = consumed();
        lines.say("loop", report.loop);
      }
    }

    /**
     * What ranking costs: the job goes through all clicks once more, those sent at half of the rate
     * too, first as the neighbours have it, nothing learned and nothing judged, then as it is. Both
     * find their code compiled, and the second finds the versions that were learned before.
     */
    private void runAgain(BenchReport report) throws IOException {
      report.unranked =
          again(
              "unranked",
              here.with(RankingOptions.MODEL, ListOrder.NEIGHBOURS)
                  .with(RankingOptions.VISITORS, 0.0));
      report.ranked = again("ranked", here);
    }

    private Throughput again(String part, Options options) throws IOException {
      int sent = count + paced;
      lists.clear();
      System.gc();
      try (LocalFlink flink =
          LocalFlink.start(0, dir.resolve(part), dir.resolve("flink.log"), 1, options)) {
        Throughput done =
            new JobRun(flink, JOB, lists, consumed())
                .run(warmUp(), sent, clicks.newest(sent), this::times);
        lines.say(part, done);
        return done;
      }
    }

    private int warmUp() {
      return (int) (count * WARM_UP);
    }

    private void runJob(BenchReport report) throws IOException, InterruptedException {
      try (LocalFlink flink =
          LocalFlink.start(0, dir.resolve("flink"), dir.resolve("flink.log"), 1, here)) {
        JobRun run = new JobRun(flink, JOB, lists, consumed);
        report.job = run.run(warmUp(), count, clicks.newest(count), this::times);
        lines.say("job", report.job);
        report.pace = Pace.halfOf(report.job);
        paced = report.pace.count();
        System.gc();
        report.delays = new DelayProbe(clicks::click, producer, lists).run(count, report.pace);
        lines.say(report.delays, report.pace);
        report.states = run.stop();
        lines.say(
            "state",
            "%,.0f bytes an item, %,.0f a visitor",
            StateSize.perKey(report.states, "postings"),
            StateSize.perKey(report.states, "visitors"));
      }
    }
  }
}
