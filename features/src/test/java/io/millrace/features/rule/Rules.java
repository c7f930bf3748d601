package io.millrace.features.rule;

import io.millrace.features.event.FraudRule;
import io.millrace.features.event.FraudRule.Action;
import io.millrace.features.event.FraudRule.Aggregate;
import io.millrace.features.event.FraudRule.Comparison;
import io.millrace.features.event.FraudRule.Entity;
import io.millrace.features.event.FraudRule.Severity;
import io.millrace.features.event.FraudRule.Source;
import io.millrace.features.event.FraudRule.State;
import io.millrace.features.event.FraudRule.Step;
import java.util.List;

/**
 * Rules for tests, in few words.
 *
 * @param id of the rule
 * @param entity what it watches
 */
record Rules(String id, Entity entity) {
  static Rules rule(String id, Entity entity) {
    return new Rules(id, entity);
  }

  FraudRule plain(Source on, String where) {
    return of(State.ACTIVE, null, null, on, where, null, null, null, List.of(), null);
  }

  FraudRule aggregate(
      Source on, String where, Aggregate aggregate, Comparison compare, double threshold) {
    return of(State.ACTIVE, null, null, on, where, aggregate, compare, threshold, List.of(), null);
  }

  FraudRule steps(long within, Step... steps) {
    return of(State.ACTIVE, null, null, null, null, null, null, null, List.of(steps), within);
  }

  /** The rule in another state, or at other times. */
  static FraudRule during(FraudRule rule, State state, Long from, Long until) {
    return new Rules(rule.ruleId(), rule.entity())
        .of(
            state,
            from,
            until,
            rule.on(),
            rule.where(),
            rule.aggregate(),
            rule.compare(),
            rule.threshold(),
            rule.steps(),
            rule.within());
  }

  private FraudRule of(
      State state,
      Long from,
      Long until,
      Source on,
      String where,
      Aggregate aggregate,
      Comparison compare,
      Double threshold,
      List<Step> steps,
      Long within) {
    return new FraudRule(
        id,
        1,
        "ana",
        state,
        from,
        until,
        entity,
        on,
        where,
        aggregate,
        compare,
        threshold,
        steps,
        within,
        Severity.HIGH,
        Action.REVIEW);
  }
}
