package io.millrace.features.catalogue;

/**
 * An {@link ItemFact} without its item, in the 64 bits that an {@link ItemTable} keeps: 20 for the
 * category's index, 4 flags, 12 for the boost, 28 for the orders. They are never all zero.
 *
 * <p>The boost is kept as three bits of binary exponent and nine of fraction: 0.5, 1, 1.25 or 3 are
 * exact, others are off by one in a thousand at most. More orders than fit count as {@link
 * #MAX_ORDERS}.
 */
public final class ItemBits {
  /** The index of no category. */
  public static final int NO_CATEGORY = 0;

  /** Greatest index of a category. */
  static final int MAX_CATEGORY = (1 << 20) - 1;

  /** Most orders that can be told apart. */
  static final int MAX_ORDERS = (1 << 28) - 1;

  private static final int CATEGORY_SHIFT = 44;
  private static final int BOOST_SHIFT = 28;
  private static final int BOOST_MASK = (1 << 12) - 1;

  /** Bits of a float's fraction that are cut off. */
  private static final int CUT = 14;

  /** A float's bits, cut, at 2^-4: below every boost. */
  private static final int LOWEST = 127 - 4 << 23 - CUT;

  private static final long HIDDEN = 1L << 40;
  private static final long OUT_OF_STOCK = 1L << 41;
  private static final long ADULT = 1L << 42;
  private static final long EXCLUDED = 1L << 43;

  /** What holds of an item of which nothing is known. */
  public static final long UNKNOWN = of(ItemFact.unknown(""), NO_CATEGORY);

  private ItemBits() {}

  static long of(ItemFact fact, int category) {
    int boost = (Float.floatToIntBits(fact.boost()) + (1 << CUT - 1) >> CUT) - LOWEST;
    return (long) category << CATEGORY_SHIFT
        | (fact.hidden() ? HIDDEN : 0)
        | (fact.outOfStock() ? OUT_OF_STOCK : 0)
        | (fact.adult() ? ADULT : 0)
        | (fact.excluded() ? EXCLUDED : 0)
        | (long) boost << BOOST_SHIFT
        | Math.min(fact.orders(), MAX_ORDERS);
  }

  /** Whether the item may stand in a list, as {@link ItemFact#isServable()}. */
  public static boolean isServable(long bits) {
    return (bits & (HIDDEN | OUT_OF_STOCK | EXCLUDED)) == 0;
  }

  /** As {@link ItemFact#hidden()}. */
  public static boolean isHidden(long bits) {
    return (bits & HIDDEN) != 0;
  }

  /** As {@link ItemFact#outOfStock()}. */
  public static boolean isOutOfStock(long bits) {
    return (bits & OUT_OF_STOCK) != 0;
  }

  /** As {@link ItemFact#adult()}. */
  public static boolean isAdult(long bits) {
    return (bits & ADULT) != 0;
  }

  /** As {@link ItemFact#excluded()}. */
  public static boolean isExcluded(long bits) {
    return (bits & EXCLUDED) != 0;
  }

  /** Index of the category in the table, {@link #NO_CATEGORY} for none. */
  public static int category(long bits) {
    return (int) (bits >>> CATEGORY_SHIFT);
  }

  /** The boost, off by one in a thousand at most. */
  public static float boost(long bits) {
    return Float.intBitsToFloat(((int) (bits >>> BOOST_SHIFT) & BOOST_MASK) + LOWEST << CUT);
  }

  /** Orders that hold the item. */
  public static int orders(long bits) {
    return (int) bits & MAX_ORDERS;
  }

  static long withCategory(long bits, int category) {
    return bits & (1L << CATEGORY_SHIFT) - 1 | (long) category << CATEGORY_SHIFT;
  }
}
