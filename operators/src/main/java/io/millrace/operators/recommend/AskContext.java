package io.millrace.operators.recommend;

import java.util.Arrays;

/**
 * What the merger must know of the visitor who asks.
 *
 * @param profile whether the long memory asks, because the visitor is not in a session
 * @param bought hashes of the items the visitor has bought
 * @param passedOver hashes (their lower half) of the items shown and passed over, one a time
 * @param erasedUpTo event time up to which the visitor was forgotten before the ask, 0 for never
 */
record AskContext(boolean profile, long[] bought, int[] passedOver, long erasedUpTo) {
  /** Nothing. */
  static final AskContext NONE = new AskContext(false, new long[0], new int[0], 0);

  boolean isNone() {
    return !profile && bought.length == 0 && passedOver.length == 0 && erasedUpTo == 0;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof AskContext that
        && profile == that.profile
        && erasedUpTo == that.erasedUpTo
        && Arrays.equals(bought, that.bought)
        && Arrays.equals(passedOver, that.passedOver);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(bought) * 31 + Arrays.hashCode(passedOver);
  }
}
