package io.millrace.features.decision;

import java.util.List;
import java.util.Objects;

/**
 * What to show a visitor next, best first: the value of {@code rec:{<visitor_id>}}.
 *
 * @param version 20 digits, see {@link Version}
 * @param visitorId whom it is for
 * @param eventTime time of the event it answers, milliseconds since the epoch
 * @param bucket variant of the experiment the visitor is in, null if there is none
 * @param modelVersion version of the model that ranked it, null if none did
 * @param items at most {@link #MAX_ITEMS}
 */
public record RecommendationList(
    String version,
    String visitorId,
    long eventTime,
    String bucket,
    Long modelVersion,
    List<Item> items) {

  /** Most items a list may hold. */
  public static final int MAX_ITEMS = 50;

  public RecommendationList {
    Version.check(version);
    Objects.requireNonNull(visitorId, "visitorId");
    items = List.copyOf(items);
  }

  /**
   * One recommended item.
   *
   * @param itemId which
   * @param score larger is better; comparable within one list only
   * @param reason why it is there
   */
  public record Item(String itemId, double score, Reason reason) {
    public Item {
      Objects.requireNonNull(itemId, "itemId");
      Objects.requireNonNull(reason, "reason");
    }
  }

  /**
   * Why an item is recommended.
   *
   * @param type kind of reason
   * @param itemId item of the visit it comes from, null if it comes from none
   * @param evidence the counts behind it, null if the kind has none
   */
  public record Reason(ReasonType type, String itemId, Evidence evidence) {
    public Reason {
      Objects.requireNonNull(type, "type");
    }
  }
}
