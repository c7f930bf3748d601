package io.millrace.features.alert;

import io.millrace.features.event.RiskReason;
import java.util.List;

/**
 * What speaks for fraud in an episode: of its suspicion with the highest score, of those without a
 * score the newest.
 */
record Evidence(Double score, Double probability, Double expectedLoss, List<RiskReason> reasons) {

  static Evidence of(Suspicion suspicion) {
    return new Evidence(
        suspicion.score(), suspicion.probability(), suspicion.expectedLoss(), suspicion.reasons());
  }

  /** What stands once there is more. */
  Evidence or(Evidence other, boolean otherIsNewer) {
    int more = Double.compare(other.rank(), rank());
    return more > 0 || more == 0 && otherIsNewer ? other : this;
  }

  private double rank() {
    return score == null ? -1 : score;
  }

  void write(StateWriter out) {
    out.decimal(score);
    out.decimal(probability);
    out.decimal(expectedLoss);
    out.reasons(reasons);
  }

  static Evidence read(StateReader in) {
    return new Evidence(in.decimal(), in.decimal(), in.decimal(), in.reasons());
  }
}
