package io.millrace.features.profile;

import io.millrace.features.algebra.EntityFeatures;
import java.io.Serializable;
import java.time.Duration;
import java.time.ZoneId;

/**
 * How profiles are kept.
 *
 * @param retainedEvents events of a visitor that windows are exact for; of more, the oldest are
 *     known to a 64th of the longest window
 * @param zone the store's time zone, for days and hours
 * @param currency in which amounts are summed up; others are left out
 * @param newFor how long after their first event a visitor is new
 * @param usualGap between two days on which a visitor comes, where it cannot be told yet
 * @param retention wall-clock time without anything new after which a visitor is forgotten
 */
public record ProfileSettings(
    int retainedEvents,
    ZoneId zone,
    String currency,
    Duration newFor,
    Duration usualGap,
    Duration retention)
    implements Serializable {
  /** Some 30 bytes an event, and as long as a profile lives in Redis. */
  public static final ProfileSettings DEFAULT =
      new ProfileSettings(
          512,
          ZoneId.of("UTC"),
          "EUR",
          Duration.ofDays(7),
          Duration.ofDays(7),
          Duration.ofDays(90));

  /** Most events that may be retained. */
  public static final int MAX_RETAINED = EntityFeatures.MAX_ROWS;
}
