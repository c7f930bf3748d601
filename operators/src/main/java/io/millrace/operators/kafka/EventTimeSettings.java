package io.millrace.operators.kafka;

import java.io.Serializable;
import java.time.Duration;

/**
 * How event time moves.
 *
 * @param outOfOrderness how far behind the newest event of its partition an event may come; later
 *     ones are dropped
 * @param idleAdvance after how much silence time moves on with the clock
 */
public record EventTimeSettings(Duration outOfOrderness, Duration idleAdvance)
    implements Serializable {

  /** Five seconds and one minute. */
  public static final EventTimeSettings DEFAULT =
      new EventTimeSettings(Duration.ofSeconds(5), Duration.ofSeconds(60));

  public EventTimeSettings {
    if (outOfOrderness.isNegative()) {
      throw new IllegalArgumentException(
          "event-time.out-of-orderness is " + outOfOrderness + "; give 0 or more");
    }
    if (idleAdvance.toMillis() < 1) {
      throw new IllegalArgumentException(
          "event-time.idle-advance is " + idleAdvance + "; give 1 ms or more");
    }
  }
}
