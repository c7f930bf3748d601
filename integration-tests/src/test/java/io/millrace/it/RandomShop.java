package io.millrace.it;

import io.millrace.features.event.Click;
import io.millrace.features.event.ClickType;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;

/**
 * The clicks of a shop on one day, drawn from a seed: visitors with several sessions, named by the
 * sender or bounded by gaps, short ones and some beyond the 20 clicks that are kept; clicks at the
 * same moment; several kinds of click on one item; events without an item.
 */
final class RandomShop {
  /** Event time of the first clicks, 2025-06-01. */
  static final long BEGIN = 1_748_736_000_000L;

  static final long OUT_OF_ORDERNESS = 5_000;

  private static final int VISITORS = 300;
  private static final int ITEMS = 70;
  private static final long MINUTE = 60_000;
  private static final ClickType[] INTEREST = {
    ClickType.VIEW_ITEM,
    ClickType.VIEW_ITEM,
    ClickType.VIEW_ITEM,
    ClickType.SELECT_ITEM,
    ClickType.ADD_TO_CART,
    ClickType.ADD_TO_WISHLIST
  };

  private final Random random;
  private final List<Click> clicks = new ArrayList<>();
  private final List<Click> lastOfVisitors = new ArrayList<>();

  RandomShop(long seed) {
    random = new Random(seed);
    for (int visitor = 0; visitor < VISITORS; visitor++) {
      visit("v" + visitor);
    }
    clicks.sort(Comparator.comparingLong(Click::eventTime).thenComparing(Click::eventId));
  }

  private record Arrival(long at, Click click) {}

  private void visit(String visitor) {
    long time = BEGIN + random.nextInt(240) * MINUTE;
    for (int session = 2 + random.nextInt(4); session > 0; session--) {
      String name = random.nextInt(3) == 0 ? visitor + "-s" + session : null;
      int length = random.nextInt(8) == 0 ? 21 + random.nextInt(30) : 1 + random.nextInt(10);
      int taste = random.nextInt(ITEMS);
      for (int i = 0; i < length; i++) {
        time += pause();
        clicks.add(click(visitor, time, name, (taste + random.nextInt(12)) % ITEMS));
      }
      // A pause that ends a session, one just too short for that, or none between two names.
      time += new long[] {31, 29, 0}[name == null ? random.nextInt(2) : 2] * MINUTE;
    }
    lastOfVisitors.add(clicks.get(clicks.size() - 1));
  }

  private long pause() {
    return switch (random.nextInt(4)) {
      case 0 -> 0;
      case 1 -> random.nextInt(4) * 500L;
      default -> random.nextInt(40) * 1_000L;
    };
  }

  private Click click(String visitor, long time, String session, int item) {
    // Ids that do not sort as the clicks were drawn, so that ties are settled by id alone.
    String id = Long.toHexString(random.nextLong());
    boolean interest = random.nextInt(15) > 0;
    return new Click(
        id,
        interest ? INTEREST[random.nextInt(INTEREST.length)] : ClickType.VIEW_CART,
        time,
        visitor,
        interest ? "item" + item : null,
        List.of(),
        session,
        Click.Details.NONE);
  }

  /** All clicks by event time. */
  List<Click> inOrder() {
    return List.copyOf(clicks);
  }

  /**
   * The same clicks, none further behind than is allowed, and some of them again: a few within the
   * allowance, a few long after it.
   */
  List<Click> shuffledWithDuplicates() {
    List<Arrival> arrivals = new ArrayList<>();
    for (Click click : clicks) {
      arrivals.add(new Arrival(click.eventTime() + random.nextInt(5_000), click));
      if (random.nextInt(10) == 0) {
        arrivals.add(new Arrival(click.eventTime() + random.nextInt(5_000), click));
      }
      if (random.nextInt(50) == 0) {
        arrivals.add(new Arrival(click.eventTime() + 10 * MINUTE, click));
      }
    }
    arrivals.sort(Comparator.comparingLong(Arrival::at));
    return arrivals.stream().map(Arrival::click).toList();
  }

  /** Event time of the last click. */
  long end() {
    return clicks.get(clicks.size() - 1).eventTime();
  }

  /**
   * One more click of every visitor, a second after each other from {@code time} on. Who was in a
   * named session last still is.
   */
  List<Click> probes(long time) {
    List<Click> probes = new ArrayList<>();
    for (Click last : lastOfVisitors) {
      int number = probes.size();
      probes.add(
          Click.view(
              "probe" + number,
              time + number * 1_000L,
              last.visitorId(),
              "item" + number % ITEMS,
              last.sessionId()));
    }
    return probes;
  }
}
