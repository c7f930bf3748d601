package io.millrace.operators.fraud;

import io.millrace.features.fraud.RiskPolicy;
import java.io.Serializable;
import java.time.Duration;

/**
 * How payments are scored.
 *
 * @param policy what is done about a score
 * @param currency in which losses are expected
 * @param pinned the version of the model that scores, 0 for the newest
 * @param learnedAfter where a recording is evaluated, how long after its newest payment a version
 *     of the model is learned; else null
 * @param epoch of the versions in Redis
 */
public record ScoreSettings(
    RiskPolicy policy, String currency, long pinned, Duration learnedAfter, int epoch)
    implements Serializable {
  /** The usual policy in euros, with the newest version. */
  public static final ScoreSettings DEFAULT =
      new ScoreSettings(RiskPolicy.DEFAULT, "EUR", 0, null, 1);
}
