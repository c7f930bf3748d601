package io.millrace.features.fraud;

import io.millrace.features.decision.Band;
import io.millrace.features.event.FraudRule.Action;
import io.millrace.features.event.FraudRule.Severity;
import java.io.Serializable;

/**
 * What a store does about a probability of fraud.
 *
 * @param medium probability from which on a risk is medium
 * @param high from which on it is high
 * @param block from which on an order is to be blocked
 * @param reviewCost what it costs to look at an order, in the currency: more than this must be
 *     expected to be lost before anybody looks
 */
public record RiskPolicy(double medium, double high, double block, double reviewCost)
    implements Serializable {
  /** A tenth, a half, nine tenths; 5 a review. */
  public static final RiskPolicy DEFAULT = new RiskPolicy(.1, .5, .9, 5);

  public RiskPolicy {
    if (!(0 < medium && medium <= high && high <= block && block <= 1)) {
      throw new IllegalArgumentException(
          "risks are medium from %s, high from %s and blocked from %s; set shares that rise, above 0 and up to 1"
              .formatted(medium, high, block));
    }
    RuleChecks.notNegative("review cost", reviewCost);
  }

  /** How risky an order of that probability is. */
  public Band band(double probability) {
    if (probability >= high) {
      return Band.HIGH;
    }
    return probability >= medium ? Band.MEDIUM : Band.LOW;
  }

  /** How risky it is what an alert of that severity is about. */
  public static Band band(Severity severity) {
    return switch (severity) {
      case LOW -> Band.LOW;
      case MEDIUM -> Band.MEDIUM;
      case HIGH, CRITICAL -> Band.HIGH;
    };
  }

  /** How bad an alert about it is. */
  public Severity severity(double probability) {
    if (probability >= block) {
      return Severity.CRITICAL;
    }
    return switch (band(probability)) {
      case HIGH -> Severity.HIGH;
      case MEDIUM -> Severity.MEDIUM;
      case LOW -> Severity.LOW;
    };
  }

  /**
   * What is to be done about it.
   *
   * @param expectedLoss probability × amount in the currency, NaN where the amount is not known
   */
  public Action action(double probability, double expectedLoss) {
    if (probability >= block) {
      return Action.BLOCK;
    }
    return isWorthReview(probability, expectedLoss) ? Action.REVIEW : Action.MONITOR;
  }

  /** Whether more is expected to be lost than a look at it costs. */
  public boolean isWorthReview(double probability, double expectedLoss) {
    return Double.isNaN(expectedLoss) ? probability >= high : expectedLoss > reviewCost;
  }
}
