package io.millrace.jobs.bench;

import io.millrace.features.event.FraudRule;
import io.millrace.features.event.FraudRule.Action;
import io.millrace.features.event.FraudRule.Aggregate;
import io.millrace.features.event.FraudRule.Comparison;
import io.millrace.features.event.FraudRule.Entity;
import io.millrace.features.event.FraudRule.Function;
import io.millrace.features.event.FraudRule.Severity;
import io.millrace.features.event.FraudRule.Source;
import io.millrace.features.event.FraudRule.State;
import java.util.ArrayList;
import java.util.List;

/**
 * Active rules on all kinds of entities: windows of counts, sums and different values over what a
 * condition lets through, each with thresholds of its own that hardly any order reaches. As in a
 * store, most look at a merchant or a country of their own, and a few at every order.
 */
final class BenchRules {
  private static final Entity[] KINDS = Entity.values();
  private static final long HOUR = 3_600_000;

  private BenchRules() {}

  /** So many of them; the first ones are the same in every number. */
  static List<FraudRule> of(int count) {
    List<FraudRule> rules = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      rules.add(rule(i));
    }
    return rules;
  }

  private static FraudRule rule(int i) {
    String where =
        switch (i % 10) {
          case 0 -> "status == 'placed'";
          case 1, 2 -> "status == 'placed' && total > " + (150 + i);
          case 3, 4, 5 -> "status == 'payment_failed' && merchant_id == 'm" + i + "'";
          default -> "status == 'placed' && merchant_id == 'm" + i + "'";
        };
    Aggregate aggregate =
        switch (i % 3) {
          case 0 -> new Aggregate(Function.COUNT, null, HOUR);
          case 1 -> new Aggregate(Function.SUM, "total", HOUR);
          default -> new Aggregate(Function.DISTINCT, "visitor_id", HOUR);
        };
    double threshold = i % 3 == 1 ? 100_000 : 400;
    return new FraudRule(
        "bench-" + i,
        1,
        "bench",
        State.ACTIVE,
        null,
        null,
        KINDS[i % KINDS.length],
        Source.ORDERS,
        where,
        aggregate,
        Comparison.AT_LEAST,
        threshold,
        List.of(),
        null,
        Severity.LOW,
        Action.MONITOR);
  }
}
