package io.millrace.jobs.store;

import io.millrace.features.event.CatalogItem;
import io.millrace.features.event.CatalogItem.Status;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * How many pieces of each item there are. Most that sell out come again after a while; some do not
 * and leave the store. What the catalogue has to be told of it is told.
 */
final class Stockroom {
  private static final double MEAN_PIECES = 8;
  private static final double DELIVERY_MS = 8 * 60_000;
  private static final double NEVER_AGAIN = 0.1;
  private static final double COST_SHARE = 0.6;

  private final Chance chance;
  private final StoreCatalogue catalogue;
  private final Agenda agenda;
  private final StoreJournal journal;
  private final Map<StoreItem, Integer> pieces = new HashMap<>();
  private final Map<StoreItem, Long> deliveries = new HashMap<>();

  Stockroom(Chance chance, StoreCatalogue catalogue, Agenda agenda, StoreJournal journal) {
    this.chance = chance;
    this.catalogue = catalogue;
    this.agenda = agenda;
    this.journal = journal;
  }

  /** Takes in the first pieces of an item that is new to the store. */
  void open(long now, StoreItem item) {
    pieces.put(item, delivery());
    tell(now, item, Status.ACTIVE);
  }

  private int delivery() {
    return 1 + (int) chance.waiting(MEAN_PIECES);
  }

  /** Whether there is a piece to be had. */
  boolean has(StoreItem item) {
    return pieces(item) > 0 && catalogue.sells(item);
  }

  private int pieces(StoreItem item) {
    return pieces.get(item);
  }

  /** Takes out as many as are wanted and there; says how many. */
  int take(StoreItem item, int wanted) {
    int taken = has(item) ? Math.min(wanted, pieces(item)) : 0;
    pieces.merge(item, -taken, Integer::sum);
    return taken;
  }

  /** Notices that an item from which some were taken has sold out, if so. */
  void afterSale(long now, StoreItem item) {
    if (pieces(item) > 0 || !catalogue.sells(item)) {
      return;
    }
    if (!deliveries.containsKey(item)) {
      if (chance.in(NEVER_AGAIN) && discontinue(now, item)) {
        return;
      }
      long due = now + 1 + (long) chance.waiting(DELIVERY_MS);
      deliveries.put(item, due);
      agenda.at(due, at -> deliver(at, item));
    }
    tell(now, item, Status.ACTIVE);
  }

  private void deliver(long now, StoreItem item) {
    deliveries.remove(item);
    takeIn(now, item, delivery());
  }

  /** Takes out all of what is wanted or nothing; says which. */
  boolean takeAll(Map<StoreItem, Integer> wanted) {
    if (!wanted.entrySet().stream()
        .allMatch(e -> has(e.getKey()) && pieces(e.getKey()) >= e.getValue())) {
      return false;
    }
    wanted.forEach(this::take);
    return true;
  }

  /** Pieces that were not sold after all; whoever counts the orders knows of them. */
  void putBack(long now, StoreItem item, int unsold) {
    boolean wasOut = pieces(item) == 0;
    pieces.merge(item, unsold, Integer::sum);
    if (wasOut && catalogue.sells(item)) {
      tell(now, item, Status.ACTIVE);
    }
  }

  /** Pieces that were delivered or sent back, of which nobody knows yet. */
  void takeIn(long now, StoreItem item, int arrived) {
    pieces.merge(item, arrived, Integer::sum);
    if (catalogue.sells(item)) {
      tell(now, item, Status.ACTIVE);
    }
  }

  /** Takes an item out of the store for good, unless too few would be left of its kind. */
  boolean discontinue(long now, StoreItem item) {
    boolean gone = catalogue.remove(item);
    if (gone) {
      tell(now, item, Status.DISCONTINUED);
    }
    return gone;
  }

  private void tell(long now, StoreItem item, Status status) {
    double cost = Math.round(100 * COST_SHARE * item.price()) / 100.0;
    journal.entry(
        now,
        new CatalogItem(
            item.id(),
            item.title(),
            catalogue.path(item.category()),
            item.brand(),
            item.attributes(),
            status,
            false,
            new CatalogItem.Prices(
                StoreJournal.CURRENCY, item.price(), cost, false, null, null, null, List.of()),
            new CatalogItem.Supply((long) pieces(item), deliveries.get(item), null, null),
            now));
  }
}
