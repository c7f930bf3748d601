package io.millrace.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.PATH;

import io.millrace.features.decision.OrderRisk;
import io.millrace.features.decision.RedisKeys;
import io.millrace.features.event.Erasure;
import io.millrace.features.event.ErasureCodec;
import io.millrace.features.event.FraudAlert;
import io.millrace.features.event.FraudLabel;
import io.millrace.features.event.FraudLabelCodec;
import io.millrace.features.event.FraudRule;
import io.millrace.features.event.FraudRuleCodec;
import io.millrace.features.event.ModelSnapshot;
import io.millrace.features.event.ModelSnapshotCodec;
import io.millrace.features.event.Order;
import io.millrace.features.event.OrderStatus;
import io.millrace.features.event.Topics;
import io.millrace.features.fraud.FraudDeclaration;
import io.millrace.features.fraud.FraudDeclarations;
import io.millrace.features.fraud.FtrlLearner;
import io.millrace.features.fraud.FtrlSettings;
import io.millrace.features.fraud.Lesson;
import io.millrace.features.session.VisitorIds;
import io.millrace.jobs.local.ContractEvent;
import io.millrace.jobs.local.LocalJob;
import io.millrace.jobs.options.FraudOptions;
import io.millrace.jobs.options.Options;
import io.millrace.jobs.options.PinnedModel;
import io.millrace.operators.fraud.FraudTopology;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FraudIT {
  private static final long SEED = 20261129;
  private static final String GONE = RandomPayments.GONE;

  /** Each keeps the hash, to know what may come: of visitors, of alerts and of risks. */
  private static final int OPERATORS_THAT_REMEMBER = 3;

  private static final RandomPayments PAYMENTS = new RandomPayments(SEED, 60, 3);
  private static final long LATER = PAYMENTS.end() + Duration.ofDays(2).toMillis();
  private static final LocalJob JOB = TappedJob.fraud(FraudDeclarations::shops);

  private static final List<String> RULES =
      List.of(
          """
          {"rule_id":"testing","version":1,"owner":"ana","state":"active","entity":"card","within":"30m",
           "steps":[{"on":"orders","where":"status == 'payment_failed'","times":2},
                    {"on":"orders","where":"status == 'placed' && total > 500"}],
           "severity":"high","action":"block"}""",
          """
          {"rule_id":"farm","version":2,"owner":"ana","state":"active","entity":"device","on":"orders",
           "where":"status == 'placed'","aggregate":{"function":"distinct","field":"visitor_id","window":"1h"},
           "compare":">=","threshold":4,"severity":"medium","action":"review"}""",
          """
          {"rule_id":"abroad","version":1,"owner":"ben","state":"shadow","entity":"visitor","on":"orders",
           "where":"status == 'placed' && billing_country != shipping_country","severity":"low","action":"monitor"}""",
          """
          {"rule_id":"looks","version":1,"owner":"ben","state":"active","entity":"ip","on":"clickstream",
           "aggregate":{"function":"count","window":"1d"},"compare":">=","threshold":4,"severity":"low","action":"monitor"}""");

  /** By these it shows that all rules were heard, which were sent before. */
  private static final String PROBE =
      """
      {"rule_id":"probe-KIND","version":1,"owner":"test","state":"active","entity":"KIND","on":"orders",
       "where":"region == 'probe'","severity":"low","action":"monitor"}""";

  @TempDir private static Path dir;
  private static final AtomicInteger PROBES = new AtomicInteger();
  private static EngineUnderTest engine;
  private static FraudTopics topics;
  private static SortedMap<String, String> expectedAlerts;
  private static SortedMap<String, String> expectedRisks;

  @BeforeAll
  static void runInOrderAndUndisturbed() throws Exception {
    engine = EngineUnderTest.start(dir);
    topics = new FraudTopics(engine.servers());
    ModelSnapshot model = model();
    engine.sendTo(Topics.MODELS, model.modelId(), ModelSnapshotCodec.encode(model));
    for (String rule : RULES) {
      send(rule);
    }
    for (FraudRule.Entity kind : FraudRule.Entity.values()) {
      send(PROBE.replace("KIND", kind.wireName()));
    }
    Options options = options(1);
    run(options);
    sendLabels();
    engine.sendAll(PAYMENTS.inOrder());
    close(options);
    Await.until("all episodes close", EngineUnderTest.LIMIT, FraudIT::allClosed);
    expectedAlerts = topics.lastOfEach();
    expectedRisks = risks();
    List<FraudAlert> alerts = topics.alerts();
    for (String cause : List.of("testing", "farm", "abroad", "looks", "fraud:shops")) {
      assertThat(alerts).as(cause).anyMatch(alert -> alert.cause().id().equals(cause));
    }
    assertThat(alerts).anyMatch(alert -> alert.state() == FraudAlert.State.UPDATE);
    assertThat(expectedRisks).hasSizeGreaterThan(PAYMENTS.visitors());
  }

  @AfterAll
  static void stopEngine() {
    engine.close();
  }

  @BeforeEach
  void forgetEverything() throws Exception {
    engine.clear();
  }

  /**
   * A model that has seen random examples; the tests ask what is made of it, not how good it is.
   */
  private static ModelSnapshot model() {
    FraudDeclaration shops = FraudDeclarations.shops().withMaturity(Duration.ofHours(4));
    FtrlLearner learner = new FtrlLearner(shops, FtrlSettings.DEFAULT);
    Random random = new Random(SEED);
    for (int i = 0; i < 2_000; i++) {
      double[] signals = shops.observation();
      for (int j = 0; j < signals.length; j++) {
        signals[j] = random.nextInt(3) == 0 ? Double.NaN : Math.exp(random.nextDouble() * 8);
      }
      boolean fraud = signals[shops.place("amount")] > 400;
      learner.learn(new Lesson(i, RandomPayments.BEGIN + i, shops.indices(signals), fraud, false));
    }
    return learner.publish().snapshot();
  }

  private static Options options(int parallelism) {
    return engine
        .options(parallelism)
        .with(FraudOptions.MODEL, PinnedModel.parse("frozen:1"))
        .with(FraudOptions.LABEL_HORIZON, Duration.ofHours(4))
        .with(FraudOptions.LABEL_CORRECTIONS, Duration.ofHours(20))
        .with(FraudOptions.ALERTS_A_DAY, 5)
        .with(FraudOptions.CACHED_ENTITIES, 10);
  }

  private static void send(String rule) throws Exception {
    FraudRule read = new FraudRuleCodec(Clock.systemUTC()).decode(rule.getBytes());
    engine.sendTo(Topics.FRAUD_RULES, read.ruleId(), rule.getBytes());
    engine.flush();
  }

  private static void sendLabels() {
    for (FraudLabel label : PAYMENTS.labels()) {
      engine.sendTo(Topics.FRAUD_LABELS, label.orderId(), FraudLabelCodec.encode(label));
    }
    engine.flush();
  }

  private static Optional<Path> run(Options options) throws Exception {
    TappedJob.reset();
    Optional<Path> begin = engine.run(JOB, options);
    if (begin.isEmpty()) {
      awaitRules();
    }
    return begin;
  }

  /** Rules are facts that hold once they are heard: until all subtasks have heard them. */
  private static void awaitRules() throws Exception {
    int kinds = FraudRule.Entity.values().length;
    List<Order> probes = new ArrayList<>();
    Await.until(
        "all rules are heard",
        EngineUnderTest.LIMIT,
        () -> {
          for (int i = 0; i < 8; i++) {
            Order probe = RandomPayments.probe(probes.size());
            probes.add(probe);
            engine.send(ContractEvent.of(probe));
          }
          Map<String, OrderRisk> answers =
              topics.orderRisks().stream()
                  .collect(Collectors.toMap(OrderRisk::orderId, risk -> risk, (a, b) -> a));
          return probes.stream()
                  .map(probe -> answers.get(probe.orderId()))
                  .filter(risk -> risk != null && risk.rules().size() == kinds)
                  .count()
              >= 24;
        });
    PROBES.set(probes.size());
  }

  /** Lets time pass on every partition, so that all is settled. */
  private static void close(Options options) throws Exception {
    engine.tick(LATER);
    TappedJob.awaitWatermark(options, LATER - RandomPayments.OUT_OF_ORDERNESS - 1);
    TappedJob.awaitCheckpoint();
  }

  private static boolean allClosed() throws Exception {
    SortedMap<String, String> last = topics.lastOfEach();
    return !last.isEmpty()
        && last.values().stream().allMatch(each -> each.contains("\"state\":\"close\""));
  }

  private static SortedMap<String, String> risks() throws Exception {
    return engine.awaitSilence().entrySet().stream()
        .filter(entry -> entry.getKey().startsWith("risk:{"))
        .filter(entry -> !entry.getKey().startsWith("risk:{probe"))
        .collect(
            Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue, (a, b) -> a, TreeMap::new));
  }

  private static void assertSame(Options options) throws Exception {
    close(options);
    assertSame();
  }

  private static void assertSame() throws Exception {
    Await.until(
        "as many alerts as expected",
        EngineUnderTest.LIMIT,
        () -> topics.lastOfEach().size() >= expectedAlerts.size() && allClosed());
    assertThat(topics.lastOfEach()).isEqualTo(expectedAlerts);
    assertThat(risks()).isEqualTo(expectedRisks);
  }

  @Test
  void shufflesAndDuplicates() throws Exception {
    Options options = options(2);
    run(options);
    sendLabels();
    engine.sendAll(PAYMENTS.shuffledWithDuplicates());
    assertSame(options);
  }

  @Test
  void failureInMidStream() throws Exception {
    List<ContractEvent> events = PAYMENTS.inOrder();
    int half = events.size() / 2;
    run(options(2));
    sendLabels();
    engine.sendAll(events.subList(0, half));
    TappedJob.awaitRecords(half + PROBES.get());
    TappedJob.awaitCheckpoint();
    TappedJob.failAfter(half / 2);
    engine.sendAll(events.subList(half, events.size()));
    TappedJob.awaitFailure();
    Await.until("the job begins again", EngineUnderTest.LIMIT, engine::hasRestarted);
    TappedJob.awaitCheckpoint();
    assertSame(options(2));
  }

  /** By SIGKILL, with what it had in memory and in its transactions. */
  @Test
  void aKilledProcess() throws Exception {
    List<ContractEvent> events = PAYMENTS.inOrder();
    int half = events.size() / 2;
    Path data = dir.resolve("killed");
    try (MillraceProcess up = up(data)) {
      up.awaitReady();
      awaitRules();
      sendLabels();
      engine.sendAll(events.subList(0, half));
      Order last = lastPlaced(events.subList(0, half));
      Await.until(
          "the first half is answered", EngineUnderTest.LIMIT, () -> isAnswered(last.orderId()));
      Await.until(
          "alerts are committed", EngineUnderTest.LIMIT, () -> !topics.lastOfEach().isEmpty());
      engine.sendAll(events.subList(half, half + half / 4));
      up.kill();
      up.awaitExit(Duration.ofSeconds(30));
    }
    try (MillraceProcess up = up(data)) {
      up.awaitReady();
      assertThat(up.standardError()).containsPattern("fraud +runs, from chk-\\d+");
      engine.sendAll(events.subList(half + half / 4, events.size()));
      engine.tick(LATER);
      assertSame();
    }
  }

  private static MillraceProcess up(Path data) throws Exception {
    return MillraceProcess.start(
        dir,
        "up",
        "--ports",
        "auto",
        "--data-dir",
        data.toString(),
        "--kafka",
        engine.servers(),
        "--redis",
        "redis://" + engine.redis().address(),
        "-D",
        "fraud.model=frozen:1",
        "-D",
        "fraud.label-horizon=4 h",
        "-D",
        "fraud.label-corrections=20 h",
        "-D",
        "fraud.alerts-a-day=5",
        "-D",
        "fraud.checkpoint-interval=500 ms");
  }

  private static Order lastPlaced(List<ContractEvent> events) {
    Order last = null;
    for (ContractEvent event : events) {
      if (event instanceof ContractEvent.OfOrder of && of.order().status() == OrderStatus.PLACED) {
        last = of.order();
      }
    }
    return last;
  }

  private static boolean isAnswered(String order) throws Exception {
    return topics.orderRisks().stream().anyMatch(risk -> risk.orderId().equals(order));
  }

  @Test
  void savepointAndAnotherParallelism() throws Exception {
    List<ContractEvent> events = PAYMENTS.inOrder();
    int half = events.size() / 2;
    run(options(1));
    sendLabels();
    engine.sendAll(events.subList(0, half));
    TappedJob.awaitRecords(half + PROBES.get());
    engine.stop();
    assertThat(run(options(2))).get(PATH).asString().contains("/savepoint-");
    engine.sendAll(events.subList(half, events.size()));
    assertSame(options(2));
  }

  @Test
  void anEmptiedRedisIsFilledAgain() throws Exception {
    run(options(2));
    sendLabels();
    engine.sendAll(PAYMENTS.inOrder());
    assertSame(options(2));
    engine.emptyRedis();
    engine.republish(FraudTopology.JOB);
    Await.until("all is back", EngineUnderTest.LIMIT, () -> risks().equals(expectedRisks));
  }

  @Test
  void nothingIsLeftOfAVisitorWhoIsErased() throws Exception {
    run(options(2));
    sendLabels();
    engine.sendAll(PAYMENTS.inOrder());
    // Not settled yet, as a visitor may be whom the request catches in the act.
    TappedJob.awaitRecords(PAYMENTS.inOrder().size() + PROBES.get());
    CanonicalSavepoint before = engine.savepoint();
    assertThat(before.count(GONE)).isPositive();

    engine.sendTo(Topics.ERASURES, GONE, ErasureCodec.encode(new Erasure(GONE, LATER)));
    engine.flush();
    assertThat(engine.messages(Topics.ERASURE_RECEIPTS, 1))
        .singleElement()
        .asString()
        .contains("\"visitor_id\":\"" + GONE + "\"", "\"job\":\"fraud\"");
    assertThat(engine.value(RedisKeys.risk(GONE))).contains("\"deleted\":true");
    for (ContractEvent event : PAYMENTS.inOrder()) {
      if (event instanceof ContractEvent.OfOrder of
          && of.order().visitorId().equals(GONE)
          && of.order().status() == OrderStatus.PLACED) {
        assertThat(engine.value(RedisKeys.decision(of.order().orderId())))
            .contains("\"deleted\":true");
      }
    }
    CanonicalSavepoint after = engine.savepoint();
    assertThat(after.count(GONE)).isZero();
    assertThat(after.countHash(VisitorIds.of(GONE))).isEqualTo(OPERATORS_THAT_REMEMBER);
  }

  @Test
  void aRuleTakesEffectWhileTheJobRunsAndABadOneIsRefused() throws Exception {
    run(options(2));
    engine.sendAll(PAYMENTS.inOrder());
    engine.sendTo(
        Topics.FRAUD_RULES,
        "bad",
        """
        {"rule_id":"bad","version":1,"owner":"ana","state":"active","entity":"card","on":"orders",
         "where":"totl > 500","severity":"high","action":"block"}"""
            .getBytes());
    engine.flush();
    Await.until(
        "the bad rule is refused",
        EngineUnderTest.LIMIT,
        () ->
            topics.deadLetters().stream()
                .anyMatch(
                    letter ->
                        letter.contains("\"reason\":\"invalid_rule\"")
                            && letter.contains("\"field\":\"where\"")));
    send(
        """
        {"rule_id":"late","version":3,"owner":"ana","state":"active","entity":"visitor","on":"orders",
         "where":"status == 'placed' && total > 10","severity":"high","action":"block"}""");
    try {
      AtomicInteger orders = new AtomicInteger();
      Await.until(
          "an order is answered with the rule",
          EngineUnderTest.LIMIT,
          () -> {
            int number = orders.incrementAndGet();
            engine.send(ContractEvent.of(RandomPayments.order(number, PAYMENTS.end() + number)));
            return topics.orderRisks().stream()
                .anyMatch(
                    risk ->
                        risk.rules().contains("late@3") && risk.action() == FraudRule.Action.BLOCK);
          });
    } finally {
      engine.sendTo(Topics.FRAUD_RULES, "late", null);
      engine.flush();
    }
  }
}
