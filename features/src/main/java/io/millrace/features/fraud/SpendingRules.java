package io.millrace.features.fraud;

import java.time.Duration;
import java.util.List;

/**
 * How {@link SpendingRisk} looks at the payments of a card or a visitor.
 *
 * @param populationMean what a payment of the store usually is, in the currency. A setting and not
 *     a running mean, so that the signals of a payment depend on the payments of its entity alone;
 *     it matters for an entity's first few payments
 * @param shrinkage so many payments of that amount an entity is credited with
 * @param large an amount is large if it is more than so many times the entity's mean
 * @param episode for so long after a large amount the next ones belong to it
 */
public record SpendingRules(double populationMean, double shrinkage, double large, Duration episode)
    implements EntityRules {
  static final List<String> SIGNALS =
      List.of("ratio", "episode_age", "episode_payments", "episode_large");

  /** Ratio 3 and 14 days, as fit simulated cards whose payments are about 50. */
  public static final SpendingRules DEFAULT = new SpendingRules(50, 2, 3, Duration.ofDays(14));

  public SpendingRules {
    RuleChecks.positive("population mean", populationMean);
    RuleChecks.positive("shrinkage", shrinkage);
    RuleChecks.positive("large", large);
    RuleChecks.span("episode", episode, Duration.ofMinutes(1));
  }

  @Override
  public List<String> signals() {
    return SIGNALS;
  }
}
