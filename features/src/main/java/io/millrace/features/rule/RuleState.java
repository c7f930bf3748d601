package io.millrace.features.rule;

/**
 * What one rule knows of one entity, in bounded bytes. It takes the events that meet the rule in
 * the order of their times, those of one time in a fixed order. Not safe for use by several
 * threads.
 */
public sealed interface RuleState permits NumberWindow, DistinctWindow, StepSequence {
  /** The state value. */
  byte[] toBytes();

  /** Refuses an event that comes after a later one. */
  static void checkOrder(long time, long newest) {
    if (time < newest) {
      throw new IllegalArgumentException(
          "an event of %d after one of %d; give settled events in order".formatted(time, newest));
    }
  }
}
