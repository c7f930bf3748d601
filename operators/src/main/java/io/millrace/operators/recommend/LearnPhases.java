package io.millrace.operators.recommend;

import java.io.Serializable;

/**
 * Which clicks teach and which ask, by event time. In a store all do both.
 *
 * @param learnBefore clicks from this event time on teach nothing, milliseconds since the epoch
 * @param askFrom clicks before this event time are not answered, milliseconds since the epoch
 */
public record LearnPhases(long learnBefore, long askFrom) implements Serializable {
  /** Every click teaches and is answered. */
  public static final LearnPhases ALWAYS = new LearnPhases(Long.MAX_VALUE, Long.MIN_VALUE);

  /** Every click is answered, none teaches: for probes. */
  public static final LearnPhases ASK_ONLY = new LearnPhases(Long.MIN_VALUE, Long.MIN_VALUE);

  boolean learns(long eventTime) {
    return eventTime < learnBefore;
  }

  boolean asks(long eventTime) {
    return eventTime >= askFrom;
  }
}
