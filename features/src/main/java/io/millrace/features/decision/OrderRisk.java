package io.millrace.features.decision;

import io.millrace.features.event.FraudRule.Action;
import io.millrace.features.event.RiskReason;
import java.util.List;
import java.util.Objects;

/**
 * How risky an order is and what to do about it: a message of {@code order-risk} and, with a
 * version, the value of {@code decision:{<order_id>}}.
 *
 * @param orderId which order
 * @param eventId the event it answers; an answer to the same event says the same again
 * @param eventTime time of that event, milliseconds since the epoch
 * @param visitorId who ordered
 * @param score of the model, 0 to 1; null where there is no model yet
 * @param band how risky
 * @param action what to do
 * @param modelId the model of the score, null where there is none yet
 * @param modelVersion version of that model, null where there is none yet
 * @param rules that the order meets, each as {@code r7@3}: its id and its version
 * @param reasons why, the weightiest first
 */
public record OrderRisk(
    String orderId,
    String eventId,
    long eventTime,
    String visitorId,
    Double score,
    Band band,
    Action action,
    String modelId,
    Long modelVersion,
    List<String> rules,
    List<RiskReason> reasons) {

  public OrderRisk {
    Objects.requireNonNull(orderId, "orderId");
    Objects.requireNonNull(eventId, "eventId");
    Objects.requireNonNull(visitorId, "visitorId");
    Objects.requireNonNull(band, "band");
    Objects.requireNonNull(action, "action");
    checkScore(score);
    if ((modelId == null) != (modelVersion == null)) {
      throw new IllegalArgumentException(
          "model is " + modelId + " in version " + modelVersion + "; give both or neither");
    }
    rules = List.copyOf(rules);
    reasons = List.copyOf(reasons);
  }

  /** Demands that a score is none, or a number from 0 to 1. */
  static void checkScore(Double score) {
    if (score != null && !(score >= 0 && score <= 1)) {
      throw new IllegalArgumentException("score is " + score + "; it is from 0 to 1, or null");
    }
  }
}
