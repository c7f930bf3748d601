package io.millrace.operators.types;

import io.millrace.features.decision.OrderRisk;
import io.millrace.features.event.CatalogItem;
import io.millrace.features.event.Click;
import io.millrace.features.event.Control;
import io.millrace.features.event.DeadLetter;
import io.millrace.features.event.Erasure;
import io.millrace.features.event.ErasureReceipt;
import io.millrace.features.event.FraudAlert;
import io.millrace.features.event.FraudLabel;
import io.millrace.features.event.FraudRule;
import io.millrace.features.event.ModelSnapshot;
import io.millrace.features.event.Order;
import io.millrace.features.event.RiskReason;
import io.millrace.features.event.VisitorEvent;

/** Type information of what enters and leaves the engine through Kafka, in flat bytes. */
public final class EventTypes {
  /** A click. */
  public static final FlatTypeInfo<Click> CLICK =
      new FlatTypeInfo<>(Click.class, new ClickSerializer());

  /** One event in the life of an order. */
  public static final FlatTypeInfo<Order> ORDER =
      new FlatTypeInfo<>(Order.class, new OrderSerializer());

  /** A click or an order. */
  public static final FlatTypeInfo<VisitorEvent> VISITOR_EVENT =
      new FlatTypeInfo<>(VisitorEvent.class, new VisitorEventSerializer());

  /** What the store says of an item. */
  public static final FlatTypeInfo<CatalogItem> CATALOG_ITEM =
      new FlatTypeInfo<>(CatalogItem.class, new CatalogItemSerializer());

  /** What a person decides over the engine's head. */
  public static final FlatTypeInfo<Control> CONTROL =
      new FlatTypeInfo<>(Control.class, new ControlSerializer());

  /** What an analyst watches for. */
  public static final FlatTypeInfo<FraudRule> FRAUD_RULE =
      new FlatTypeInfo<>(FraudRule.class, new FraudRuleSerializer());

  /** What somebody found out about an order. */
  public static final FlatTypeInfo<FraudLabel> FRAUD_LABEL =
      new FlatTypeInfo<>(FraudLabel.class, new FraudLabelSerializer());

  /** A reason for a score or an alert. */
  public static final FlatTypeInfo<RiskReason> RISK_REASON =
      new FlatTypeInfo<>(RiskReason.class, new RiskReasonSerializer());

  /** What an alerting team is told of an episode. */
  public static final FlatTypeInfo<FraudAlert> FRAUD_ALERT =
      new FlatTypeInfo<>(FraudAlert.class, new FraudAlertSerializer());

  /** How risky an order is and what to do about it. */
  public static final FlatTypeInfo<OrderRisk> ORDER_RISK =
      new FlatTypeInfo<>(OrderRisk.class, new OrderRiskSerializer());

  /** A request to forget a visitor. */
  public static final FlatTypeInfo<Erasure> ERASURE =
      new FlatTypeInfo<>(Erasure.class, new ErasureSerializer());

  /** A job's answer to it. */
  public static final FlatTypeInfo<ErasureReceipt> ERASURE_RECEIPT =
      new FlatTypeInfo<>(ErasureReceipt.class, new ErasureReceiptSerializer());

  /** A published version of a learned model. */
  public static final FlatTypeInfo<ModelSnapshot> MODEL_SNAPSHOT =
      new FlatTypeInfo<>(ModelSnapshot.class, new ModelSnapshotSerializer());

  /** A message that could not be read. */
  public static final FlatTypeInfo<DeadLetter> DEAD_LETTER =
      new FlatTypeInfo<>(DeadLetter.class, new DeadLetterSerializer());

  private EventTypes() {}
}
