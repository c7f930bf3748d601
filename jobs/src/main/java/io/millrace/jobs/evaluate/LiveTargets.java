package io.millrace.jobs.evaluate;

import io.millrace.features.event.Click;
import io.millrace.features.event.Order;
import io.millrace.jobs.local.ContractEvent;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Which list is to be held against which event. A list is made after every view, cart and favourite
 * of a visitor. An event is looked for in the visitor's newest list before it that was not made for
 * the event's own item; where there is none, it counts for nothing. A view counts only if the
 * visitor comes from another item.
 */
final class LiveTargets {
  private final Map<Integer, List<Target>> byAsk = new HashMap<>();
  private final Map<String, Asks> asksByVisitor = new HashMap<>();
  private final int[] counts = new int[LiveKind.values().length];
  private final int from;

  /**
   * What is looked for in a list.
   *
   * @param kind of the event
   * @param item it is about
   */
  record Target(LiveKind kind, String item) {}

  /** A visitor's newest ask, and the newest one for another item than that. */
  private static final class Asks {
    private int newest = -1;
    private String newestItem;
    private int other = -1;

    private int before(String item) {
      return item.equals(newestItem) ? other : newest;
    }

    private void add(int number, String item) {
      if (!item.equals(newestItem)) {
        other = newest;
      }
      newest = number;
      newestItem = item;
    }
  }

  /**
   * @param from number of the first event that counts
   */
  LiveTargets(int from) {
    this.from = from;
  }

  /** Takes the next event; numbers grow. */
  void add(int number, ContractEvent event) {
    if (event instanceof ContractEvent.OfClick ofClick) {
      Click click = ofClick.click();
      Asks asks = asksByVisitor.computeIfAbsent(click.visitorId(), unused -> new Asks());
      switch (click.type()) {
        case VIEW_ITEM -> {
          if (!click.itemId().equals(asks.newestItem)) {
            add(number, LiveKind.VIEW, click.itemId(), asks);
          }
        }
        case ADD_TO_CART -> add(number, LiveKind.CART, click.itemId(), asks);
        default -> {}
      }
      asks.add(number, click.itemId());
    } else if (event instanceof ContractEvent.OfOrder ofOrder) {
      Asks asks = asksByVisitor.get(ofOrder.order().visitorId());
      if (asks != null) {
        for (Order.Line line : ofOrder.order().lines()) {
          add(number, LiveKind.PURCHASE, line.itemId(), asks);
        }
      }
    }
  }

  private void add(int number, LiveKind kind, String item, Asks asks) {
    int ask = asks.before(item);
    if (ask >= 0 && number >= from) {
      byAsk.computeIfAbsent(ask, unused -> new ArrayList<>()).add(new Target(kind, item));
      counts[kind.ordinal()]++;
    }
  }

  /** What is looked for in the list made after an event. */
  List<Target> of(int number) {
    return byAsk.getOrDefault(number, List.of());
  }

  /** How many there are of a kind. */
  int count(LiveKind kind) {
    return counts[kind.ordinal()];
  }
}
