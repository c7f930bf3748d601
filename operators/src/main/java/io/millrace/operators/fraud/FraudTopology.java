package io.millrace.operators.fraud;

import io.millrace.features.alert.Suspicion;
import io.millrace.features.decision.OrderRisk;
import io.millrace.features.decision.OrderRiskJson;
import io.millrace.features.decision.RedisKeys;
import io.millrace.features.decision.Version;
import io.millrace.features.event.DeadLetter;
import io.millrace.features.event.Erasure;
import io.millrace.features.event.ErasureReceipt;
import io.millrace.features.event.FraudAlert;
import io.millrace.features.event.FraudLabel;
import io.millrace.features.event.FraudRule.Entity;
import io.millrace.features.event.ModelSnapshot;
import io.millrace.features.event.VisitorEvent;
import io.millrace.operators.job.KeyedBeside;
import io.millrace.operators.kafka.Fact;
import io.millrace.operators.kafka.Timed;
import io.millrace.operators.redis.RedisWrite;
import io.millrace.operators.types.EventTypes;
import java.time.Duration;
import java.util.Arrays;
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
 * Fraud as a graph. An order passes {@link VisitorWatch}, which asks the entities that it names
 * ({@link EntityWatch}) and what labels say of them ({@link LabelWatch}); {@link OrderScorer}
 * gathers what they tell and answers. Once it is settled it takes the longer way, by {@link
 * LabelKeeper}, which gathers what entities tell and asks labels, and {@link ExampleKeeper}, which
 * gathers what those tell. Beside them is what learns, behind them what alerts ({@link
 * AlertTopology}). Sources and sinks are the caller's.
 */
public final class FraudTopology {
  /** The job's name, as receipts have it. */
  public static final String JOB = "fraud";

  /** The longest that a message waits in the send buffer of an operator, in milliseconds. */
  private static final long MESSAGE_WAITS_MS = 10;

  private static final List<Entity> OTHER_KINDS =
      Arrays.stream(Entity.values()).filter(kind -> kind != Entity.VISITOR).toList();

  private final FraudSettings settings;
  private final PlanSupplier plan;
  private final SingleOutputStreamOperator<Timed<VisitorEvent>> orders;
  private final DataStream<Timed<VisitorEvent>> events;
  private final DataStream<Fact<FraudLabel>> labels;
  private final DataStream<Fact<Erasure>> erasures;
  private final SingleOutputStreamOperator<AdmittedRule> rules;
  private final SingleOutputStreamOperator<Passage> visitors;
  private final SingleOutputStreamOperator<Passage> entities;
  private final SingleOutputStreamOperator<DueLesson> examples;
  private final SingleOutputStreamOperator<ModelSnapshot> learned;
  private final SingleOutputStreamOperator<Decision> scored;
  private final AlertTopology alerting;

  /**
   * Adds the operators to the job of the orders.
   *
   * @throws IllegalArgumentException if what is declared cannot be watched
   */
  public FraudTopology(FraudInputs inputs, FraudSettings settings) {
    this.settings = settings;
    // In the tasks it would be too late to say what is wrong.
    settings.plan();
    plan = settings::plan;
    orders = orders(inputs);
    events = events(inputs);
    labels = orNone(inputs.labels(), "no-labels", Fact.typeInfo(EventTypes.FRAUD_LABEL));
    erasures = orNone(inputs.erasures(), "no-erasures", Fact.typeInfo(EventTypes.ERASURE));
    rules = admit(inputs);
    visitors = watchVisitors();
    entities = watchEntities();
    SingleOutputStreamOperator<Passage> settled = keepLabels();
    SingleOutputStreamOperator<Passage> ofLabels = watchLabels(settled);
    examples =
        keepExamples(
            settled.union(ofLabels.getSideOutput(LabelWatch.SETTLED)), labels, plan, settings);
    DataStream<ModelSnapshot> published = published(inputs);
    learned = learn(examples, published, plan, settings);
    DataStream<Passage> told = visitors.union(entities, ofLabels);
    scored =
        score(
            told.union(examples.getSideOutput(ExampleKeeper.WHOLE)),
            inputs.models() == null ? learned : published,
            plan,
            settings);
    DataStream<Suspicion> suspicions =
        visitors.getSideOutput(Suspicions.TAG).union(entities.getSideOutput(Suspicions.TAG));
    alerting =
        new AlertTopology(
            suspicions,
            scoredOrders(),
            orNone(inputs.controls(), "no-controls", Fact.typeInfo(EventTypes.CONTROL)),
            erasures,
            settings);
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
        .setBufferTimeout(MESSAGE_WAITS_MS);
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
    return KeyedBeside.add(
            events.keyBy(event -> event.event().visitorId(), Types.STRING),
            news.broadcast(),
            "visitor watch",
            Passage.TYPE,
            new VisitorWatch(JOB, OTHER_KINDS, plan, settings.watch(), trailsFor()),
            0)
        .uid(FraudUids.VISITORS)
        .setBufferTimeout(MESSAGE_WAITS_MS);
  }

