package io.millrace.operators.profile;

import io.millrace.features.profile.ProfileSettings;
import java.io.Serializable;
import java.time.Duration;

/**
 * How profiles are kept and written.
 *
 * @param profile what they are made of
 * @param writeInterval least wall-clock time between two writes of a profile
 * @param populationInterval least wall-clock time between two looks at how the population divides
 * @param cachedVisitors visitors a subtask keeps decoded on the heap, some 20 KB each
 * @param epoch of the versions, see {@link io.millrace.features.decision.Version}
 */
public record KeepSettings(
    ProfileSettings profile,
    Duration writeInterval,
    Duration populationInterval,
    int cachedVisitors,
    int epoch)
    implements Serializable {
  /** Where nothing else is said. */
  public static final KeepSettings DEFAULT =
      new KeepSettings(
          ProfileSettings.DEFAULT, Duration.ofMillis(100), Duration.ofSeconds(1), 4_000, 1);

  private static final int TICKS_AN_INTERVAL = 10;

  /** A fifth of the time may go to profiles that wait; events never wait long. */
  private static final int SHARE_OF_TICK = 5;

  /** Milliseconds between two times at which profiles are written. */
  long tickMillis() {
    return writeInterval.toMillis() / TICKS_AN_INTERVAL + 1;
  }

  /** Milliseconds that one subtask may write for; what is left waits its turn. */
  long shareMillis() {
    return Math.max(1, tickMillis() / SHARE_OF_TICK);
  }
}
