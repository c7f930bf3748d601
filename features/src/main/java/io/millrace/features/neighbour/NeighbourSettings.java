package io.millrace.features.neighbour;

import java.io.Serializable;

/**
 * How neighbours are kept and weighed. The weights were chosen on three public data sets; each
 * moves the figures by a few thousandths only.
 *
 * @param sessionsPerItem M, sessions a posting keeps, 1 to 1000
 * @param asked how many of the session's newest distinct items are asked, 1 to 20
 * @param partialSize best scores a posting answers with, 1 to 1000
 * @param sessionItems what becomes of the items of the visitor's own session
 */
public record NeighbourSettings(
    int sessionsPerItem, int asked, int partialSize, SessionItemsPolicy sessionItems)
    implements Serializable {

  /** Clicks after which an item of the visitor's session weighs 1/e in the similarity. */
  static final double QUERY_DECAY = 4.9;

  /** Clicks after which the answer of an older item of the session weighs 1/e. */
  static final double ASKED_DECAY = 2.5;

  /** Distance within the neighbour session at which a candidate weighs 1/e. */
  static final double DISTANCE_DECAY = 3.5;

  /** What one place by newness takes from a neighbour, in the exponent. */
  static final double AGE_DECAY = 0.03;

  /** A neighbour of n distinct items is divided by n to this power. */
  static final double LENGTH_POWER = 0.3;

  /** An item is most often followed by itself (a reload, a return from the cart). */
  static final double CURRENT_ITEM_WEIGHT = 4;

  /** The settings the published figures were reached with. */
  public static final NeighbourSettings DEFAULT =
      new NeighbourSettings(50, 4, 50, SessionItemsPolicy.DROP_CURRENT);

  /** The same settings with another policy for the session's own items. */
  public NeighbourSettings with(SessionItemsPolicy policy) {
    return new NeighbourSettings(sessionsPerItem, asked, partialSize, policy);
  }

  /** What becomes of the items of the visitor's own session as candidates. */
  public enum SessionItemsPolicy {
    /** All stay: the next click is often a return. */
    KEEP,
    /** The item looked at just now is left out. */
    DROP_CURRENT,
    /** Every item of the session is left out. */
    DROP
  }
}
