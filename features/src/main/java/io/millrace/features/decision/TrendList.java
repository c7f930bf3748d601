package io.millrace.features.decision;

import java.util.List;
import java.util.Objects;

/**
 * What is wanted most at present, best first: the value of {@code trend:{<category>}}.
 *
 * @param version 20 digits, see {@link Version}
 * @param items at most {@link RecommendationList#MAX_ITEMS}
 */
public record TrendList(String version, List<Item> items) {
  public TrendList {
    Version.check(version);
    items = List.copyOf(items);
  }

  /** The same items as recommendations, for a visitor there is nothing better for. */
  public List<RecommendationList.Item> asRecommendations() {
    return items.stream().map(Item::asRecommendation).toList();
  }

  /**
   * One trending item.
   *
   * @param itemId which
   * @param score larger is better; comparable within one list only
   */
  public record Item(String itemId, double score) {
    public Item {
      Objects.requireNonNull(itemId, "itemId");
    }

    /** The same item as a recommendation. */
    public RecommendationList.Item asRecommendation() {
      return new RecommendationList.Item(
          itemId, score, new RecommendationList.Reason(ReasonType.TRENDING, null, null));
    }
  }
}
