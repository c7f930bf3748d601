package io.millrace.operators.fraud;

import io.millrace.features.event.FraudRule.Entity;
import io.millrace.features.event.RiskReason;
import io.millrace.operators.types.FlatTypeInfo;
import java.util.List;

/**
 * A payment that is settled, and what the model says of it.
 *
 * @param orderId the order
 * @param eventId the event that placed it
 * @param trail the entities that it names
 * @param time event time, milliseconds since the epoch
 * @param tie orders the payments of one millisecond
 * @param modelId of the model
 * @param modelVersion of it
 * @param probability of fraud, 0 to 1
 * @param expectedLoss in the currency, NaN where the amount is not known
 * @param reasons why, as {@link io.millrace.features.fraud.RiskReasons} gives them; empty where it
 *     is not worth a look
 */
public record ScoredOrder(
    String orderId,
    String eventId,
    Trail trail,
    long time,
    long tie,
    String modelId,
    long modelVersion,
    double probability,
    double expectedLoss,
    List<RiskReason> reasons) {
  /** How it crosses the network. */
  public static final FlatTypeInfo<ScoredOrder> TYPE =
      new FlatTypeInfo<>(ScoredOrder.class, new ScoredOrderSerializer());

  /** The id of the entity of a kind that it names, null for none. */
  public String entity(Entity kind) {
    return trail.id(kind);
  }

  /** Who placed it. */
  public String visitorId() {
    return trail.id(Entity.VISITOR);
  }
}
