package io.millrace.jobs.bench;

import io.millrace.features.catalogue.FacetTable;
import io.millrace.features.catalogue.ItemFacets;
import io.millrace.features.decision.RedisKeys;
import io.millrace.features.event.CatalogItem;
import io.millrace.features.event.Click;
import io.millrace.features.event.Topics;
import io.millrace.features.profile.ProfileSettings;
import io.millrace.features.profile.VisitorFeatures;
import io.millrace.jobs.evaluate.Figure;
import io.millrace.jobs.local.ContractEvent;
import io.millrace.jobs.local.EventProducer;
import io.millrace.jobs.local.LocalFlink;
import io.millrace.jobs.local.LocalJob;
import io.millrace.jobs.local.LocalKafka;
import io.millrace.jobs.local.LocalRedis;
import io.millrace.jobs.local.Progress;
import io.millrace.jobs.options.KafkaOptions;
import io.millrace.jobs.options.Options;
import io.millrace.jobs.options.RedisOptions;
import io.millrace.jobs.profile.ProfileJob;
import io.millrace.jobs.replay.ClickLog;
import io.millrace.operators.profile.ProfileTopology;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * The speed of the profile job, end to end on this machine: a real Kafka and a real Redis as child
 * processes, Flink in this one. First one thread that does nothing else and then the job go through
 * the same events; then the job is sent events at half of its rate; then it goes through all of
 * them with the features that are shipped, and with a hundred; last comes the algebra alone with
 * ten features and with a hundred.
 */
public final class BenchProfile {
  /** Of the events at saturation, this part is warm-up. */
  private static final double WARM_UP = 0.4;

  private static final int CARDS = 2_000;
  private static final int PAYMENTS_A_PART = 10_000;
  private static final int PARTS_OF_WARM_UP = 10;
  private static final int PARTS = 11;

  private static final LocalJob JOB = new LocalJob(ProfileTopology.JOB, ProfileJob::define);
  private static final LocalJob HUNDRED =
      new LocalJob(
          ProfileTopology.JOB,
          (env, options) -> ProfileJob.define(env, options, HundredFeatures::set));

  private final int clicks;
  private final int count;
  private final MadeUpCatalogue catalogue = new MadeUpCatalogue(SyntheticLog.ITEMS);
  private final ClickLog log;
  private final BenchEvents events;
  private final Options options;
  private final PartLines lines;
  private final Path dir;

  private BenchProfile(int clicks, Options options, Progress progress, Path dir) {
    this.clicks = clicks;
    this.count = BenchEvents.count(clicks);
    // What is sent at half of the rate is new too.
    int size = clicks + Pace.MOST;
    this.log = SyntheticLog.of(size, 0);
    this.events = new BenchEvents(BenchClicks.of("made up", log, size), catalogue);
    this.options = options;
    this.lines = new PartLines(progress, "events");
    this.dir = dir;
  }

  /**
   * Runs the bench.
   *
   * @param clicks at saturation, without the orders among them
   * @param options of the job; Kafka and Redis are the bench's own
   * @param dir an empty directory for servers and state
   * @throws io.millrace.jobs.Failure if something does not start or the job does not get through
   */
  public static List<Figure> run(int clicks, Options options, Progress progress, Path dir)
      throws IOException, InterruptedException {
    return new BenchProfile(clicks, options, progress, dir).run();
  }

  private List<Figure> run() throws IOException, InterruptedException {
    try (LocalKafka kafka = LocalKafka.start(0, dir.resolve("kafka"), dir.resolve("logs"));
        LocalRedis redis = LocalRedis.start(0, dir.resolve("redis"), false);
        EventProducer producer =
            EventProducer.connect(
                kafka.bootstrapServers(), Topics.CATALOG, Topics.CLICKSTREAM, Topics.ORDERS);
        VisitorValues profiles =
            new VisitorValues(redis.port(), options.get(RedisOptions.EPOCH), RedisKeys::profile)) {
      Options here =
          options
              .with(KafkaOptions.BOOTSTRAP_SERVERS, kafka.bootstrapServers())
              .with(RedisOptions.URL, "redis://" + redis.address());
      String machine = "On " + BenchReport.machine(profiles.serverVersion());
      lines.progress().say(machine);
      List<Figure> figures = new Run(kafka, redis, producer, profiles, here).all();
      lines.progress().say(machine);
      return figures;
    }
  }

  /** One run against servers that have been started. */
  private final class Run {
    private final LocalKafka kafka;
    private final LocalRedis redis;
    private final EventProducer producer;
    private final VisitorValues profiles;
    private final Options here;
    private final ProfileReport report = new ProfileReport("made up");

