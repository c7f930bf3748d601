package io.millrace.features.session;

import java.io.Serializable;

/**
 * How clicks become sessions.
 *
 * @param gapMs a pause longer than this ends a session that the sender has not named, milliseconds
 * @param flushMs event time within which the older items of a session learn of it, milliseconds
 * @param outOfOrdernessMs clicks may come this much behind a visitor's newest one, milliseconds
 * @param asked items of a session that learn of each click at once, and are asked
 * @param maxClicksPerMinute a session with more clicks in a minute is a bot's; 0 is no limit
 * @param maxBreadth a session that moved to another item more often is a bot's; 0 is no limit
 */
public record SessionSettings(
    long gapMs,
    long flushMs,
    long outOfOrdernessMs,
    int asked,
    int maxClicksPerMinute,
    int maxBreadth)
    implements Serializable {

  /** What the contract and the recommender default to. */
  public static final SessionSettings DEFAULT =
      new SessionSettings(30 * 60_000L, 2 * 60_000L, 5_000L, 4, 100, 500);
}
