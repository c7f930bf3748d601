package io.millrace.operators.fraud;

import io.millrace.features.event.FraudRule;
import io.millrace.operators.types.FlatTypeInfo;

/**
 * What everybody who watches is told of a rule.
 *
 * @param ruleId which
 * @param rule as it is from now on, null where it is deleted
 * @param since event time since which it has been watching, milliseconds since the epoch
 */
record AdmittedRule(String ruleId, FraudRule rule, long since) {
  static final FlatTypeInfo<AdmittedRule> TYPE =
      new FlatTypeInfo<>(AdmittedRule.class, new AdmittedRuleSerializer());

  static AdmittedRule deleted(String ruleId) {
    return new AdmittedRule(ruleId, null, 0);
  }
}
