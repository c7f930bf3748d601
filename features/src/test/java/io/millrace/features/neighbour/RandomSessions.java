package io.millrace.features.neighbour;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** Seeded sessions over a small set of items, with repeated items, ties of time and any ids. */
public final class RandomSessions {
  /** Where all of it comes from. */
  public final Random random;

  private final String[] items;

  public RandomSessions(long seed) {
    this(seed, 0);
  }

  /**
   * @param distinct how many items there are, 0 for any number from 2 to 60
   */
  public RandomSessions(long seed, int distinct) {
    random = new Random(seed);
    items = new String[distinct > 0 ? distinct : 2 + random.nextInt(60)];
    Arrays.setAll(items, i -> "item-" + Integer.toString(i * 7919, 36));
  }

  String item() {
    return items[random.nextInt(items.length)];
  }

  public SessionItems any() {
    return holding(item());
  }

  /** A session of 1 to 20 clicks that holds an item. */
  SessionItems holding(String item) {
    return of(random.nextLong(), item);
  }

  /** Another state of the session of that id. */
  public SessionItems of(long id, String item) {
    String[] clicks = new String[1 + random.nextInt(random.nextBoolean() ? 6 : 20)];
    Arrays.setAll(clicks, i -> item());
    clicks[random.nextInt(clicks.length)] = item;
    long time = 1_600_000_000_000L + random.nextInt(40) * 1_000L;
    return new SessionItems(id, time - random.nextInt(1 << random.nextInt(24)), time, clicks);
  }

  public List<SessionItems> several(int count, String item) {
    List<SessionItems> sessions = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      sessions.add(holding(item));
    }
    return sessions;
  }
}
