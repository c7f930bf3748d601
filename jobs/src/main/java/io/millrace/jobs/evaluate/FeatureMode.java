package io.millrace.jobs.evaluate;

import java.time.Duration;

/** How the payments of an evaluation of features arrive, and what happens to the job. */
enum FeatureMode {
  /** In the order of time. */
  IN_ORDER("in order", Duration.ZERO),
  /** In any order within the allowed lateness, one in a hundred twice. */
  SHUFFLED("shuffled", Duration.ofHours(1)),
  /** Likewise, and the job fails in the middle and goes on from its newest checkpoint. */
  RESTART("restart", Duration.ofHours(1));

  private final String label;
  private final Duration lateness;

  FeatureMode(String label, Duration lateness) {
    this.label = label;
    this.lateness = lateness;
  }

  /** Its name in the table. */
  String label() {
    return label;
  }

  /** How far behind another's time a payment may arrive. */
  Duration lateness() {
    return lateness;
  }
}
