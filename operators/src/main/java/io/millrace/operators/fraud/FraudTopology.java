package io.millrace.operators.fraud;

import io.millrace.features.alert.Suspicion;
import io.millrace.features.decision.OrderRisk;
import io.millrace.features.decision.OrderRiskJson;
import io.millrace.features.decision.RedisKeys;
import io.millrace.features.decision.Version;
import io.millrace.features.event.Control;
import io.millrace.features.event.DeadLetter;
import io.millrace.features.event.Erasure;
import io.millrace.features.event.ErasureReceipt;
import io.millrace.features.event.FraudAlert;
import io.millrace.features.event.FraudLabel;
import io.millrace.features.event.FraudRule.Entity;
import io.millrace.features.event.ModelSnapshot;
import io.millrace.features.event.VisitorEvent;
import io.millrace.features.fraud.RiskPolicy;
import io.millrace.features.watch.KindLabels;
import io.millrace.features.watch.SignalPlan;
import io.millrace.operators.job.KeyedBeside;
import io.millrace.operators.kafka.Fact;
import io.millrace.operators.kafka.Timed;
import io.millrace.operators.redis.RedisWrite;
import io.millrace.operators.types.EventTypes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;

/**
 * Fraud as a graph: orders and clicks → {@link VisitorWatch} → {@link EntityWatch} for each other
 * kind of entity → {@link LabelKeeper} → {@link LabelWatch} for each that labels move → {@link
 * OrderScorer}; beside them what learns, and behind them what alerts. Sources and sinks are the
 * caller's.
 */
public final class FraudTopology {
  /** The job's name, as receipts have it. */
  public static final String JOB = "fraud";

  /**
   * The longest that a passage waits in the send buffer of one operator, in milliseconds. There is
   * one such wait for each kind of entity on the way, and each is a thread that wakes as often,
   * whether there is anything to send or not.
   */
  private static final long PASSAGE_WAITS_MS = 10;

  private final FraudSettings settings;
  private final PlanSupplier plan;
  private final SingleOutputStreamOperator<Timed<VisitorEvent>> orders;
  private final DataStream<Timed<VisitorEvent>> events;
  private final DataStream<Fact<FraudLabel>> labels;
  private final DataStream<Fact<Erasure>> erasures;
  private final DataStream<Fact<Control>> controls;
  private final List<DataStream<Suspicion>> suspicions = new ArrayList<>();
  private final SingleOutputStreamOperator<AdmittedRule> rules;
  private final SingleOutputStreamOperator<Passage> visitors;
  private final DataStream<ModelSnapshot> published;
  private final SingleOutputStreamOperator<ModelSnapshot> learned;
  private final SingleOutputStreamOperator<Decision> scored;
  private final DataStream<AlertNews> alertNews;
  private final SingleOutputStreamOperator<FraudAlert> alerts;
  private final SingleOutputStreamOperator<RedisWrite> risks;

  /**
   * Adds the operators to the job of the orders.
   *
   * @throws IllegalArgumentException if what is declared cannot be watched
   */
  public FraudTopology(FraudInputs inputs, FraudSettings settings) {
    this.settings = settings;
    // In the tasks it would be too late to say what is wrong.
    SignalPlan signals = settings.plan();
    plan = settings::plan;
    orders = orders(inputs);
    events = events(inputs);
    labels = orNone(inputs.labels(), "no-labels", Fact.typeInfo(EventTypes.FRAUD_LABEL));
    erasures = orNone(inputs.erasures(), "no-erasures", Fact.typeInfo(EventTypes.ERASURE));
    controls = orNone(inputs.controls(), "no-controls", Fact.typeInfo(EventTypes.CONTROL));
    rules = admit(inputs);
    visitors = watchVisitors();
    SingleOutputStreamOperator<Passage> watched = watchEntities(visitors);
    DataStream<Passage> labelled = watchLabels(watched, signals.labels());
    published = published(inputs);
    learned = learn(labelled, labels, published, plan, settings);
    scored = score(labelled, inputs.models() == null ? learned : published, plan, settings);
    alertNews = alertNews();
    alerts = alert();
    risks = risks();
  }

