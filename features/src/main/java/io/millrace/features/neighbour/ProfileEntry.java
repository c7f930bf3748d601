package io.millrace.features.neighbour;

/**
 * One distinct item of a session as seen from another item of it, packed into an int: the item's
 * number, how many places lie between the nearest occurrences of the two, how many clicks after the
 * other item it comes, and how many before it.
 *
 * <pre>number:16 | precedes:3 | follows:3 | distance:5</pre>
 */
final class ProfileEntry {
  /** Farthest that an item follows or precedes another; beyond, it does not. */
  static final int REACH = 5;

  private static final int FAR = REACH + 1;
  private static final int DISTANCE_BITS = 5;
  private static final int STEP_BITS = 3;
  private static final int PRECEDES_SHIFT = DISTANCE_BITS + STEP_BITS;
  private static final int NUMBER_SHIFT = PRECEDES_SHIFT + STEP_BITS;
  private static final int DISTANCE_MASK = (1 << DISTANCE_BITS) - 1;
  private static final int STEP_MASK = (1 << STEP_BITS) - 1;

  private ProfileEntry() {}

  /**
   * An entry.
   *
   * @param number of the item, 0 to 65,535
   * @param distance to the other item in either direction, 0 to {@link SessionItems#MAX_ITEMS} - 1
   * @param follows how many places after the other item, 1 or more
   * @param precedes how many places before it, 1 or more
   */
  static int of(int number, int distance, int follows, int precedes) {
    return number << NUMBER_SHIFT
        | Math.min(precedes, FAR) << PRECEDES_SHIFT
        | Math.min(follows, FAR) << DISTANCE_BITS
        | distance;
  }

  /** The nearest of each, of two entries of one item. */
  static int nearest(int one, int other) {
    return of(
        number(one),
        Math.min(distance(one), distance(other)),
        Math.min(follows(one), follows(other)),
        Math.min(precedes(one), precedes(other)));
  }

  static int number(int entry) {
    return entry >> NUMBER_SHIFT;
  }

  static int distance(int entry) {
    return entry & DISTANCE_MASK;
  }

  /** Places after the other item, 1 to {@link #REACH}, more if it does not follow. */
  static int follows(int entry) {
    return entry >> DISTANCE_BITS & STEP_MASK;
  }

  /** Places before the other item, 1 to {@link #REACH}, more if it does not precede. */
  static int precedes(int entry) {
    return entry >> PRECEDES_SHIFT & STEP_MASK;
  }
}
