package io.millrace.jobs.options;

import java.time.Duration;
import java.util.List;

/** The recommendation job. */
public final class RecommendOptions {
  /** Whether events teach. */
  public static final Option<Boolean> LEARN =
      Option.booleanOption(
          "recommend.learn",
          true,
          "Whether events change what is known; false only asks, for probes and frozen"
              + " evaluations.");

  /** Idle time that ends a session. */
  public static final Option<Duration> SESSION_GAP =
      Option.durationOption(
          "recommend.session-gap",
          Duration.ofMinutes(30),
          Duration.ofSeconds(1),
          Duration.ofDays(1),
          "Idle time after which a visitor's session ends, where events carry no session_id.");

  /** Sessions kept for an item. */
  public static final Option<Integer> SESSIONS_PER_ITEM =
      Option.intOption(
          "recommend.sessions-per-item",
          50,
          1,
          1_000,
          "Newest sessions kept for each item (M); more cost state and time.");

  static final List<Option<?>> ALL = List.of(LEARN, SESSION_GAP, SESSIONS_PER_ITEM);

  private RecommendOptions() {}
}
