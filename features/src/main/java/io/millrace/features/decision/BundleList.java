package io.millrace.features.decision;

import java.util.List;
import java.util.Objects;

/**
 * The items bought together with an item, best first: the value of {@code bundle:{<item_id>}}.
 *
 * @param version 20 digits, see {@link Version}
 * @param itemId the item they go with
 * @param items at most {@link #MAX_ITEMS}
 */
public record BundleList(String version, String itemId, List<Item> items) {
  /** Items of a bundle. */
  public static final int MAX_ITEMS = 20;

  public BundleList {
    Version.check(version);
    Objects.requireNonNull(itemId, "itemId");
    items = List.copyOf(items);
  }

  /**
   * One item bought together with it.
   *
   * @param itemId which
   * @param score log-likelihood ratio, larger is better
   * @param evidence the orders behind it, null if there are none
   */
  public record Item(String itemId, double score, Evidence evidence) {
    public Item {
      Objects.requireNonNull(itemId, "itemId");
    }
  }
}
