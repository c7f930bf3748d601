package io.millrace.jobs.bench;

import io.millrace.features.event.CatalogItem;
import io.millrace.features.event.Click;
import io.millrace.features.event.Order;
import io.millrace.features.event.VisitorEvent;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Clicks with orders among them: after every so many clicks, who clicked last orders one of that
 * item at the price of the catalogue. An event is made when it is asked for.
 */
final class BenchEvents {
  /** Clicks before an order. */
  static final int CLICKS_AN_ORDER = 40;

  private static final int ROUND = CLICKS_AN_ORDER + 1;

  private final BenchClicks clicks;
  private final MadeUpCatalogue catalogue;

  /**
   * @param catalogue of the items that are clicked
   */
  BenchEvents(BenchClicks clicks, MadeUpCatalogue catalogue) {
    this.clicks = clicks;
    this.catalogue = catalogue;
  }

  /** Events up to a number of clicks. */
  static int count(int clicks) {
    return clicks + clicks / CLICKS_AN_ORDER;
  }

  /** The i-th event. */
  VisitorEvent event(int i) {
    int before = i / ROUND * CLICKS_AN_ORDER;
    int place = i % ROUND;
    return place < CLICKS_AN_ORDER
        ? clicks.click(before + place)
        : order(clicks.click(before + place - 1));
  }

  private Order order(Click click) {
    CatalogItem item = catalogue.shown(MadeUpCatalogue.number(click.itemId()));
    CatalogItem.Prices prices = item.prices();
    String id = "order-" + click.eventId();
    return Order.placed(
        id,
        id,
        click.eventTime() + 1,
        click.visitorId(),
        prices.currency(),
        List.of(new Order.Line(item.itemId(), 1, prices.listPrice(), null)));
  }

  /** Event time of the newest of the first {@code count} events, by visitor. */
  Map<String, Long> newest(int count) {
    Map<String, Long> newest = new HashMap<>();
    for (int i = 0; i < count; i++) {
      VisitorEvent event = event(i);
      newest.merge(event.visitorId(), event.eventTime(), Math::max);
    }
    return newest;
  }
}
