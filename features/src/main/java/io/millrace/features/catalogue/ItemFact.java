package io.millrace.features.catalogue;

import java.util.Objects;

/**
 * What the rest of the recommender must know of one item. It replaces what was said of the item
 * before.
 *
 * @param item item id; {@link #ALL_ORDERS} stands for the whole store
 * @param hidden whether the store does not show it: hidden, discontinued or deleted
 * @param outOfStock whether none is left
 * @param adult whether it is for adults only
 * @param excluded whether a control keeps it out of lists
 * @param category path such as {@code shoes/running}, null for none
 * @param boost what controls multiply its score by, {@value #MIN_BOOST} to {@value #MAX_BOOST}; 1
 *     for nothing
 * @param orders orders that hold it, less those that were cancelled
 */
public record ItemFact(
    String item,
    boolean hidden,
    boolean outOfStock,
    boolean adult,
    boolean excluded,
    String category,
    float boost,
    int orders) {
  /** The pseudo item whose orders are those of the whole store. */
  public static final String ALL_ORDERS = "";

  /** Least boost. */
  public static final float MIN_BOOST = 0.1f;

  /** Greatest boost. */
  public static final float MAX_BOOST = 10;

  public ItemFact {
    Objects.requireNonNull(item, "item");
    if (!(boost >= MIN_BOOST && boost <= MAX_BOOST)) {
      throw new IllegalArgumentException(
          "boost of " + item + " is " + boost + "; it lies from " + MIN_BOOST + " to " + MAX_BOOST);
    }
    if (orders < 0) {
      throw new IllegalArgumentException("orders of " + item + " are " + orders + ", below 0");
    }
  }

  /** An item of which nothing is known: it may be shown, and nobody bought it. */
  public static ItemFact unknown(String item) {
    return new ItemFact(item, false, false, false, false, null, 1, 0);
  }

  /** Whether it may stand in a list; whether it is for adults only is another question. */
  public boolean isServable() {
    return !hidden && !outOfStock && !excluded;
  }
}
