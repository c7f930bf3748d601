package io.millrace.features.profile;

import io.millrace.features.algebra.Row;
import io.millrace.features.algebra.Schema;
import io.millrace.features.event.Click;
import io.millrace.features.event.ClickType;
import io.millrace.features.order.OrderEntry;
import io.millrace.features.profile.VisitorFeatures.Column;
import io.millrace.features.profile.VisitorFeatures.What;
import io.millrace.features.session.Hashes;
import io.millrace.features.session.VisitorInterests;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;

/**
 * Clicks and orders as rows for {@link VisitorFeatures}. Each row's tie comes of the event's id, so
 * that an event that comes again is the same row.
 */
public final class VisitorRows {
  private static final String[] HOURS = new String[24];

  static {
    for (int hour = 0; hour < HOURS.length; hour++) {
      HOURS[hour] = (hour < 10 ? "0" : "") + hour;
    }
  }

  private final Schema schema;
  private final ZoneId zone;

  /**
   * @param schema that of the feature set
   * @param zone the store's, for days and hours
   */
  public VisitorRows(Schema schema, ZoneId zone) {
    this.schema = schema;
    this.zone = zone;
  }

  /** What a visitor did. */
  public Row of(Click click) {
    Row.Builder row = schema.row(click.eventTime(), Hashes.of(click.eventId()));
    row.text(Column.WHAT.fieldName(), what(click.type()).text());
    inStore(row, click.eventTime(), click.sessionId());
    if (click.type().showsInterest()) {
      row.text(Column.ITEM.fieldName(), click.itemId());
      row.number(Column.POINTS.fieldName(), click.type().points());
    }
    return row.build();
  }

  private static What what(ClickType type) {
    return switch (type) {
      case VIEW_ITEM, SELECT_ITEM -> What.VIEW;
      case ADD_TO_WISHLIST -> What.WISHLIST;
      case ADD_TO_CART -> What.CART;
      case SEARCH -> What.SEARCH;
      case BEGIN_CHECKOUT -> What.CHECKOUT;
      case VIEW_ITEM_LIST, REMOVE_FROM_CART, VIEW_CART -> What.OTHER;
    };
  }

  private void inStore(Row.Builder row, long time, String session) {
    ZonedDateTime local = Instant.ofEpochMilli(time).atZone(zone);
    row.number(Column.DAY.fieldName(), local.toLocalDate().toEpochDay());
    row.text(Column.HOUR.fieldName(), HOURS[local.getHour()]);
    row.number(Column.TIME.fieldName(), time);
    if (session != null) {
      row.text(Column.SESSION.fieldName(), session);
    }
  }

  /**
   * What an event of an order came to. Every event has a row, also one that came to nothing: so the
   * set of rows follows from the set of events.
   *
   * @param session that the order names, null for none
   */
  public Row of(OrderEntry entry, String session) {
    Row.Builder row = schema.row(entry.time(), tie(entry));
    switch (entry.kind()) {
      case PLACED -> {
        row.text(Column.WHAT.fieldName(), What.ORDER.text());
        inStore(row, entry.time(), session);
      }
      case ITEM -> {
        row.text(Column.WHAT.fieldName(), What.PURCHASE.text());
        row.text(Column.ITEM.fieldName(), entry.item());
        row.number(Column.POINTS.fieldName(), VisitorInterests.PURCHASE_POINTS);
      }
      case TAKEN_BACK -> row.text(Column.WHAT.fieldName(), What.RETURN.text());
      case NOTHING -> {}
    }
    if (entry.amount() != null) {
      row.number(Column.AMOUNT.fieldName(), (double) entry.amount() / OrderEntry.UNIT);
    }
    return row.build();
  }

  private static long tie(OrderEntry entry) {
    String event = entry.orderId() + '\n' + entry.eventId() + (entry.placing() ? "\np\n" : "\nc\n");
    return Hashes.of(entry.item() == null ? event : event + entry.item());
  }
}
