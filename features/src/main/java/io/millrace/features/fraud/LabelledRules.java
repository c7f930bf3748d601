package io.millrace.features.fraud;

import java.time.Duration;
import java.util.List;

/**
 * How {@link LabelledRisk} looks at the matured labels of a merchant, a device or an address.
 *
 * @param maturity how old a payment is when its label counts
 * @param episode an unexplained fraud later than this after the first of an episode begins a new
 *     one
 * @param shortWindow of the first risk, looking back from where labels are mature
 * @param longWindow of the second
 * @param prior what the risks are without payments
 * @param priorWeight so many payments the prior counts
 * @param maxRows payments kept one by one; of what is older than so many, windows know counts of an
 *     eighth of the short window
 * @param explainedBy the signal by which a fraud is explained, so that it does not speak against
 *     this entity, such as {@code card_ratio}; null if none is
 * @param explainedAbove a fraud is explained if the signal was above this at its payment
 */
public record LabelledRules(
    Duration maturity,
    Duration episode,
    Duration shortWindow,
    Duration longWindow,
    double prior,
    double priorWeight,
    int maxRows,
    String explainedBy,
    double explainedAbove)
    implements EntityRules {
  static final List<String> SIGNALS =
      List.of(
          "unexplained_age",
          "streak",
          "episode_frauds",
          "episode_genuine",
          "risk_short",
          "risk_long",
          "genuine_age");

  /** 7 days to mature, episodes of 28 days, risks over 7 and 30 days; every fraud unexplained. */
  public static final LabelledRules DEFAULT =
      new LabelledRules(
          Duration.ofDays(7),
          Duration.ofDays(28),
          Duration.ofDays(7),
          Duration.ofDays(30),
          .008,
          1,
          1_024,
          null,
          0);

  public LabelledRules {
    RuleChecks.span("maturity", maturity, Duration.ZERO);
    RuleChecks.span("episode", episode, Duration.ofMinutes(1));
    RuleChecks.span("short window", shortWindow, Duration.ofMinutes(1));
    RuleChecks.span("long window", longWindow, shortWindow);
    if (longWindow.compareTo(shortWindow.multipliedBy(64)) > 0) {
      throw new IllegalArgumentException(
          "long window is %s; set at most 64 times the short window of %s"
              .formatted(longWindow, shortWindow));
    }
    RuleChecks.notNegative("prior", prior);
    if (prior > 1) {
      throw new IllegalArgumentException("prior is %s; set a share, 0 to 1".formatted(prior));
    }
    RuleChecks.positive("prior weight", priorWeight);
    RuleChecks.between("max rows", maxRows, 1, 100_000);
    if (!Double.isFinite(explainedAbove)) {
      throw new IllegalArgumentException(
          "explained above is %s; set a finite number".formatted(explainedAbove));
    }
  }

  /** The same where labels count at another age. */
  public LabelledRules withMaturity(Duration other) {
    return new LabelledRules(
        other,
        episode,
        shortWindow,
        longWindow,
        prior,
        priorWeight,
        maxRows,
        explainedBy,
        explainedAbove);
  }

  /** The same where a fraud is explained if a signal was above a number. */
  public LabelledRules explainedBy(String signal, double above) {
    return new LabelledRules(
        maturity, episode, shortWindow, longWindow, prior, priorWeight, maxRows, signal, above);
  }

  /** Whether a fraud at which the signal was so is explained. */
  public boolean explains(double signal) {
    return explainedBy != null && signal > explainedAbove;
  }

  @Override
  public List<String> signals() {
    return SIGNALS;
  }
}
