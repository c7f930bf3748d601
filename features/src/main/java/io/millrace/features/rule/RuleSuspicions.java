package io.millrace.features.rule;

import io.millrace.features.alert.Suspicion;
import io.millrace.features.alert.Suspicion.Participant;
import io.millrace.features.event.FraudAlert.Cause;
import io.millrace.features.event.FraudRule;
import io.millrace.features.event.FraudRule.State;
import io.millrace.features.event.RiskReason;
import java.util.List;

/** What the match of a rule says to whoever alerts. */
final class RuleSuspicions {
  private RuleSuspicions() {}

  static Suspicion of(
      FraudRule rule, RuleMatch match, String entity, long tie, List<Participant> events) {
    return new Suspicion(
        new Cause(Cause.Type.RULE, rule.ruleId(), rule.version()),
        rule.state() == State.SHADOW,
        entity,
        match.to(),
        tie,
        rule.severity(),
        rule.action(),
        null,
        null,
        null,
        List.of(reason(rule, match)),
        events,
        match.from());
  }

  private static RiskReason reason(FraudRule rule, RuleMatch match) {
    if (rule.aggregate() != null) {
      String field = rule.aggregate().field();
      String function = rule.aggregate().function().wireName();
      return new RiskReason(
          code(match),
          field == null ? function : function + ' ' + field,
          match.value(),
          rule.threshold(),
          null);
    } else if (!rule.steps().isEmpty()) {
      return new RiskReason("steps", "events", match.value(), match.value(), null);
    }
    return new RiskReason("condition", rule.where(), null, null, null);
  }

  /** A new rule's windows start empty, which is said. */
  private static String code(RuleMatch match) {
    if (!match.complete()) {
      return "aggregate_incomplete";
    }
    return match.approximate() ? "aggregate_approximate" : "aggregate";
  }
}
