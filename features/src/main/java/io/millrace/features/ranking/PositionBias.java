package io.millrace.features.ranking;

/**
 * How much more a click counts that came from further down a list: fewer see what stands there, so
 * those who clicked stand for others who would have. A click counts by the inverse of how likely
 * its place is looked at, (place + 1)^−η, bounded. See Joachims, Swaminathan and Schnabel,
 * "Unbiased learning-to-rank with biased feedback", WSDM 2017.
 */
public final class PositionBias {
  private PositionBias() {}

  /**
   * The weight of a click.
   *
   * @param place in the list clicked, from 0
   * @param eta how steeply attention falls, 0 for not at all
   */
  public static float weight(int place, double eta) {
    return (float) Math.min(RankingExample.MAX_WEIGHT, Math.pow(place + 1., eta));
  }
}
