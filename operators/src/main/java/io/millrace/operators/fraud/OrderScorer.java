package io.millrace.operators.fraud;

import io.millrace.features.decision.Band;
import io.millrace.features.decision.OrderRisk;
import io.millrace.features.event.FraudRule.Action;
import io.millrace.features.event.InvalidEventException;
import io.millrace.features.event.ModelSnapshot;
import io.millrace.features.event.Order;
import io.millrace.features.event.RiskReason;
import io.millrace.features.fraud.FraudDeclaration;
import io.millrace.features.fraud.FraudModel;
import io.millrace.features.fraud.RiskPolicy;
import io.millrace.features.fraud.RiskReasons;
import io.millrace.features.order.OrderEntry;
import io.millrace.features.order.OrderTotal;
import io.millrace.operators.fraud.Passage.Hit;
import io.millrace.operators.types.EventTypes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.PriorityQueue;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.metrics.Counter;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.runtime.state.StateSnapshotContext;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.TwoInputStreamOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.util.OutputTag;

/**
 * By order: scores payments, one that arrives as soon as all who were asked have told what they
 * know, which is what a checkout waits for, and one that is settled, which is what alerts are made
 * of. It keeps nothing of what is whole. Versions of the model come by the second input, broadcast;
 * one that does not fit is refused, and the last good one serves on.
 *
 * <p>Metrics: {@code orders_answered}, {@code orders_without_model}, {@code models_refused}, {@code
 * model_version}.
 */