  private static SingleOutputStreamOperator<Timed<VisitorEvent>> orders(FraudInputs inputs) {
    return inputs
        .orders()
        .map(
            order -> new Timed<VisitorEvent>(order.event(), order.origin()),
            Timed.typeInfo(EventTypes.VISITOR_EVENT))
        .name("orders")
        .uid(FraudUids.ORDERS)
        .setParallelism(inputs.orders().getParallelism())
        .setBufferTimeout(PASSAGE_WAITS_MS);
  }

  private DataStream<Timed<VisitorEvent>> events(FraudInputs inputs) {
    if (inputs.clicks() == null) {
      return orders;
    }
    return orders.union(
        inputs
            .clicks()
            .map(
                click -> new Timed<VisitorEvent>(click.event(), click.origin()),
                Timed.typeInfo(EventTypes.VISITOR_EVENT))
            .name("clicks")
            .uid(FraudUids.CLICKS)
            .setParallelism(inputs.clicks().getParallelism()));
  }

  /** A stream that may be missing; then one in which nothing ever comes. */
  private <T> DataStream<T> orNone(DataStream<T> stream, String name, TypeInformation<T> type) {
    return stream != null ? stream : orders.getSideOutput(new OutputTag<>(name, type));
  }

  private SingleOutputStreamOperator<AdmittedRule> admit(FraudInputs inputs) {
    DataStream<Boolean> time =
        events
            .flatMap((Timed<VisitorEvent> event, Collector<Boolean> out) -> {}, Types.BOOLEAN)
            .name("time of events")
            .uid(FraudUids.RULE_TIME)
            .setParallelism(orders.getParallelism());
    return orNone(inputs.rules(), "no-rules", Fact.typeInfo(EventTypes.FRAUD_RULE))
        .connect(time)
        .transform("rule admission", AdmittedRule.TYPE, new RuleAdmission())
        .uid(FraudUids.RULE_ADMISSION)
        .setParallelism(1);
  }

  private SingleOutputStreamOperator<Passage> watchVisitors() {
    DataStream<VisitorNews> news =
        rules
            .map(VisitorNews::of, VisitorNews.TYPE)
            .name("rules for visitors")
            .uid(FraudUids.RULES_FOR_VISITORS)
            .setParallelism(1)
            .union(
                erasures
                    .map(fact -> VisitorNews.of(fact.value()), VisitorNews.TYPE)
                    .name("erasures")
                    .uid(FraudUids.ERASURES_FOR_VISITORS));
    SingleOutputStreamOperator<Passage> watched =
        KeyedBeside.add(
                events.keyBy(event -> event.event().visitorId(), Types.STRING),
                news.broadcast(),
                "visitor watch",
                Passage.TYPE,
                new VisitorWatch(JOB, plan, settings.watch(), trailsFor()),
                0)
            .uid(FraudUids.VISITORS)
            .setBufferTimeout(PASSAGE_WAITS_MS);
    suspicions.add(watched.getSideOutput(Suspicions.TAG));
    return watched;
  }

  /** For as long as an entity may remember a visitor, or anything is learned of an order. */
  private Duration trailsFor() {
    Duration learned = settings.horizon().plus(settings.corrections()).plusDays(1);
    Duration remembered = settings.watch().retention();
    return learned.compareTo(remembered) >= 0 ? learned : remembered;
  }

  private SingleOutputStreamOperator<Passage> watchEntities(
      SingleOutputStreamOperator<Passage> first) {
    SingleOutputStreamOperator<Passage> passages = first;
    for (Entity kind : settings.kinds()) {
      passages =
          KeyedBeside.add(
                  passages.keyBy(passage -> passage.key(kind), Types.STRING),
                  rules.broadcast(),
                  kind.wireName() + " watch",
                  Passage.TYPE,
                  new EntityWatch(kind, plan, settings.watch()),
                  0)
              .uid(FraudUids.watch(kind))
              .setBufferTimeout(PASSAGE_WAITS_MS);
      suspicions.add(passages.getSideOutput(Suspicions.TAG));
    }
    return passages;
  }

