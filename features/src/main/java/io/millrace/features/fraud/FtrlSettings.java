package io.millrace.features.fraud;

/**
 * How fast {@link FtrlLearner} learns and how much evidence a weight needs.
 *
 * @param alpha size of the first steps. One-hot features want 1: at .1 rare bins, which tell the
 *     most, do not get off the ground
 * @param beta slows the first steps of a weight
 * @param l1 so much gradient must come together before a weight is other than 0
 * @param l2 pulls weights to 0
 */
public record FtrlSettings(double alpha, double beta, double l1, double l2) {
  /** α 1, β 1, λ1 .5, λ2 1. */
  public static final FtrlSettings DEFAULT = new FtrlSettings(1, 1, .5, 1);

  public FtrlSettings {
    RuleChecks.positive("alpha", alpha);
    RuleChecks.positive("beta", beta);
    RuleChecks.notNegative("l1", l1);
    RuleChecks.notNegative("l2", l2);
  }
}