final class OrderScorer extends AbstractStreamOperator<Decision>
    implements TwoInputStreamOperator<Passage, ModelSnapshot, Decision> {
  static final OutputTag<ScoredOrder> SCORED = new OutputTag<>("scored-orders", ScoredOrder.TYPE);

  private static final Comparator<Passage> BY_PLACE =
      Comparator.comparingLong((Passage passage) -> passage.payment().eventTime())
          .thenComparingLong(passage -> Passage.tie(passage.payment()));

  private final PlanSupplier plan;
  private final ScoreSettings settings;

  private transient FraudDeclaration declaration;
  private transient Gathering gathering;
  private transient ScorerModels models;
  private transient PriorityQueue<Passage> waiting;
  private transient ListState<ModelSnapshot> storedModels;
  private transient ListState<Passage> storedPassages;
  private transient Counter answered;
  private transient Counter withoutModel;
  private transient Counter refused;

  OrderScorer(PlanSupplier plan, ScoreSettings settings) {
    this.plan = plan;
    this.settings = settings;
  }

  @Override
  public void initializeState(StateInitializationContext context) throws Exception {
    super.initializeState(context);
    declaration = plan.get().declaration();
    models = new ScorerModels(declaration, settings.pinned(), settings.learnedAfter());
    gathering = new Gathering("arrived-orders", declaration, this, context);
    waiting = new PriorityQueue<>(BY_PLACE);
    storedModels =
        context
            .getOperatorStateStore()
            .getUnionListState(
                new ListStateDescriptor<>("fraud-models", EventTypes.MODEL_SNAPSHOT.serializer()));
    storedPassages =
        context
            .getOperatorStateStore()
            .getListState(new ListStateDescriptor<>("unscored-orders", Passage.TYPE.serializer()));
    refused = getMetricGroup().counter("models_refused");
    for (ModelSnapshot snapshot : storedModels.get()) {
      hear(snapshot);
    }
    storedPassages.get().forEach(waiting::add);
  }

  @Override
  public void open() throws Exception {
    super.open();
    answered = getMetricGroup().counter("orders_answered");
    withoutModel = getMetricGroup().counter("orders_without_model");
    getMetricGroup()
        .gauge("model_version", () -> models.newest().map(FraudModel::version).orElse(0L));
  }

  @Override
  public void processElement1(StreamRecord<Passage> element) {
    Passage passage = element.getValue();
    switch (passage.phase()) {
      case ARRIVE -> {
        Passage whole = gathering.add(passage);
        if (whole != null) {
          answer(whole);
        }
      }
      case SETTLE -> {
        if (settings.learnedAfter() == null) {
          score(passage);
        } else {
          waiting.add(passage);
        }
      }
      case FORGET -> {
        gathering.forget(passage);
        output.collect(new StreamRecord<>(Decision.forget(passage.order(), passage.upTo())));
      }
      case LEARN -> throw new IllegalStateException("what is learned does not come here");
    }
  }

  private void answer(Passage passage) {
    answered.inc();
    Order order = passage.payment();
    Optional<FraudModel> model = models.newest();
    Double probability = null;
    List<RiskReason> reasons = List.of();
    Band band = Band.LOW;
    Action action = Action.MONITOR;
    if (model.isPresent()) {
      int[] active = declaration.indices(passage.signals());
      probability = model.get().probability(active);
      reasons = RiskReasons.of(model.get(), declaration, passage.signals(), active);
      band = settings.policy().band(probability);
      action = settings.policy().action(probability, expectedLoss(probability, order));
    } else {
      withoutModel.inc();
    }
    List<String> rules = new ArrayList<>();
    for (Hit hit : passage.hits()) {
      rules.add(hit.rule());
      band = max(band, RiskPolicy.band(hit.severity()));
      action = max(action, hit.action());
    }
    output.collect(
        new StreamRecord<>(
            Decision.of(
                new OrderRisk(
                    order.orderId(),
                    order.eventId(),
                    order.eventTime(),
                    order.visitorId(),
                    probability,
                    band,
                    action,
                    model.map(each -> each.snapshot().modelId()).orElse(null),
                    model.map(FraudModel::version).orElse(null),
                    rules,
                    reasons),
                passage.origin()),
            order.eventTime()));
  }

  private static <T extends Enum<T>> T max(T one, T other) {
    return one.compareTo(other) >= 0 ? one : other;
  }

  /** In the currency of the job, NaN where the amount is not known in it. */
  private double expectedLoss(double probability, Order order) {
    long amount =
        settings.currency().equals(order.currency()) ? OrderTotal.of(order) : OrderTotal.UNKNOWN;
    return amount == OrderTotal.UNKNOWN ? Double.NaN : probability * amount / OrderEntry.UNIT;
  }

  private void score(Passage passage) {
    Order order = passage.payment();
    Optional<FraudModel> model = models.at(order.eventTime());
    if (model.isEmpty()) {
      return;
    }
    int[] active = declaration.indices(passage.signals());
    double probability = model.get().probability(active);
    double loss = expectedLoss(probability, order);
    RiskPolicy policy = settings.policy();
    List<RiskReason> reasons =
        policy.isWorthReview(probability, loss)
            ? RiskReasons.of(model.get(), declaration, passage.signals(), active)
            : List.of();
    output.collect(
        SCORED,
        new StreamRecord<>(
            new ScoredOrder(
                order.orderId(),
                order.eventId(),
                Trail.of(order),
                order.eventTime(),
                Passage.tie(order),
                model.get().snapshot().modelId(),
                model.get().version(),
                probability,
                loss,
                reasons),
            order.eventTime()));
  }

  @Override
  public void processElement2(StreamRecord<ModelSnapshot> element) {
    if (FraudModel.is(element.getValue())) {
      hear(element.getValue());
    }
  }

  private void hear(ModelSnapshot snapshot) {
    if (!snapshot.modelId().equals(FraudModel.id(declaration))) {
      return;
    }
    try {
      models.hear(snapshot);
    } catch (InvalidEventException e) {
      refused.inc();
      LOG.warn(
          "Version {} of {} is refused: {}",
          snapshot.version(),
          snapshot.modelId(),
          e.getMessage());
    }
  }

  @Override
  public void processWatermark(Watermark mark) throws Exception {
    while (!waiting.isEmpty() && waiting.peek().payment().eventTime() <= mark.getTimestamp()) {
      score(waiting.poll());
    }
    super.processWatermark(mark);
  }

  @Override
  public void snapshotState(StateSnapshotContext context) throws Exception {
    super.snapshotState(context);
    gathering.snapshot();
    boolean writer = getRuntimeContext().getTaskInfo().getIndexOfThisSubtask() == 0;
    storedModels.update(writer ? models.all() : List.of());
    storedPassages.update(new ArrayList<>(waiting));
  }
}
