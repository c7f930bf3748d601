package io.millrace.jobs.replay;

import io.millrace.features.event.CatalogItem;
import io.millrace.features.event.Order;
import io.millrace.features.event.OrderCodec;
import io.millrace.features.event.OrderStatus;
import io.millrace.features.event.Topics;
import io.millrace.jobs.Failure;
import io.millrace.jobs.local.ContractEvent;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Online Retail: an invoice is an order, an invoice beginning with C cancels lines of earlier ones.
 * An entry of the catalogue comes ahead of the first order that holds an item, and again whenever
 * title or price have become others.
 */
final class RetailRecording implements Recording {
  private static final String CURRENCY = "GBP";
  private static final int ENTRY = 0;
  private static final int PLACED = 1;
  private static final int CANCELLED = 2;
  private static final SortedMap<String, String> NO_ATTRIBUTES = new TreeMap<>();

  private final EventIds ids;
  private final RetailOrders orders;
  private final RetailLines lines;
  private final boolean catalogue;
  private final Steps steps = new Steps();

  /** By item, what the catalogue has been told. */
  private final double[] toldPrice;

  private final int[] toldTitle;

  /** By line that makes an entry, the title that the item has by then. */
  private final int[] title;

  private int entries;

  RetailRecording(Path file, EventIds ids, boolean catalogue) {
    this.ids = ids;
    this.orders = new RetailOrders(new RetailReader().read(file));
    this.lines = orders.lines();
    this.catalogue = catalogue;
    this.toldPrice = new double[orders.itemCount()];
    this.toldTitle = new int[orders.itemCount()];
    Arrays.fill(toldTitle, -1);
    this.title = new int[lines.size()];
    for (int line : orders.order()) {
      if (orders.begins(line)) {
        add(line, file);
      }
    }
    if (steps.size() == 0) {
      throw Failure.failed(file + " holds nothing to send: " + String.join("; ", summary()));
    }
  }

  private void add(int first, Path file) {
    if (orders.isCancellation(first)) {
      steps.add(CANCELLED, first);
      return;
    }
    int size = 0;
    for (int line = first; line >= 0; line = orders.next(line)) {
      addEntry(line);
      size++;
    }
    if (size > OrderCodec.MAX_LINES) {
      throw Failure.failed(
          String.format(
              Locale.ROOT,
              "%s: invoice %s has %,d lines; an order takes at most %,d",
              file,
              lines.invoices()[lines.invoice()[first]],
              size,
              OrderCodec.MAX_LINES));
    }
    steps.add(PLACED, first);
  }

  /** Lines without a title leave the item the one it has. */
  private void addEntry(int line) {
    int item = orders.itemNumber(line);
    boolean blank = lines.titles()[lines.title()[line]].isBlank();
    int newTitle = blank ? toldTitle[item] : lines.title()[line];
    boolean isNews = toldPrice[item] != lines.price()[line] || toldTitle[item] != newTitle;
    if (catalogue && isNews) {
      toldPrice[item] = lines.price()[line];
      toldTitle[item] = newTitle;
      title[line] = newTitle;
      steps.add(ENTRY, line);
      entries++;
    }
  }

  @Override
  public int size() {
    return steps.size();
  }

  @Override
  public long time(int i) {
    return orders.time(steps.row(i));
  }

  @Override
  public ContractEvent event(int i, long shiftMs) {
    int line = steps.row(i);
    long time = orders.time(line) + shiftMs;
    return switch (steps.kind(i)) {
      case ENTRY -> ContractEvent.of(entry(line, time), time);
      case PLACED -> ContractEvent.of(placed(line, time));
      default -> ContractEvent.of(cancelled(line, time));
    };
  }

  private CatalogItem entry(int line, long time) {
    String text = title[line] < 0 ? null : lines.titles()[title[line]].strip();
    return new CatalogItem(
        orders.item(line),
        text,
        null,
        null,
        NO_ATTRIBUTES,
        CatalogItem.Status.ACTIVE,
        false,
        new CatalogItem.Prices(
            CURRENCY, lines.price()[line], null, false, null, null, null, List.of()),
        CatalogItem.Supply.NONE,
        time);
  }

  private Order placed(int first, long time) {
    List<Order.Line> bought = new ArrayList<>();
    for (int line = first; line >= 0; line = orders.next(line)) {
      bought.add(bought(line));
    }
    String order = lines.invoices()[lines.invoice()[first]];
    String visitor =
        orders.isGuest(first) ? "guest-" + order : lines.customers()[lines.customer()[first]];
    return Order.placed(ids.at(first), order, time, visitor, CURRENCY, bought);
  }

  private Order cancelled(int first, long time) {
    List<Order.Line> back = new ArrayList<>();
    for (int line = first; line >= 0; line = orders.next(line)) {
      back.add(bought(orders.taken(line)));
    }
    return new Order(
        ids.at(first),
        lines.invoices()[lines.invoice()[orders.taken(first)]],
        OrderStatus.CANCELLED,
        time,
        lines.customers()[lines.customer()[first]],
        null,
        CURRENCY,
        back,
        Order.Details.NONE);
  }

  private Order.Line bought(int line) {
    return new Order.Line(orders.item(line), lines.quantity()[line], lines.price()[line], null);
  }

  @Override
  public List<String> topics() {
    return catalogue ? List.of(Topics.ORDERS, Topics.CATALOG) : List.of(Topics.ORDERS);
  }

  @Override
  public List<String> summary() {
    RetailOrders.Counts counts = orders.counts();
    return List.of(
        String.format(
            Locale.ROOT,
            "%,d lines: %,d orders of %,d lines, %,d cancellations of %,d lines, %,d entries of"
                + " the catalogue",
            lines.size(),
            counts.orders,
            counts.purchases,
            counts.cancellations,
            counts.takenBack,
            entries),
        String.format(
            Locale.ROOT,
            "left out: %,d exact duplicates, %,d lines whose code is no item's, %,d without a"
                + " price above 0, %,d with a quantity of the wrong sign",
            counts.duplicates,
            counts.codes,
            counts.prices,
            counts.quantities),
        String.format(
            Locale.ROOT,
            "left out: %,d cancelled lines that match no earlier purchase of the same customer,"
                + " item and quantity (%,d of them name no customer)",
            counts.unmatched,
            counts.unmatchedGuests));
  }
}
