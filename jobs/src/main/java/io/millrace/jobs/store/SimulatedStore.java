package io.millrace.jobs.store;

import io.millrace.features.event.Click;
import io.millrace.features.event.ClickType;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.Set;

/**
 * The clickstream of a store that does not exist, without end, in order of event time. Visits begin
 * at random; each has something in mind, looks at items of that category and of its surroundings,
 * goes back now and then, puts something into the cart, and ends. Many visitors come again; new
 * items appear. The same seed and start give the same events.
 *
 * <p>For use by one thread.
 */
public final class SimulatedStore {
  private static final int ITEMS = 2_000;
  private static final double CLICKS_PER_VISIT = 5;
  private static final double RETURNING = 0.5;
  private static final long AWAY_MS = 10 * 60_000;
  private static final double NEW_ITEMS_PER_CLICK = 0.001;
  private static final double SAME_CATEGORY = 0.68;
  private static final double NEIGHBOUR_CATEGORY = 0.88;
  private static final double BACK = 0.12;
  private static final double CART = 0.06;
  private static final double STYLE_LIKING = 3;
  private static final double DWELL_MEDIAN_MS = 18_000;
  private static final double DWELL_SPREAD = 0.8;
  private static final int FAVOURITES = 4;

  private final Random random;
  private final StoreCatalogue catalogue;
  private final double visitsPerMs;
  private final String run;
  private final List<StoreVisitor> visitors = new ArrayList<>();
  private final List<Long> lastSeen = new ArrayList<>();
  private final Set<Integer> inStore = new HashSet<>();
  private final PriorityQueue<Visit> visits =
      new PriorityQueue<>(Comparator.comparingLong((Visit v) -> v.next).thenComparing(v -> v.id));
  private long nextVisit;
  private long events;
  private int visitCount;

  /** A visit going on. */
  private static final class Visit {
    private final String id;
    private final int visitor;
    private final List<StoreItem> seen = new ArrayList<>();
    private int category;
    private long next;

