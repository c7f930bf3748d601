package io.millrace.features.decision;

import java.util.List;
import java.util.Objects;

/**
 * The items seen together with an item, best first: the value of {@code sim:{<item_id>}}.
 *
 * @param version 20 digits, see {@link Version}
 * @param itemId the item they go with
 * @param items at most {@link RecommendationList#MAX_ITEMS}
 */
public record SimilarItems(String version, String itemId, List<Item> items) {
  public SimilarItems {
    Version.check(version);
    Objects.requireNonNull(itemId, "itemId");
    items = List.copyOf(items);
  }

  /**
   * One similar item.
   *
   * @param itemId which
   * @param score larger is better; comparable within one list only
   * @param evidence the counts behind it, null if there are none
   */
  public record Item(String itemId, double score, Evidence evidence) {
    public Item {
      Objects.requireNonNull(itemId, "itemId");
    }
  }
}
