package io.millrace.features.event;

import java.util.List;

/**
 * One event of the clickstream. Made by {@link ClickCodec}, which validates; every optional field
 * is null where the event did not carry it.
 *
 * @param eventId deduplicates, 1 to 128 bytes
 * @param type what the visitor did
 * @param eventTime milliseconds since the epoch
 * @param visitorId pseudonym of the visitor, 1 to 128 bytes
 * @param itemId the item, for the types that need one
 * @param itemIds the items of a list, for {@link ClickType#VIEW_ITEM_LIST}; else empty
 * @param sessionId overrides the 30-minute gap where given
 * @param details what only some jobs look at
 */
public record Click(
    String eventId,
    ClickType type,
    long eventTime,
    String visitorId,
    String itemId,
    List<String> itemIds,
    String sessionId,
    Details details)
    implements VisitorEvent {

  public Click {
    itemIds = List.copyOf(itemIds);
  }

  /**
   * The optional fields of a click beside the session.
   *
   * @param query what was searched for
   * @param userId account pseudonym
   * @param quantity pieces put into or taken out of the cart, at least 1
   * @param price price shown, per piece, in {@code currency}
   * @param priceVersion version of the price shown
   * @param currency ISO 4217 letters
   * @param index position in the list clicked, from 0
   * @param servedVersion version of the list clicked
   * @param channel sales channel
   * @param region region of the visitor
   * @param deviceId pseudonym of the device
   * @param ip address, or its pseudonym
   * @param userAgent browser
   */
  public record Details(
      String query,
      String userId,
      Integer quantity,
      Double price,
      String priceVersion,
      String currency,
      Integer index,
      String servedVersion,
      String channel,
      String region,
      String deviceId,
      String ip,
      String userAgent) {

    /** No optional field at all. */
    public static final Details NONE =
        new Details(null, null, null, null, null, null, null, null, null, null, null, null, null);
  }

  /** A view of an item, with no optional field. */
  public static Click view(String eventId, long eventTime, String visitorId, String itemId) {
    return view(eventId, eventTime, visitorId, itemId, null);
  }

  /** A view of an item within a session that the sender has named. */
  public static Click view(
      String eventId, long eventTime, String visitorId, String itemId, String sessionId) {
    return new Click(
        eventId,
        ClickType.VIEW_ITEM,
        eventTime,
        visitorId,
        itemId,
        List.of(),
        sessionId,
        Details.NONE);
  }
}
