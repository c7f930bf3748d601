package io.millrace.features.profile;

import io.millrace.features.algebra.Row;
import io.millrace.features.algebra.Schema;
import io.millrace.features.event.Click;
import io.millrace.features.event.ClickType;
import io.millrace.features.event.Order;
import io.millrace.features.order.Payment;
import io.millrace.features.profile.VisitorFeatures.Column;
import io.millrace.features.profile.VisitorFeatures.What;
import io.millrace.features.session.Hashes;
import io.millrace.features.session.VisitorInterests;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * Clicks and orders as rows for {@link VisitorFeatures}. Each row's tie comes of the event's id, so
 * that an event that comes again is the same row.
 */
public final class VisitorRows {
  /** Items of one order that show interest; of a larger one, the first by their ids. */
  static final int MAX_ITEMS_OF_ORDER = 20;

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

  /** The items of an order that is placed. */
  public List<Row> itemsOf(Order placed) {
    List<Row> rows = new ArrayList<>();
    Collection<String> items =
        placed.lines().stream()
            .map(Order.Line::itemId)
            .distinct()
            .sorted()
            .limit(MAX_ITEMS_OF_ORDER)
            .toList();
    for (String item : items) {
      long tie = Hashes.of(placed.orderId() + '\n' + item);
      rows.add(
          schema
              .row(placed.eventTime(), tie)
              .text(Column.WHAT.fieldName(), What.PURCHASE.text())
              .text(Column.ITEM.fieldName(), item)
              .number(Column.POINTS.fieldName(), VisitorInterests.PURCHASE_POINTS)
              .build());
    }
    return rows;
  }

  /** Money that an event of an order moved; where the order was placed, also that it was. */
  public Row of(Payment payment, String session) {
    Row.Builder row = empty(payment);
    row.text(Column.WHAT.fieldName(), (payment.placing() ? What.ORDER : What.RETURN).text());
    if (payment.placing()) {
      inStore(row, payment.time(), session);
    }
    if (payment.amount() != null) {
      row.number(Column.AMOUNT.fieldName(), (double) payment.amount() / Payment.UNIT);
    }
    return row.build();
  }

  /** What stands in the place of a payment that moves nothing any more. */
  public Row ofVoid(Payment payment) {
    return empty(payment).build();
  }

  private Row.Builder empty(Payment payment) {
    return schema.row(
        payment.time(), Hashes.of(payment.orderId() + '\n' + '\n' + payment.eventId()));
  }
}
