package io.millrace.features.bundle;

import io.millrace.features.catalogue.ItemFact;
import io.millrace.features.neighbour.PartialAnswer;
import io.millrace.features.neighbour.SessionItems;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;

/** Seeded orders over a few items, some of which go together; ties of time, any ids. */
public final class RandomBaskets {
  /** Items are called {@code i0}, {@code i1}, … */
  public static final int ITEMS = 30;

  private final Random random;

  public RandomBaskets(long seed) {
    this.random = new Random(seed);
  }

  /** An order of up to five items. */
  public SessionItems next(long id) {
    List<String> items = new ArrayList<>();
    int theme = random.nextInt(6);
    for (int i = 1 + random.nextInt(5); i > 0; i--) {
      int item = random.nextInt(3) == 0 ? random.nextInt(ITEMS) : theme * 5 + random.nextInt(5);
      items.add("i" + item);
    }
    return order(id, 1_000_000 + random.nextInt(50), items);
  }

  /** An order as trackers tell of it: its distinct items by id, the first twenty of more. */
  public static SessionItems order(long id, long time, Collection<String> items) {
    return new SessionItems(
        id,
        time,
        new TreeSet<>(items).stream().limit(SessionItems.MAX_ITEMS).toArray(String[]::new));
  }

  /** What is told of an item by its orders alone. */
  public static ItemFact fact(String item, int orders) {
    return new ItemFact(item, false, false, false, false, null, 1, orders);
  }

  /** A bundle in the form of the reference. */
  public static List<String> lines(PartialAnswer bundle) {
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < bundle.items().length; i++) {
      lines.add(
          bundle.items()[i]
              + " "
              + bundle.scores()[i]
              + " "
              + bundle.evidence()[i]
              + " of "
              + bundle.sessions());
    }
    return lines;
  }
}
