package io.millrace.features.bundle;

import java.io.Serializable;

/**
 * What a bundle is made of.
 *
 * @param ordersPerItem newest orders that an item keeps, 1 to 1000
 * @param minimumOrders orders that must hold both items, 1 or more; where no item reaches that, one
 *     order is enough
 */
public record BundleSettings(int ordersPerItem, int minimumOrders) implements Serializable {
  /** What did best on the first eight months of a gift shop's orders. */
  public static final BundleSettings DEFAULT = new BundleSettings(100, 2);

  public BundleSettings {
    if (ordersPerItem < 1 || ordersPerItem > 1_000) {
      throw new IllegalArgumentException("ordersPerItem is " + ordersPerItem + "; give 1 to 1000");
    }
    if (minimumOrders < 1) {
      throw new IllegalArgumentException("minimumOrders is " + minimumOrders + "; give 1 or more");
    }
  }
}
