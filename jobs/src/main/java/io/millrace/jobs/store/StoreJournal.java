package io.millrace.jobs.store;

import io.millrace.features.event.CatalogItem;
import io.millrace.features.event.Click;
import io.millrace.features.event.ClickType;
import io.millrace.features.event.FraudLabel;
import io.millrace.features.event.Order;
import io.millrace.features.event.OrderStatus;
import io.millrace.jobs.local.ContractEvent;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Locale;
import java.util.Queue;

/** Writes down what happens in the store as events that wait to be taken. */
final class StoreJournal {
  static final String CURRENCY = "EUR";

  private final String run;
  private final Queue<ContractEvent> waiting = new ArrayDeque<>();
  private long events;

  /**
   * @param startMs two openings of a store must not repeat each other's ids
   */
  StoreJournal(long startMs) {
    this.run = Long.toString(startMs, 36);
  }

  /** The oldest event not yet taken, or null. */
  ContractEvent take() {
    return waiting.poll();
  }

  /** An id that tells openings of the store apart. */
  String id(String kind, long number) {
    return kind + "-" + run + "-" + number;
  }

  private String nextEventId() {
    return "e-" + run + "-" + String.format(Locale.ROOT, "%09d", events++);
  }

  /** Something about no item in particular. */
  void click(long now, ClickType type, StoreVisitor visitor, String session) {
    add(now, type, visitor, session, null, List.of(), details(null, null, null, null));
  }

  void search(long now, StoreVisitor visitor, String session, String query) {
    Click.Details details = details(query, null, null, null);
    add(now, ClickType.SEARCH, visitor, session, null, List.of(), details);
  }

  void list(long now, StoreVisitor visitor, String session, List<StoreItem> shown) {
    List<String> ids = shown.stream().map(StoreItem::id).toList();
    Click.Details details = details(null, null, null, null);
    add(now, ClickType.VIEW_ITEM_LIST, visitor, session, null, ids, details);
  }

  /**
   * Something about an item.
   *
   * @param quantity pieces into or out of the cart, or null
   * @param index place in the list it was chosen from, or null
   */
  void item(
      long now,
      ClickType type,
      StoreVisitor visitor,
      String session,
      StoreItem item,
      Integer quantity,
      Integer index) {
    add(now, type, visitor, session, item.id(), List.of(), details(null, quantity, item, index));
  }

  private void add(
      long now,
      ClickType type,
      StoreVisitor visitor,
      String session,
      String item,
      List<String> items,
      Click.Details details) {
    waiting.add(
        ContractEvent.of(
            new Click(nextEventId(), type, now, visitor.id(), item, items, session, details)));
  }

  private static Click.Details details(
      String query, Integer quantity, StoreItem item, Integer index) {
    return new Click.Details(
        query,
        null,
        quantity,
        item == null ? null : item.price(),
        null,
        item == null ? null : CURRENCY,
        index,
        null,
        "web",
        null,
        null,
        null,
        null);
  }

  /**
   * What has become of an order.
   *
   * @param lines on a placed order all, on one that takes back those it takes, none for all
   */
  void order(long now, OrderStatus status, StoreOrder order, List<Order.Line> lines) {
    waiting.add(
        ContractEvent.of(
            new Order(
                nextEventId(),
                order.id(),
                status,
                now,
                order.visitor().id(),
                order.session(),
                CURRENCY,
                lines,
                order.details())));
  }

  /** What was found out about an order. */
  void label(long now, StoreOrder order, boolean fraud, FraudLabel.Source source) {
    waiting.add(ContractEvent.of(new FraudLabel(order.id(), fraud, now, source)));
  }

  /** What the store says of an item from now on. */
  void entry(long now, CatalogItem item) {
    waiting.add(ContractEvent.of(item, now));
  }
}
