package io.millrace.operators.fraud;

import io.millrace.features.alert.AlertBudget;
import io.millrace.features.alert.AuditSample;
import io.millrace.features.alert.Suspicion;
import io.millrace.features.alert.Suspicion.Participant;
import io.millrace.features.event.FraudAlert.Cause;
import io.millrace.features.event.FraudRule.Action;
import io.millrace.features.event.FraudRule.Entity;
import io.millrace.features.event.FraudRule.Severity;
import io.millrace.features.event.RiskReason;
import io.millrace.features.fraud.RiskPolicy;
import io.millrace.features.watch.EntityIds;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.typeutils.base.array.BytePrimitiveArraySerializer;
import org.apache.flink.metrics.Counter;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.runtime.state.StateSnapshotContext;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;

/**
 * One for the job: which scores are worth an alert. Those of which more loss is expected than a
 * review costs, as many a day as there is a budget for, in the order of event time; and a small
 * sample of all others, so that it is known what is missed.
 *
 * <p>Metrics: {@code alert_candidates}, {@code alerts_over_budget}, {@code orders_audited}.
 */
final class ModelAlerts extends AbstractStreamOperator<Suspicion>
    implements OneInputStreamOperator<ScoredOrder, Suspicion> {
  /** The code of the reason that an order is looked at although its score is low. */
  static final String AUDIT = "audit_sample";

  private static final Comparator<ScoredOrder> BY_PLACE =
      Comparator.comparingLong(ScoredOrder::time)
          .thenComparingLong(ScoredOrder::tie)
          .thenComparing(ScoredOrder::orderId);

  private final RiskPolicy policy;
  private final AlertSettings settings;

  private transient PriorityQueue<ScoredOrder> waiting;
  private transient AlertBudget budget;
  private transient ListState<ScoredOrder> storedOrders;
  private transient ListState<byte[]> storedBudget;
  private transient Counter candidates;
  private transient Counter overBudget;
  private transient Counter audited;

  ModelAlerts(RiskPolicy policy, AlertSettings settings) {
    this.policy = policy;
    this.settings = settings;
  }

  /** Whether an order may become an alert, which is all that needs to come here. */
  static boolean concerns(ScoredOrder order, RiskPolicy policy, AlertSettings settings) {
    return policy.isWorthReview(order.probability(), order.expectedLoss())
        || AuditSample.takes(order.orderId(), settings.auditShare());
  }

  @Override
  public void initializeState(StateInitializationContext context) throws Exception {
    super.initializeState(context);
    waiting = new PriorityQueue<>(BY_PLACE);
    budget = AlertBudget.of(settings.budget());
    storedOrders =
        context
            .getOperatorStateStore()
            .getListState(
                new ListStateDescriptor<>("alert-candidates", ScoredOrder.TYPE.serializer()));
    storedBudget =
        context
            .getOperatorStateStore()
            .getListState(
                new ListStateDescriptor<>("alert-budget", BytePrimitiveArraySerializer.INSTANCE));
    storedOrders.get().forEach(waiting::add);
    for (byte[] bytes : storedBudget.get()) {
      budget = AlertBudget.ofBytes(bytes, settings.budget());
    }
  }

  @Override
  public void open() throws Exception {
    super.open();
    candidates = getMetricGroup().counter("alert_candidates");
    overBudget = getMetricGroup().counter("alerts_over_budget");
    audited = getMetricGroup().counter("orders_audited");
  }

  @Override
  public void processElement(StreamRecord<ScoredOrder> element) {
    waiting.add(element.getValue());
  }

  @Override
  public void processWatermark(Watermark mark) throws Exception {
    while (!waiting.isEmpty() && waiting.peek().time() <= mark.getTimestamp()) {
      decide(waiting.poll());
    }
    super.processWatermark(mark);
  }

  private void decide(ScoredOrder order) {
    if (policy.isWorthReview(order.probability(), order.expectedLoss())) {
      candidates.inc();
      if (budget.admits(order.time(), order.probability())) {
        tell(
            order,
            policy.severity(order.probability()),
            policy.action(order.probability(), order.expectedLoss()),
            order.reasons());
        return;
      }
      overBudget.inc();
    }
    if (AuditSample.takes(order.orderId(), settings.auditShare())) {
      audited.inc();
      List<RiskReason> reasons = new ArrayList<>();
      reasons.add(new RiskReason(AUDIT, "order", null, null, null));
      reasons.addAll(order.reasons());
      tell(order, Severity.LOW, Action.REVIEW, reasons);
    }
  }

  private void tell(ScoredOrder order, Severity severity, Action action, List<RiskReason> reasons) {
    double loss = order.expectedLoss();
    output.collect(
        new StreamRecord<>(
            new Suspicion(
                new Cause(Cause.Type.MODEL, order.modelId(), order.modelVersion()),
                false,
                entity(order),
                order.time(),
                order.tie(),
                severity,
                action,
                order.probability(),
                order.probability(),
                Double.isNaN(loss) ? null : loss,
                reasons,
                List.of(
                    new Participant(
                        order.eventId(), order.visitorId(), order.orderId(), order.time())),
                order.time()),
            order.time()));
  }

  /** What an alert about an order is about: the card, or without one the visitor. */
  private static String entity(ScoredOrder order) {
    String card = order.entity(Entity.CARD);
    return card != null
        ? EntityIds.named(Entity.CARD, card)
        : EntityIds.named(Entity.VISITOR, order.visitorId());
  }

  @Override
  public void snapshotState(StateSnapshotContext context) throws Exception {
    super.snapshotState(context);
    storedOrders.update(new ArrayList<>(waiting));
    storedBudget.update(List.of(budget.toBytes()));
  }
}