    private Run(
        LocalKafka kafka,
        LocalRedis redis,
        EventProducer producer,
        VisitorValues profiles,
        Options here) {
      this.kafka = kafka;
      this.redis = redis;
      this.producer = producer;
      this.profiles = profiles;
      this.here = here;
    }

    private List<Figure> all() throws IOException, InterruptedException {
      fillTopics();
      runLoop();
      weighFullProfile();
      // The loop's maps must not be collected at the expense of the job.
      System.gc();
      runJob();
      report.again = again("again", JOB);
      report.hundred = again("hundred", HUNDRED);
      report.stored = cost("stored", true);
      report.onHeap = cost("heap", false);
      return report.figures();
    }

    private CpuTimes times() {
      return CpuTimes.now(kafka.pid(), redis.pid());
    }

    private int warmUp() {
      return (int) (count * WARM_UP);
    }

    private void fillTopics() {
      long start = System.nanoTime();
      for (int i = 0; i < catalogue.size(); i++) {
        CatalogItem item = catalogue.shown(i);
        producer.send(ContractEvent.of(item, item.updatedAt()));
      }
      producer.flush();
      for (int i = 0; i < count; i++) {
        producer.send(ContractEvent.of(events.event(i)));
      }
      producer.flush();
      lines.say(
          "topic",
          "%,d items, %,d clicks and %,d orders are in Kafka (%.1f s)",
          catalogue.size(),
          clicks,
          count - clicks,
          (System.nanoTime() - start) / 1e9);
    }

    private ProfileLoop loop() {
      FacetTable facets = new FacetTable();
      for (int i = 0; i < catalogue.size(); i++) {
        CatalogItem item = catalogue.shown(i);
        facets.put(
            new ItemFacets(
                item.itemId(), item.category(), item.brand(), item.prices().listPrice()));
      }
      return new ProfileLoop(
          VisitorFeatures.shipped(), facets, profileSettings(), here.get(RedisOptions.EPOCH));
    }

    private ProfileSettings profileSettings() {
      return ProfileJob.settings(here).profile();
    }

    private void runLoop() {
      ProfileLoop loop = loop();
      report.loop = loop.run(events::event, warmUp(), count, this::times);
      lines.say("loop", report.loop);
    }

    /** One visitor who clicks as often within the longest window as clicks are retained. */
    private void weighFullProfile() {
      report.retained = profileSettings().retainedEvents();
      double rate = (double) report.retained / Duration.ofDays(30).toSeconds();
      ActiveVisitors one = new ActiveVisitors(log, 1, SyntheticLog.START, rate);
      ProfileLoop loop = loop();
      for (int i = 0; i < report.retained; i++) {
        loop.take(one.click(i));
      }
      Click last = one.click(report.retained - 1);
      report.fullProfile = loop.stateBytes(last.visitorId());
    }

    private ConsumedEvents consumed() {
      return ConsumedEvents.of(
          kafka.bootstrapServers(), JOB.name(), Topics.CLICKSTREAM, Topics.ORDERS);
    }

    private void runJob() throws IOException, InterruptedException {
      try (LocalFlink flink =
          LocalFlink.start(0, dir.resolve("flink"), dir.resolve("flink.log"), 1, here)) {
        JobRun run = new JobRun(flink, JOB, profiles, consumed());
        report.job = run.run(warmUp(), count, events.newest(count), this::times);
        lines.say("job", report.job);
        report.pace = Pace.halfOf(report.job);
        System.gc();
        report.delays = new DelayProbe(events::event, producer, profiles).run(count, report.pace);
        lines.say(report.delays, report.pace);
        report.states = run.stop();
        lines.say(
            "state",
            "%,.0f bytes a visitor, %,d of one with %,d events",
            StateSize.perKey(report.states, "profiles"),
            report.fullProfile,
            report.retained);
      }
    }

    /** The job from the beginning, through the events sent at half of the rate as well. */
    private Throughput again(String part, LocalJob job) throws IOException {
      int sent = count + report.pace.count();
      profiles.clear();
      System.gc();
      try (LocalFlink flink =
          LocalFlink.start(0, dir.resolve(part), dir.resolve("flink.log"), 1, here)) {
        Throughput done =
            new JobRun(flink, job, profiles, consumed())
                .run(warmUp(), sent, events.newest(sent), this::times);
        lines.say(part, done);
        return done;
      }
    }

    private FeatureCost.Micros cost(String part, boolean stored) {
      FeatureCost.Micros micros =
          new FeatureCost(CARDS, PAYMENTS_A_PART, PARTS_OF_WARM_UP, PARTS).measure(stored);
      lines.say(
          part,
          "%.2f µs an event with ten features, %.2f with a hundred",
          micros.few(),
          micros.many());
      return micros;
    }
  }
}
