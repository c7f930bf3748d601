package io.millrace.jobs.bench;

import io.millrace.features.decision.RedisKeys;
import io.millrace.features.event.FraudRule;
import io.millrace.features.event.Order;
import io.millrace.features.event.Topics;
import io.millrace.jobs.evaluate.Figure;
import io.millrace.jobs.fraud.FraudJob;
import io.millrace.jobs.local.ContractEvent;
import io.millrace.jobs.local.EventProducer;
import io.millrace.jobs.local.LocalFlink;
import io.millrace.jobs.local.LocalJob;
import io.millrace.jobs.local.LocalKafka;
import io.millrace.jobs.local.LocalRedis;
import io.millrace.jobs.local.Progress;
import io.millrace.jobs.options.FraudOptions;
import io.millrace.jobs.options.KafkaOptions;
import io.millrace.jobs.options.Options;
import io.millrace.jobs.options.RedisOptions;
import io.millrace.operators.fraud.FraudTopology;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The speed of the fraud job, end to end on this machine: a real Kafka and a real Redis as child
 * processes, Flink in this one. The job goes through orders on a full topic, with the model that it
 * learns from them; then it is sent orders at half of its rate; then it goes through all of them
 * again with ten rules, and with two hundred.
 */
public final class BenchFraud {
  /** Orders at saturation where nothing else is said. */
  public static final int ORDERS = 100_000;

  static final int FEW_RULES = 10;
  static final int MANY_RULES = 200;

  /** Of the orders at saturation, this part is warm-up. */
  private static final double WARM_UP = 0.4;

  private static final LocalJob JOB = new LocalJob(FraudTopology.JOB, FraudJob::define);

  private final int count;
  private final BenchOrders orders = new BenchOrders();
  private final Options options;
  private final PartLines lines;
  private final Path dir;

  private BenchFraud(int count, Options options, Progress progress, Path dir) {
    this.count = count;
    // Orders are learned from while the bench runs; a day of them are minutes here.
    this.options = options.orElse(FraudOptions.LABEL_HORIZON, Duration.ofMinutes(1));
    this.lines = new PartLines(progress, "orders");
    this.dir = dir;
  }

  /**
   * Runs the bench.
   *
   * @param count orders at saturation
   * @param options of the job; Kafka and Redis are the bench's own
   * @param dir an empty directory for servers and state
   * @throws io.millrace.jobs.Failure if something does not start or the job does not get through
   */
  public static List<Figure> run(int count, Options options, Progress progress, Path dir)
      throws IOException, InterruptedException {
    return new BenchFraud(count, options, progress, dir).run();
  }

  private List<Figure> run() throws IOException, InterruptedException {
    try (LocalKafka kafka = LocalKafka.start(0, dir.resolve("kafka"), dir.resolve("logs"));
        LocalRedis redis = LocalRedis.start(0, dir.resolve("redis"), false);
        EventProducer producer = EventProducer.connect(kafka.bootstrapServers(), Topics.ORDERS);
        VisitorValues decisions =
            new VisitorValues(redis.port(), options.get(RedisOptions.EPOCH), RedisKeys::decision)) {
      Options here =
          options
              .with(KafkaOptions.BOOTSTRAP_SERVERS, kafka.bootstrapServers())
              .with(RedisOptions.URL, "redis://" + redis.address());
      String machine = "On " + BenchReport.machine(decisions.serverVersion());
      lines.progress().say(machine);
      List<Figure> figures = new Run(kafka, redis, producer, decisions, here).all();
      lines.progress().say(machine);
      return figures;
    }
  }

  /** One run against servers that have been started. */
  private final class Run {
    private final LocalKafka kafka;
    private final LocalRedis redis;
    private final EventProducer producer;
    private final VisitorValues decisions;
    private final Options here;
    private final FraudReport report = new FraudReport();

    private Run(
        LocalKafka kafka,
        LocalRedis redis,
        EventProducer producer,
        VisitorValues decisions,
        Options here) {
      this.kafka = kafka;
      this.redis = redis;
      this.producer = producer;
      this.decisions = decisions;
      this.here = here;
    }

    private List<Figure> all() throws IOException, InterruptedException {
      fillTopic();
      runJob();
      report.fewRules = again("few", FEW_RULES);
      report.manyRules = again("many", MANY_RULES);
      return report.figures();
    }

    private CpuTimes times() {
      return CpuTimes.now(kafka.pid(), redis.pid());
    }

    private int warmUp() {
      return (int) (count * WARM_UP);
    }

    private void fillTopic() {
      long start = System.nanoTime();
      for (int i = 0; i < count; i++) {
        producer.send(ContractEvent.of(orders.order(i)));
      }
      producer.flush();
      lines.say(
          "topic", "%,d orders are in Kafka (%.1f s)", count, (System.nanoTime() - start) / 1e9);
    }

    private ConsumedEvents consumed() {
      return ConsumedEvents.of(kafka.bootstrapServers(), JOB.name(), Topics.ORDERS);
    }

    /** Each order has a decision of its own. */
    private Map<String, Long> newest(int sent) {
      Map<String, Long> newest = new HashMap<>();
      for (int i = 0; i < sent; i++) {
        newest.put(BenchOrders.id(i), BenchOrders.time(i));
      }
      return newest;
    }

    private void runJob() throws IOException, InterruptedException {
      try (LocalFlink flink =
          LocalFlink.start(0, dir.resolve("flink"), dir.resolve("flink.log"), 1, here)) {
        JobRun run = new JobRun(flink, JOB, decisions, consumed());
        report.job = run.run(warmUp(), count, newest(count), this::times);
        lines.say("job", report.job);
        report.pace = Pace.halfOf(report.job);
        System.gc();
        try (OrderAnswers answers = new OrderAnswers(kafka.bootstrapServers())) {
          report.delays =
              new DelayProbe(orders::order, producer, answers, event -> ((Order) event).orderId())
                  .run(count, report.pace);
        }
        lines.say(report.delays, report.pace);
        report.states = run.stop();
        for (StateSize state : report.states) {
          lines.say("state", "%,.0f bytes a key of %s", state.perKey(), state.name());
        }
      }
    }

    /** The job from the beginning, through the orders sent at half of the rate as well. */
    private Throughput again(String part, int rules) throws IOException {
      try (EventProducer analyst =
          EventProducer.connect(kafka.bootstrapServers(), Topics.FRAUD_RULES)) {
        for (FraudRule rule : BenchRules.of(rules)) {
          analyst.send(ContractEvent.of(rule, BenchOrders.time(0)));
        }
        analyst.flush();
      }
      int sent = count + report.pace.count();
      decisions.clear();
      System.gc();
      try (LocalFlink flink =
          LocalFlink.start(0, dir.resolve(part), dir.resolve("flink.log"), 1, here)) {
        Throughput done =
            new JobRun(flink, JOB, decisions, consumed())
                .run(warmUp(), sent, newest(sent), this::times);
        lines.say(part, done);
        return done;
      }
    }
  }
}
