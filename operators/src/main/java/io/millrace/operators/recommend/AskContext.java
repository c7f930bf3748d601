package io.millrace.operators.recommend;

import io.millrace.features.ranking.FollowedAsks.Chosen;
import io.millrace.features.ranking.RankingModel;
import java.util.Arrays;

/**
 * What the merger must know of the visitor who asks.
 *
 * @param profile whether the long memory asks, because the visitor is not in a session
 * @param bought hashes of the items the visitor has bought
 * @param passedOver hashes (their lower half) of the items shown and passed over, one a time
 * @param erasedUpTo event time up to which the visitor was forgotten before the ask, 0 for never
 * @param segment of those who learn apart how to rank
 * @param chosen where in a list the visitor clicked, {@link Chosen#NOWHERE} if that is not known
 */
record AskContext(
    boolean profile,
    long[] bought,
    int[] passedOver,
    long erasedUpTo,
    String segment,
    Chosen chosen) {
  /** Nothing. */
  static final AskContext NONE = new AskContext(false, new long[0], new int[0], 0);

  AskContext(boolean profile, long[] bought, int[] passedOver, long erasedUpTo) {
    this(profile, bought, passedOver, erasedUpTo, RankingModel.DEFAULT_SEGMENT, Chosen.NOWHERE);
  }

  boolean isNone() {
    return !profile
        && bought.length == 0
        && passedOver.length == 0
        && erasedUpTo == 0
        && !hasSegment()
        && !isChosen();
  }

  boolean hasSegment() {
    return !segment.equals(RankingModel.DEFAULT_SEGMENT);
  }

  boolean isChosen() {
    return chosen.list() != 0;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof AskContext that
        && profile == that.profile
        && erasedUpTo == that.erasedUpTo
        && Arrays.equals(bought, that.bought)
        && Arrays.equals(passedOver, that.passedOver)
        && segment.equals(that.segment)
        && chosen.equals(that.chosen);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(bought) * 31 + Arrays.hashCode(passedOver);
  }

  @Override
  public String toString() {
    return (profile ? "profile, " : "")
        + "bought "
        + Arrays.toString(bought)
        + ", passed over "
        + Arrays.toString(passedOver)
        + ", erased up to "
        + erasedUpTo
        + ", segment "
        + segment
        + ", "
        + chosen;
  }
}
