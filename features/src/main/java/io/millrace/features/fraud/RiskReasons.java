package io.millrace.features.fraud;

import io.millrace.features.event.RiskReason;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Why a model gives the score it gives: each feature with what it adds to the log-odds of fraud,
 * the largest first, and last the {@code baseline} that they are added to. All of them add up to
 * the log-odds.
 */
public final class RiskReasons {
  /** The code of what the others are added to. */
  public static final String BASELINE = "baseline";

  private static final Comparator<RiskReason> LARGEST =
      Comparator.comparingDouble((RiskReason reason) -> -Math.abs(reason.contribution()))
          .thenComparing(RiskReason::code);

  private RiskReasons() {}

  /**
   * The reasons for a payment.
   *
   * @param signals of the payment
   * @param active its active weights
   */
  public static List<RiskReason> of(
      FraudModel model, FraudDeclaration declaration, double[] signals, int[] active) {
    double[] contributions = model.contributions(active);
    List<RiskReason> reasons = new ArrayList<>();
    for (int i = 0; i < contributions.length; i++) {
      FraudFeature feature = declaration.features().get(i);
      double value = signals[declaration.place(feature.signals().get(0).signal())];
      reasons.add(
          new RiskReason(
              feature.name(),
              declaration.words(i, signals),
              Double.isNaN(value) ? null : value,
              null,
              contributions[i]));
    }
    reasons.sort(LARGEST);
    reasons.add(new RiskReason(BASELINE, "all payments", null, null, model.baseline()));
    return reasons;
  }
}
