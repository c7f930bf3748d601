package io.millrace.operators.recommend;

import java.io.Serializable;
import java.time.Duration;
import org.apache.flink.streaming.api.watermark.Watermark;

/**
 * What is written to Redis, and how often.
 *
 * @param epoch of the versions, see {@link io.millrace.features.decision.Version}
 * @param similarInterval least wall-clock time between two writes of an item's similar items
 * @param trendInterval least wall-clock time between two writes of a trend list
 * @param sweepInterval least wall-clock time between two sweeps of the lists of active visitors;
 *     longer where they would take more than a fifth of the time
 * @param everyAsk whether a list is made even if a newer ask of the visitor was answered first
 * @param round of event time at whose end trends and items of like content are told, whatever the
 *     clock says, so that an evaluation gives the same lists at every run; zero in a store
 */
public record WriteSettings(
    int epoch,
    Duration similarInterval,
    Duration trendInterval,
    Duration sweepInterval,
    boolean everyAsk,
    Duration round)
    implements Serializable {
  /** Where nothing else is said. */
  public static final WriteSettings DEFAULT =
      new WriteSettings(
          1,
          Duration.ofSeconds(1),
          Duration.ofSeconds(1),
          Duration.ofMillis(200),
          false,
          Duration.ZERO);

  /** Items of a list of similar items and of a trend list. */
  static final int MAX_ITEMS = 50;

  private static final int TICKS_AN_INTERVAL = 10;

  /** A twentieth of the time may go to similar items: clicks never wait long, nor go short. */
  private static final int SHARE_OF_TICK = 20;

  /** Whether a watermark is the very last of a round: nothing of that round comes after it. */
  public boolean endsRound(Watermark mark) {
    return !round.isZero()
        && Math.floorMod(mark.getTimestamp(), round.toMillis()) == round.toMillis() - 1;
  }

  /** Milliseconds between two times at which similar items are written. */
  public long similarTickMillis() {
    return similarInterval.toMillis() / TICKS_AN_INTERVAL + 1;
  }

  /** Milliseconds that one subtask may write similar items for; what is left waits its turn. */
  public long similarShareMillis() {
    return Math.max(1, similarTickMillis() / SHARE_OF_TICK);
  }
}
