package io.millrace.features.catalogue;

/**
 * What is said of an item that shows whom it may interest.
 *
 * @param item its id
 * @param category path, null for none
 * @param brand null for none
 * @param price list price in the store's currency, NaN if it is not known
 */
public record ItemFacets(String item, String category, String brand, double price) {
  /** An item of which nothing is said any more. */
  public static ItemFacets none(String item) {
    return new ItemFacets(item, null, null, Double.NaN);
  }
}
