package io.millrace.features.ranking;

/** What was to be an example is none from which anything can be learned. */
public final class InvalidExampleException extends Exception {
  private final Reason reason;

  /** Why; for counting. */
  public enum Reason {
    /** Not from 2 to {@link RankingFeatures#MAX_CANDIDATES} candidates. */
    CANDIDATES,
    /** The clicked candidate is none of them. */
    CLICKED,
    /** A feature is infinite or not a number. */
    FEATURE,
    /** The weight is not above 0 and up to {@link RankingExample#MAX_WEIGHT}. */
    WEIGHT
  }

  InvalidExampleException(Reason reason, String detail) {
    // Thrown once for each bad example: no stack trace, a flood of them must stay cheap.
    super(detail, null, false, false);
    this.reason = reason;
  }

  /** Why; for counting. */
  public Reason reason() {
    return reason;
  }
}
