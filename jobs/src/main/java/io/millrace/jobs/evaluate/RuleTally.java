package io.millrace.jobs.evaluate;

import io.millrace.features.event.FraudAlert;
import io.millrace.features.event.FraudAlert.Cause;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** The alerts of rules over recorded orders. */
final class RuleTally {
  private final Map<String, Alerted> byRule = new HashMap<>();

  /**
   * What a rule alerted about.
   *
   * @param alerts ids of the alerts
   * @param entities the entities they are about
   * @param orders ids of the orders they name
   */
  record Alerted(Set<String> alerts, Set<String> entities, Set<String> orders) {
    static Alerted none() {
      return new Alerted(new HashSet<>(), new HashSet<>(), new HashSet<>());
    }
  }

  /** Takes a revision of an alert; those of models do not count. */
  synchronized void take(FraudAlert alert) {
    if (alert.cause().type() != Cause.Type.RULE) {
      return;
    }
    Alerted alerted = byRule.computeIfAbsent(alert.cause().id(), any -> Alerted.none());
    alerted.alerts().add(alert.alertId());
    alerted.entities().add(alert.entity());
    alerted.orders().addAll(alert.orderIds());
  }

  /** What a rule alerted about. */
  synchronized Alerted of(String ruleId) {
    return byRule.getOrDefault(ruleId, Alerted.none());
  }
}