  private SingleOutputStreamOperator<Passage> watchLabels(
      SingleOutputStreamOperator<Passage> watched, List<KindLabels> kinds) {
    if (kinds.isEmpty()) {
      return watched;
    }
    SingleOutputStreamOperator<Passage> passages =
        watched
            .keyBy(Passage::orderKey, Types.STRING)
            .connect(labels.keyBy(Fact::key, Types.STRING))
            .transform(
                "label keeper",
                Passage.TYPE,
                new LabelKeeper(plan, settings.maturing(), settings.watch()))
            .uid(FraudUids.LABEL_KEEPER)
            .setBufferTimeout(PASSAGE_WAITS_MS);
    for (int i = 0; i < kinds.size(); i++) {
      Entity kind = kinds.get(i).kind();
      passages =
          passages
              .keyBy(passage -> passage.key(kind), Types.STRING)
              .transform(
                  "labels of " + kinds.get(i).name(),
                  Passage.TYPE,
                  new LabelWatch(i, plan, settings.watch(), settings.corrections()))
              .uid(FraudUids.labels(kinds.get(i).name()))
              .setBufferTimeout(PASSAGE_WAITS_MS);
    }
    return passages;
  }

  /** From payments that are settled, and labels. */
  static SingleOutputStreamOperator<ModelSnapshot> learn(
      DataStream<Passage> passages,
      DataStream<Fact<FraudLabel>> labels,
      DataStream<ModelSnapshot> published,
      PlanSupplier plan,
      FraudSettings settings) {
    return passages
        .keyBy(Passage::orderKey, Types.STRING)
        .connect(labels.keyBy(Fact::key, Types.STRING))
        .transform(
            "example keeper",
            DueLesson.TYPE,
            new ExampleKeeper(plan, settings.maturing(), settings.watch()))
        .uid(FraudUids.EXAMPLES)
        .connect(published)
        .transform(
            "fraud learner",
            EventTypes.MODEL_SNAPSHOT,
            new FraudLearner(plan, settings.publishEvery(), settings.publishAfter()))
        .uid(FraudUids.LEARNER)
        .setParallelism(1);
  }

  private DataStream<ModelSnapshot> published(FraudInputs inputs) {
    return orNone(inputs.models(), "no-models", Fact.typeInfo(EventTypes.MODEL_SNAPSHOT))
        .flatMap(
            (Fact<ModelSnapshot> model, Collector<ModelSnapshot> out) -> {
              if (!model.isDeleted()) {
                out.collect(model.value());
              }
            },
            EventTypes.MODEL_SNAPSHOT)
        .name("models")
        .uid(FraudUids.MODELS);
  }

  /** Payments as they arrive and as they are settled, by versions of the model. */
  static SingleOutputStreamOperator<Decision> score(
      DataStream<Passage> passages,
      DataStream<ModelSnapshot> models,
      PlanSupplier plan,
      FraudSettings settings) {
    return passages
        .connect(models.broadcast())
        .transform("order scorer", Decision.TYPE, new OrderScorer(plan, settings.scores()))
        .uid(FraudUids.SCORER)
        .setBufferTimeout(PASSAGE_WAITS_MS);
  }

  private DataStream<AlertNews> alertNews() {
    return controls
        .map(AlertNews::of, AlertNews.TYPE)
        .name("controls for alerts")
        .uid(FraudUids.CONTROLS_FOR_ALERTS)
        .union(
            erasures
                .map(fact -> AlertNews.of(fact.value()), AlertNews.TYPE)
                .name("erasures for alerts")
                .uid(FraudUids.ERASURES_FOR_ALERTS));
  }