    private Visit(String id, int visitor, int category, long next) {
      this.id = id;
      this.visitor = visitor;
      this.category = category;
      this.next = next;
    }
  }

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
    this.random = new Random(seed);
    this.catalogue = new StoreCatalogue(ITEMS, random);
    this.visitsPerMs = clicksPerSecond / CLICKS_PER_VISIT / 1_000;
    // Two openings of a store must not repeat each other's event ids.
    this.run = Long.toString(startMs, 36);
    this.nextVisit = startMs;
  }

  /** The next event. */
  public Click next() {
    while (visits.isEmpty() || nextVisit <= visits.peek().next) {
      beginVisit();
    }
    Visit visit = visits.poll();
    if (random.nextDouble() < NEW_ITEMS_PER_CLICK) {
      catalogue.addNew();
    }
    Click click = click(visit);
    StoreVisitor visitor = visitors.get(visit.visitor);
    if (random.nextDouble() < 1 / visitor.patience()) {
      inStore.remove(visit.visitor);
      lastSeen.set(visit.visitor, click.eventTime());
    } else {
      double dwell = DWELL_MEDIAN_MS * Math.exp(DWELL_SPREAD * random.nextGaussian());
      visit.next += Math.max(1_000, (long) dwell);
      visits.add(visit);
    }
    return click;
  }

  private void beginVisit() {
    int visitor = chooseVisitor();
    inStore.add(visitor);
    int intent = visitors.get(visitor).intent(random);
    visits.add(new Visit("s-" + run + "-" + visitCount++, visitor, intent, nextVisit));
    nextVisit += 1 + (long) (-Math.log(1 - random.nextDouble()) / visitsPerMs);
  }

  private int chooseVisitor() {
    if (!visitors.isEmpty() && random.nextDouble() < RETURNING) {
      int known = random.nextInt(visitors.size());
      if (!inStore.contains(known) && lastSeen.get(known) + AWAY_MS < nextVisit) {
        return known;
      }
    }
    int[] favourites = new int[FAVOURITES];
    favourites[0] = popularCategory();
    for (int i = 1; i < FAVOURITES; i++) {
      favourites[i] =
          random.nextBoolean() ? catalogue.neighbourOf(favourites[0], random) : popularCategory();
    }
    // Many look once and go; some stay long.
    double patience = 1 + (CLICKS_PER_VISIT - 1) * -Math.log(1 - random.nextDouble());
    String id = String.format(Locale.ROOT, "v-%06d", visitors.size());
    visitors.add(new StoreVisitor(id, favourites, random.nextInt(StoreCatalogue.STYLES), patience));
    lastSeen.add(nextVisit);
    return visitors.size() - 1;
  }

  private int popularCategory() {
    double[] weights = new double[catalogue.categories()];
    for (int i = 0; i < weights.length; i++) {
      weights[i] = catalogue.weight(i);
    }
    return draw(weights);
  }

  private Click click(Visit visit) {
    StoreVisitor visitor = visitors.get(visit.visitor);
    String eventId = "e-" + run + "-" + String.format(Locale.ROOT, "%09d", events++);
    List<StoreItem> seen = visit.seen;
    if (!seen.isEmpty() && random.nextDouble() < CART) {
      return event(eventId, ClickType.ADD_TO_CART, visit, visitor, seen.get(seen.size() - 1));
    }
    StoreItem item =
        seen.size() > 1 && random.nextDouble() < BACK
            ? seen.get(random.nextInt(seen.size()))
            : choose(visit, visitor);
    seen.add(item);
    return event(eventId, ClickType.VIEW_ITEM, visit, visitor, item);
  }

  private static Click event(
      String id, ClickType type, Visit visit, StoreVisitor visitor, StoreItem item) {
    Click.Details details =
        new Click.Details(
            null,
            null,
            type == ClickType.ADD_TO_CART ? 1 : null,
            item.price(),
            null,
            "EUR",
            null,
            null,
            "web",
            null,
            null,
            null,
            null);
    return new Click(id, type, visit.next, visitor.id(), item.id(), List.of(), visit.id, details);
  }

  private StoreItem choose(Visit visit, StoreVisitor visitor) {
    double way = random.nextDouble();
    if (!visit.seen.isEmpty() && way > SAME_CATEGORY) {
      visit.category =
          way < NEIGHBOUR_CATEGORY
              ? catalogue.neighbourOf(visit.category, random)
              : visitor.intent(random);
    }
    List<StoreItem> shelf = catalogue.shelf(visit.category);
    double[] weights = new double[shelf.size()];
    for (int i = 0; i < weights.length; i++) {
      StoreItem item = shelf.get(i);
      boolean again = !visit.seen.isEmpty() && visit.seen.get(visit.seen.size() - 1) == item;
      double liking = item.style() == visitor.style() ? STYLE_LIKING : 1;
      weights[i] = again && weights.length > 1 ? 0 : item.appeal() * liking;
    }
    return shelf.get(draw(weights));
  }

  private int draw(double[] weights) {
    double sum = 0;
    for (double weight : weights) {
      sum += weight;
    }
    double left = random.nextDouble() * sum;
    int last = 0;
    for (int i = 0; i < weights.length; i++) {
      if (weights[i] > 0) {
        last = i;
        left -= weights[i];
        if (left < 0) {
          break;
        }
      }
    }
    return last;
  }

  /** The item's title, or its id if the store has no such item. */
  public String title(String itemId) {
    StoreItem item = catalogue.item(itemId);
    return item == null ? itemId : item.title();
  }

  /** {@code home/lamps}, or null if the store has no such item. */
  public String category(String itemId) {
    StoreItem item = catalogue.item(itemId);
    return item == null ? null : catalogue.path(item.category());
  }

  /** Items in the catalogue by now. */
  public int itemCount() {
    return catalogue.size();
  }

  /** Visitors who have come so far. */
  public int visitorCount() {
    return visitors.size();
  }
}
