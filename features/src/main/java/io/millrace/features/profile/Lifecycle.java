package io.millrace.features.profile;

import java.util.Locale;

/**
 * Where a visitor stands, measured by the visitor's own rhythm: the mean time between two days on
 * which they came. One who stays away for twice as long is at risk, for four times as long lapsed.
 *
 * @param stage at the time asked for
 * @param until event time at which that changes if nothing happens, milliseconds since the epoch;
 *     Long.MAX_VALUE for never
 */
public record Lifecycle(Stage stage, long until) {
  private static final long DAY_MS = 86_400_000;
  private static final long LONGEST_RHYTHM_MS = 30 * DAY_MS;
  private static final int AT_RISK_AFTER = 2;
  private static final int LAPSED_AFTER = 4;

  /** The stages. */
  public enum Stage {
    /** Came for the first time a short while ago. */
    NEW,
    ACTIVE,
    /** Has stayed away longer than usual. */
    AT_RISK,
    LAPSED;

    /** The name in Redis, for example {@code at_risk}. */
    public String wireName() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** Milliseconds for which the stage of a visitor who was just there stays at least. */
  static long leastWait(ProfileSettings settings) {
    return Math.min(settings.newFor().toMillis(), AT_RISK_AFTER * DAY_MS);
  }

  /**
   * The stage of a visitor.
   *
   * @param first event time of the visitor's first event
   * @param last event time of the newest
   * @param days on which the visitor came
   * @param now the time asked for, not before {@code last}
   */
  static Lifecycle of(long first, long last, long days, long now, ProfileSettings settings) {
    long usual = settings.usualGap().toMillis();
    long own = days > 1 ? (last - first) / (days - 1) : usual;
    long rhythm = Math.max(DAY_MS, Math.min(LONGEST_RHYTHM_MS, own));
    long atRisk = last + AT_RISK_AFTER * rhythm;
    long lapsed = last + LAPSED_AFTER * rhythm;
    if (now >= lapsed) {
      return new Lifecycle(Stage.LAPSED, Long.MAX_VALUE);
    }
    if (now >= atRisk) {
      return new Lifecycle(Stage.AT_RISK, lapsed);
    }
    long known = first + settings.newFor().toMillis();
    return now < known
        ? new Lifecycle(Stage.NEW, Math.min(known, atRisk))
        : new Lifecycle(Stage.ACTIVE, atRisk);
  }
}