  private SingleOutputStreamOperator<FraudAlert> alert() {
    RiskPolicy policy = settings.scores().policy();
    AlertSettings alerting = settings.alerts();
    suspicions.add(
        scoredOrders()
            .flatMap(
                (ScoredOrder order, Collector<ScoredOrder> out) -> {
                  if (ModelAlerts.concerns(order, policy, alerting)) {
                    out.collect(order);
                  }
                },
                ScoredOrder.TYPE)
            .name("alert candidates")
            .uid(FraudUids.CANDIDATES)
            .transform("model alerts", Suspicions.TYPE, new ModelAlerts(policy, alerting))
            .uid(FraudUids.MODEL_ALERTS)
            .setParallelism(1));
    DataStream<Suspicion> all = suspicions.get(0);
    for (DataStream<Suspicion> more : suspicions.subList(1, suspicions.size())) {
      all = all.union(more);
    }
    return KeyedBeside.add(
            all.keyBy(Suspicion::entity, Types.STRING),
            alertNews.broadcast(),
            "alert keeper",
            EventTypes.FRAUD_ALERT,
            new AlertKeeper(settings.alerts(), settings.watch().retention()),
            0)
        .uid(FraudUids.ALERTS);
  }

  /** An alert that names a visitor tells so again as long as it has to do with them. */
  private Duration alertsFor() {
    return settings.alerts().quiet().plus(settings.alerts().updateInterval()).multipliedBy(2);
  }

  private SingleOutputStreamOperator<RedisWrite> risks() {
    DataStream<RiskNews> news =
        scoredOrders()
            .map(RiskNews::of, RiskNews.TYPE)
            .name("scores of visitors")
            .uid(FraudUids.SCORES_OF_VISITORS)
            .union(
                alerts
                    .flatMap(
                        (FraudAlert alert, Collector<RiskNews> out) -> RiskNews.of(alert, out),
                        RiskNews.TYPE)
                    .name("alerts of visitors")
                    .uid(FraudUids.ALERTS_OF_VISITORS));
    return KeyedBeside.add(
            news.keyBy(RiskNews::visitor, Types.STRING),
            alertNews.broadcast(),
            "visitor risks",
            RedisWrite.TYPE,
            new VisitorRisks(JOB, settings.scores(), settings.watch(), alertsFor()),
            0)
        .uid(FraudUids.RISKS);
  }

  /** Payments that are settled, with what the model says of them. */
  public DataStream<ScoredOrder> scoredOrders() {
    return scored.getSideOutput(OrderScorer.SCORED);
  }

  /** Alert episodes. */
  public DataStream<FraudAlert> alerts() {
    return alerts;
  }

  /** Versions of what is learned. */
  public DataStream<ModelSnapshot> models() {
    return learned;
  }

  /** One for every visitor forgotten. */
  public DataStream<ErasureReceipt> receipts() {
    return visitors.getSideOutput(VisitorWatch.RECEIPTS);
  }

  /** Rules that there was no room for. */
  public DataStream<DeadLetter> refusedRules() {
    return rules.getSideOutput(RuleAdmission.REFUSED);
  }

  /** The decision on every order that is placed, as soon as it arrives. */
  public DataStream<OrderRisk> orderRisks() {
    return scored
        .flatMap(
            (Decision decision, Collector<OrderRisk> out) -> {
              if (decision.risk() != null) {
                out.collect(decision.risk());
              }
            },
            EventTypes.ORDER_RISK)
        .name("order risks")
        .uid(FraudUids.ORDER_RISKS);
  }

  /** Writes decisions and risks to Redis. */
  public void writeTo(Supplier<Sink<RedisWrite>> sink) {
    int epoch = settings.scores().epoch();
    scored
        .map(decision -> write(decision, epoch), RedisWrite.TYPE)
        .name("decisions")
        .uid(FraudUids.DECISIONS)
        .keyBy(RedisWrite::key, Types.STRING)
        .sinkTo(sink.get())
        .name("Redis decision")
        .uid(FraudUids.DECISIONS_SINK);
    risks.sinkTo(sink.get()).name("Redis risk").uid(FraudUids.RISKS_SINK);
  }

  private static RedisWrite write(Decision decision, int epoch) {
    String key = RedisKeys.decision(decision.orderId());
    String version = Version.of(epoch, decision.time());
    return decision.risk() == null
        ? RedisWrite.tombstone(key, version, 0)
        : RedisWrite.set(
            key,
            OrderRiskJson.write(version, decision.risk()),
            RedisKeys.DECISION_TTL,
            decision.origin());
  }
}
