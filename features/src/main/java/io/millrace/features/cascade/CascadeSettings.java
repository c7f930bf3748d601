package io.millrace.features.cascade;

import java.io.Serializable;
import java.util.Set;

/**
 * How lists are made of candidates.
 *
 * @param listSize items of a list, 1 to 50
 * @param fillUp whether lists that are too short are filled up
 * @param adult what becomes of items for adults only
 * @param categoryShare most of a list that the neighbours of one category may take before others go
 *     ahead, above 0 to 1; 1 for no limit
 * @param passedOverWeight what is left of a score for every time the visitor was shown the item and
 *     passed it over, above 0 to 1
 * @param repeatable categories, with all below them, whose items may be bought again
 */
public record CascadeSettings(
    int listSize,
    boolean fillUp,
    AdultPolicy adult,
    double categoryShare,
    double passedOverWeight,
    Set<String> repeatable)
    implements Serializable {

  /** What the contract defaults to. */
  public static final CascadeSettings DEFAULT =
      new CascadeSettings(20, true, AdultPolicy.MATCH, 0.75, 0.8, Set.of());

  public CascadeSettings {
    repeatable = Set.copyOf(repeatable);
  }

  /** The same, with another size. */
  public CascadeSettings withListSize(int size) {
    return new CascadeSettings(size, fillUp, adult, categoryShare, passedOverWeight, repeatable);
  }

  /** The same, with lists left as short as they are. */
  public CascadeSettings withoutFillUp() {
    return new CascadeSettings(listSize, false, adult, categoryShare, passedOverWeight, repeatable);
  }

  /** What becomes of items for adults only. */
  public enum AdultPolicy {
    /** They are in no list. */
    HIDE,
    /** They are in the lists of visitors who look at one. */
    MATCH,
    /** They are treated like any other. */
    SHOW
  }
}
