package io.millrace.features.event;

import java.util.Objects;

/**
 * One reason for a score or an alert.
 *
 * @param code names the kind of reason, such as the feature of the model or the rule
 * @param feature what was looked at
 * @param value what it was, null where it is no number or absent
 * @param baseline what it is compared with, null where there is nothing to compare
 * @param contribution what it adds to the log-odds of fraud; null of a rule
 */
public record RiskReason(
    String code, String feature, Double value, Double baseline, Double contribution) {
  public RiskReason {
    Objects.requireNonNull(code, "code");
    Objects.requireNonNull(feature, "feature");
  }
}
