package io.millrace.features.fraud;

import java.io.Serializable;
import java.time.Duration;

/**
 * When labels count.
 *
 * @param horizon so long after its payment a label matures
 * @param corrections so long after that a label that contradicts is still heard
 * @param capacity most payments and labels that are kept
 */
public record MaturingSettings(Duration horizon, Duration corrections, int capacity)
    implements Serializable {
  /** Most that {@code capacity} may be. */
  public static final int MAX_CAPACITY = 10_000_000;

  /** 7 days, corrections for 30 more, a million payments. */
  public static final MaturingSettings DEFAULT =
      new MaturingSettings(Duration.ofDays(7), Duration.ofDays(30), 1_000_000);

  public MaturingSettings {
    RuleChecks.span("horizon", horizon, Duration.ZERO);
    RuleChecks.span("corrections", corrections, Duration.ZERO);
    RuleChecks.between("capacity", capacity, 1, MAX_CAPACITY);
  }
}
