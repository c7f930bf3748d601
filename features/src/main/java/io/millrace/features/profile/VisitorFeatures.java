package io.millrace.features.profile;

import static io.millrace.features.algebra.Feature.count;
import static io.millrace.features.algebra.Feature.distinct;
import static io.millrace.features.algebra.Feature.last;
import static io.millrace.features.algebra.Feature.lastTime;
import static io.millrace.features.algebra.Feature.mean;
import static io.millrace.features.algebra.Feature.min;
import static io.millrace.features.algebra.Feature.ratio;
import static io.millrace.features.algebra.Feature.sessionEvents;
import static io.millrace.features.algebra.Feature.sessions;
import static io.millrace.features.algebra.Feature.sum;
import static io.millrace.features.algebra.Feature.top;
import static io.millrace.features.algebra.Filter.is;
import static io.millrace.features.algebra.Filter.isOneOf;
import static io.millrace.features.algebra.Filter.present;
import static io.millrace.features.algebra.Span.days;
import static io.millrace.features.algebra.Span.minutes;

import io.millrace.features.algebra.Feature;
import io.millrace.features.algebra.FeatureSet;
import io.millrace.features.algebra.Field;
import io.millrace.features.algebra.Filter;
import io.millrace.features.algebra.Schema;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What is known of a visitor, declared: the fields of the rows that {@link VisitorRows} makes of
 * clicks and orders, and the features. A job may run with more features than these, see {@link
 * #with}.
 */
public final class VisitorFeatures {
  /** Name of the set. */
  public static final String NAME = "visitor";

  // What the profile looks at itself.
  static final String ITEMS = "items";
  static final String FIRST_TIME = "first_time";
  static final String LAST_TIME = "last_time";
  static final String ACTIVE_DAYS = "active_days";
  static final String LAST_ORDER_TIME = "last_order_time";
  static final String ORDERS = "orders";
  static final String SPEND = "spend";

  /** Items of most interest that are kept in view. */
  private static final int TOP_ITEMS = 20;

  private static final int TOP_HOURS = 3;

  private VisitorFeatures() {}

  /** What a row may carry. */
  enum Column {
    /** What happened, see {@link What}. */
    WHAT(Field.text("what")),
    ITEM(Field.text("item")),
    /** Interest in the item, in views of it. */
    POINTS(Field.number("points", 0)),
    /** The session, where its sender names it. */
    SESSION(Field.text("session")),
    /** Days since 1970 in the store's time zone, of what a visitor did in the store. */
    DAY(Field.number("day", 0)),
    /** Hour of the day in the store's time zone, 00 to 23. */
    HOUR(Field.text("hour")),
    /** Event time in milliseconds since the epoch. */
    TIME(Field.number("time", 0)),
    /** Money paid, negative where it was given back. */
    AMOUNT(Field.number("amount", 4));

    private final Field field;

    Column(Field field) {
      this.field = field;
    }

    String fieldName() {
      return field.name();
    }
  }

  /** What a row tells of. */
  enum What {
    VIEW,
    WISHLIST,
    CART,
    SEARCH,
    CHECKOUT,
    /** Anything else that a visitor did in the store. */
    OTHER,
    /** An order that was placed. */
    ORDER,
    /** One item of it. */
    PURCHASE,
    /** Something of an order that was taken back. */
    RETURN;

    String text() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  private static final Schema SCHEMA =
      Schema.of(NAME, List.of(Column.values()).stream().map(c -> c.field).toArray(Field[]::new));

  private static final Filter IN_STORE = present(Column.DAY.fieldName());

  private static final List<Feature> SHIPPED =
      List.of(
          count("views_1d").where(what(What.VIEW)).over(days(1)),
          count("views_30d").where(what(What.VIEW)).over(days(30)),
          count("views").where(what(What.VIEW)),
          count("carts_1d").where(what(What.CART)).over(days(1)),
          count("carts_30d").where(what(What.CART)).over(days(30)),
          count("wishlist_30d").where(what(What.WISHLIST)).over(days(30)),
          count("searches_30d").where(what(What.SEARCH)).over(days(30)),
          count("checkouts_30d").where(what(What.CHECKOUT)).over(days(30)),
          distinct("items_30d", Column.ITEM.fieldName())
              .over(days(30))
              .describedAs("different items looked at, put aside or bought"),
          last("last_item", Column.ITEM.fieldName()).where(what(What.VIEW)),
          top(ITEMS, Column.ITEM.fieldName(), TOP_ITEMS)
              .weighing(Column.POINTS.fieldName())
              .halvingEvery(days(7))
              .describedAs("items of most interest; a view is 1 point, a purchase 5"),
          sum("interest", Column.POINTS.fieldName())
              .halvingEvery(days(7))
              .describedAs("points of interest in all items"),
          count("orders_30d").where(what(What.ORDER)).over(days(30)),
          count(ORDERS).where(what(What.ORDER)),
          sum("spend_30d", Column.AMOUNT.fieldName())
              .over(days(30))
              .describedAs("paid, less what was given back"),
          sum(SPEND, Column.AMOUNT.fieldName()).describedAs("paid, less what was given back"),
          mean("average_order_value", Column.AMOUNT.fieldName())
              .where(what(What.ORDER))
              .describedAs("as placed"),
          count("returns").where(what(What.RETURN)),
          lastTime(LAST_ORDER_TIME).where(what(What.ORDER)),
          min(FIRST_TIME, Column.TIME.fieldName()).describedAs("milliseconds since the epoch"),
          lastTime(LAST_TIME).where(IN_STORE),
          distinct(ACTIVE_DAYS, Column.DAY.fieldName()),
          top("active_hours", Column.HOUR.fieldName(), TOP_HOURS)
              .halvingEvery(days(14))
              .describedAs("hours of the day in the store's time zone"),
          count("events_30d").where(IN_STORE).over(days(30)),
          sessions("sessions_30d", Column.SESSION.fieldName(), minutes(30))
              .where(IN_STORE)
              .over(days(30)),
          sessionEvents("session_depth", Column.SESSION.fieldName(), minutes(30))
              .where(IN_STORE)
              .describedAs("events of the newest session so far"),
          ratio("mean_session_depth_30d", "events_30d", "sessions_30d"),
          ratio("conversion_30d", "orders_30d", "sessions_30d").describedAs("orders a session"));

  private static Filter what(What... what) {
    String[] texts = List.of(what).stream().map(What::text).toArray(String[]::new);
    return texts.length == 1
        ? is(Column.WHAT.fieldName(), texts[0])
        : isOneOf(Column.WHAT.fieldName(), texts);
  }

  /** The features that are shipped. */
  public static FeatureSet shipped() {
    return FeatureSet.of(NAME, SCHEMA, SHIPPED);
  }

  /**
   * The features that are shipped, and more of the same fields.
   *
   * @throws IllegalArgumentException if one cannot be computed; the message names it, what is wrong
   *     and the remedy
   */
  public static FeatureSet with(List<Feature> more) {
    List<Feature> all = new ArrayList<>(SHIPPED);
    all.addAll(more);
    return FeatureSet.of(NAME, SCHEMA, all);
  }
}