  /** For as long as an entity may remember a visitor, or anything is learned of an order. */
  private Duration trailsFor() {
    Duration learned = settings.horizon().plus(settings.corrections()).plusDays(1);
    Duration remembered = settings.watch().retention();
    return learned.compareTo(remembered) >= 0 ? learned : remembered;
  }

  private SingleOutputStreamOperator<Passage> watchEntities() {
    return KeyedBeside.add(
            visitors.getSideOutput(VisitorWatch.TO_ENTITIES).keyBy(ToEntity::key, Types.STRING),
            rules.broadcast(),
            "entity watch",
            Passage.TYPE,
            new EntityWatch(OTHER_KINDS, plan, settings.watch()),
            0)
        .uid(FraudUids.ENTITIES)
        .setBufferTimeout(MESSAGE_WAITS_MS);
  }

  private SingleOutputStreamOperator<Passage> keepLabels() {
    return visitors
        .getSideOutput(VisitorWatch.SETTLED)
        .union(entities.getSideOutput(EntityWatch.SETTLED))
        .keyBy(Passage::order, Types.STRING)
        .connect(labels.keyBy(Fact::key, Types.STRING))
        .transform(
            "label keeper",
            Passage.TYPE,
            new LabelKeeper(plan, settings.maturing(), settings.watch()))
        .uid(FraudUids.LABEL_KEEPER);
  }

  private SingleOutputStreamOperator<Passage> watchLabels(
      SingleOutputStreamOperator<Passage> settled) {
    return visitors
        .getSideOutput(VisitorWatch.TO_LABELS)
        .union(settled.getSideOutput(LabelKeeper.TO_LABELS))
        .keyBy(ToLabels::key, Types.STRING)
        .transform(
            "label watch",
            Passage.TYPE,
            new LabelWatch(plan, settings.watch(), settings.corrections()))
        .uid(FraudUids.LABELS)
        .setBufferTimeout(MESSAGE_WAITS_MS);
  }

  /** Of payments that are settled, and labels. */
  static SingleOutputStreamOperator<DueLesson> keepExamples(
      DataStream<Passage> settled,
      DataStream<Fact<FraudLabel>> labels,
      PlanSupplier plan,
      FraudSettings settings) {
    return settled
        .keyBy(Passage::order, Types.STRING)
        .connect(labels.keyBy(Fact::key, Types.STRING))
        .transform(
            "example keeper",
            DueLesson.TYPE,
            new ExampleKeeper(plan, settings.maturing(), settings.watch()))
        .uid(FraudUids.EXAMPLES);
  }

  static SingleOutputStreamOperator<ModelSnapshot> learn(
      DataStream<DueLesson> lessons,
      DataStream<ModelSnapshot> published,
      PlanSupplier plan,
      FraudSettings settings) {
    return lessons
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
    return KeyedBeside.add(
            passages.keyBy(Passage::order, Types.STRING),
            models.broadcast(),
            "order scorer",
            Decision.TYPE,
            new OrderScorer(plan, settings.scores()),
            0)
        .uid(FraudUids.SCORER)
        .setBufferTimeout(MESSAGE_WAITS_MS);
  }

  /** Payments that are settled, with what the model says of them. */
  public DataStream<ScoredOrder> scoredOrders() {
    return scored.getSideOutput(OrderScorer.SCORED);
  }

  /** Alert episodes. */
  public DataStream<FraudAlert> alerts() {
    return alerting.alerts();
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
    alerting.risks().sinkTo(sink.get()).name("Redis risk").uid(FraudUids.RISKS_SINK);
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
