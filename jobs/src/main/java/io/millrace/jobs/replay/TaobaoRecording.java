package io.millrace.jobs.replay;

import io.millrace.features.event.CatalogItem;
import io.millrace.features.event.Click;
import io.millrace.features.event.ClickType;
import io.millrace.features.event.Order;
import io.millrace.features.event.Topics;
import io.millrace.jobs.local.ContractEvent;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Taobao's UserBehavior: views, carts, favourites and purchases, and an entry of the catalogue
 * ahead of the first event about an item or whenever its category has become another.
 */
final class TaobaoRecording implements Recording {
  /** The data have no prices; a placed order must name a currency. */
  static final String CURRENCY = "CNY";

  private static final int ENTRY = 0;
  private static final int EVENT = 1;
  private static final SortedMap<String, String> NO_ATTRIBUTES = new TreeMap<>();

  private final EventIds ids;
  private final Columns columns;
  private final boolean catalogue;
  private final Steps steps = new Steps();
  private final int[] counts = new int[Behaviour.values().length];

  /** What a user did, in the words of the file. */
  enum Behaviour {
    PV(ClickType.VIEW_ITEM),
    CART(ClickType.ADD_TO_CART),
    FAV(ClickType.ADD_TO_WISHLIST),
    /** Becomes an order. */
    BUY(null);

    private static final Behaviour[] ALL = values();

    private final ClickType click;

    Behaviour(ClickType click) {
      this.click = click;
    }

    /** Null if there is none of that name. */
    static Behaviour named(String name) {
      for (Behaviour behaviour : ALL) {
        if (behaviour.name().toLowerCase(Locale.ROOT).equals(name)) {
          return behaviour;
        }
      }
      return null;
    }
  }

  /** The rows of the file; ids and categories by their place among the texts. */
  record Columns(
      String[] visitors,
      String[] items,
      String[] categories,
      int[] visitor,
      int[] item,
      int[] category,
      int[] behaviour,
      long[] time) {}

  TaobaoRecording(EventIds ids, Columns columns, boolean catalogue) {
    this.ids = ids;
    this.columns = columns;
    this.catalogue = catalogue;
    int[] told = new int[columns.items.length];
    Arrays.fill(told, -1);
    for (int row : TimeOrder.of(columns.time)) {
      int item = columns.item[row];
      if (catalogue && told[item] != columns.category[row]) {
        told[item] = columns.category[row];
        steps.add(ENTRY, row);
      }
      steps.add(EVENT, row);
      counts[columns.behaviour[row]]++;
    }
  }

  @Override
  public int size() {
    return steps.size();
  }

  @Override
  public long time(int i) {
    return columns.time[steps.row(i)];
  }

  @Override
  public ContractEvent event(int i, long shiftMs) {
    int row = steps.row(i);
    long time = columns.time[row] + shiftMs;
    String item = columns.items[columns.item[row]];
    if (steps.kind(i) == ENTRY) {
      return ContractEvent.of(entry(item, columns.categories[columns.category[row]], time), time);
    }
    String visitor = columns.visitors[columns.visitor[row]];
    Behaviour behaviour = Behaviour.ALL[columns.behaviour[row]];
    return behaviour == Behaviour.BUY
        ? ContractEvent.of(bought(ids.at(row), time, visitor, item))
        : ContractEvent.of(
            new Click(
                ids.at(row),
                behaviour.click,
                time,
                visitor,
                item,
                List.of(),
                null,
                Click.Details.NONE));
  }

  private static CatalogItem entry(String item, String category, long time) {
    return new CatalogItem(
        item,
        null,
        category,
        null,
        NO_ATTRIBUTES,
        CatalogItem.Status.ACTIVE,
        false,
        CatalogItem.Prices.NONE,
        CatalogItem.Supply.NONE,
        time);
  }

  /** An order has no id of its own in the file; it takes that of its event. */
  private static Order bought(String id, long time, String visitor, String item) {
    return Order.placed(
        id, id, time, visitor, CURRENCY, List.of(new Order.Line(item, 1, null, null)));
  }

  @Override
  public List<String> topics() {
    return catalogue
        ? List.of(Topics.CLICKSTREAM, Topics.ORDERS, Topics.CATALOG)
        : List.of(Topics.CLICKSTREAM, Topics.ORDERS);
  }

  @Override
  public List<String> summary() {
    return List.of(
        String.format(
            Locale.ROOT,
            "%,d views, %,d carts, %,d favourites, %,d purchases; %,d visitors, %,d items",
            counts[Behaviour.PV.ordinal()],
            counts[Behaviour.CART.ordinal()],
            counts[Behaviour.FAV.ordinal()],
            counts[Behaviour.BUY.ordinal()],
            columns.visitors.length,
            columns.items.length));
  }
}
