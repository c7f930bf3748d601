package io.millrace.jobs.store;

import io.millrace.jobs.local.ContractEvent;
import java.util.List;
import java.util.Random;

/**
 * The events of a store that does not exist, without end, in order of event time: clicks, orders,
 * what is found out about orders, and changes of the catalogue. First comes the whole catalogue.
 * Then visits begin at random; each has something in mind, looks at items and lists of that
 * category and of its surroundings, fills the cart, ends, and may end in an order. Many visitors
 * come again. Items sell out and come back, new ones appear, others leave. A few visitors are bots,
 * and a few are thieves. The same seed and start give the same events.
 *
 * <p>For use by one thread.
 */
public final class SimulatedStore {
  private static final int ITEMS = 2_000;
  private static final double CLICKS_PER_VISIT = 5.75;
  private static final double CLICKS_PER_NEW_ITEM = 1_000;
  private static final double CLICKS_PER_OLD_ITEM = 2_000;

  private final Chance chance;
  private final StoreCatalogue catalogue;
  private final Agenda agenda = new Agenda();
  private final StoreJournal journal;
  private final Stockroom stock;
  private final VisitArrivals arrivals;

  /**
   * @param seed equal seeds give equal stores and events
   * @param startMs event time at which the store opens
   * @param clicksPerSecond mean rate once it has filled, above 0
   */
  public SimulatedStore(long seed, long startMs, double clicksPerSecond) {
    if (!(clicksPerSecond > 0)) {
      throw new IllegalArgumentException(
          "the rate is " + clicksPerSecond + " clicks a second; give more than 0");
    }
    this.chance = new Chance(new Random(seed));
    this.catalogue = new StoreCatalogue(ITEMS, chance);
    this.journal = new StoreJournal(startMs);
    this.stock = new Stockroom(chance, catalogue, agenda, journal);
    OrderDesk desk = new OrderDesk(chance, catalogue, stock, agenda, journal);
    StoreFloor floor = new StoreFloor(chance, catalogue, stock, desk, agenda, journal);
    double clickMs = 1_000 / clicksPerSecond;
    this.arrivals = new VisitArrivals(floor, clickMs * CLICKS_PER_VISIT);
    agenda.at(startMs, now -> catalogue.all().forEach(item -> stock.open(now, item)));
    agenda.at(startMs, arrivals);
    every(startMs, clickMs * CLICKS_PER_NEW_ITEM, now -> stock.open(now, catalogue.addNew()));
    every(startMs, clickMs * CLICKS_PER_OLD_ITEM, this::discontinueOne);
  }

  private void every(long now, double meanMs, Agenda.Task task) {
    agenda.at(
        now + 1 + (long) chance.waiting(meanMs),
        at -> {
          task.run(at);
          every(at, meanMs, task);
        });
  }

  private void discontinueOne(long now) {
    List<StoreItem> shelf = catalogue.shelf(chance.below(catalogue.categories()));
    stock.discontinue(now, shelf.get(chance.below(shelf.size())));
  }

  /** The next event. */
  public ContractEvent next() {
    ContractEvent event = journal.take();
    while (event == null) {
      agenda.runNext();
      event = journal.take();
    }
    return event;
  }

  /** The item's title, or its id if the store never had such an item. */
  public String title(String itemId) {
    StoreItem item = catalogue.item(itemId);
    return item == null ? itemId : item.title();
  }

  /** {@code home/lamps}, or null if the store never had such an item. */
  public String category(String itemId) {
    StoreItem item = catalogue.item(itemId);
    return item == null ? null : catalogue.path(item.category());
  }

  /** Items that are or were sold. */
  public int itemCount() {
    return catalogue.size();
  }

  /** Visitors who have come so far. */
  public int visitorCount() {
    return arrivals.visitorCount();
  }
}
