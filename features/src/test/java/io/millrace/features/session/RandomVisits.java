package io.millrace.features.session;

import io.millrace.features.event.Click;
import io.millrace.features.event.ClickType;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;

/**
 * Seeded events of several visitors that seek out the hard places: pauses around the gap, bursts,
 * ties of time, sessions longer than a window, named sessions within unnamed ones, events without
 * an item. And seeded orders of their arrival.
 */
final class RandomVisits {
  private static final List<ClickType> TYPES =
      List.of(
          ClickType.VIEW_ITEM,
          ClickType.VIEW_ITEM,
          ClickType.VIEW_ITEM,
          ClickType.SELECT_ITEM,
          ClickType.ADD_TO_CART,
          ClickType.ADD_TO_WISHLIST,
          ClickType.REMOVE_FROM_CART,
          ClickType.SEARCH,
          ClickType.VIEW_ITEM_LIST,
          ClickType.VIEW_CART);

  private final Random random;
  private final SessionSettings settings;
  private final int visitors;

  RandomVisits(long seed, SessionSettings settings, int visitors) {
    this.random = new Random(seed);
    this.settings = settings;
    this.visitors = visitors;
  }

  /** The events of all visitors in order of (time, event id). */
  List<Click> inOrder() {
    List<Click> events = new ArrayList<>();
    for (int visitor = 0; visitor < visitors; visitor++) {
      visit("visitor-" + visitor, events);
    }
    events.sort(Comparator.comparingLong(Click::eventTime).thenComparing(Click::eventId));
    return events;
  }

  private void visit(String visitor, List<Click> events) {
    long time = 1_600_000_000_000L + random.nextInt(600_000);
    int phases = 1 + random.nextInt(4);
    for (int phase = 0; phase < phases; phase++) {
      int names = random.nextInt(3);
      int items = 1 + random.nextInt(random.nextBoolean() ? 6 : 40);
      int longestStep = new int[] {1_000, 40_000, 0}[random.nextInt(3)];
      for (int rest = random.nextInt(random.nextInt(3) == 0 ? 70 : 15); rest > 0; rest--) {
        time += longestStep > 0 && random.nextInt(20) > 0 ? random.nextInt(longestStep) : pause();
        int name = random.nextInt(names + 1);
        String session = name == 0 ? null : visitor + "/" + phase + "/" + name;
        events.add(event(visitor, time, session, items));
      }
      // A name is not heard again later, and not while stragglers of the phase before may come.
      time += settings.outOfOrdernessMs() + 1;
    }
  }

  private long pause() {
    return switch (random.nextInt(12)) {
      case 0, 1 -> 0;
      case 2, 3, 4 -> random.nextInt(2_500);
      case 5, 6, 7 -> random.nextInt(30_000);
      case 8, 9 -> random.nextInt(300_000);
      case 10 -> settings.gapMs() - 2 + random.nextInt(5);
      default -> settings.gapMs() - 5_000 + random.nextInt(10_000);
    };
  }

  private Click event(String visitor, long time, String session, int items) {
    ClickType type = TYPES.get(random.nextInt(TYPES.size()));
    // Ids in no order, so that ties of time are not broken by it.
    String id = Long.toHexString(random.nextLong());
    String item = type.needsItem() ? "item-" + random.nextInt(items) : null;
    List<String> listed = type.needsItems() ? List.of("item-1", "item-2") : List.of();
    return new Click(id, type, time, visitor, item, listed, session, Click.Details.NONE);
  }

  /** Another order of arrival in which no event comes more than the allowance behind the newest. */
  List<Click> shuffled(List<Click> events) {
    record Arrival(Click event, double at) {}
    return events.stream()
        .map(e -> new Arrival(e, e.eventTime() + random.nextDouble() * settings.outOfOrdernessMs()))
        .sorted(Comparator.comparingDouble(Arrival::at))
        .map(Arrival::event)
        .collect(Collectors.toCollection(ArrayList::new));
  }

  /** The same events, one in four of them a second time within the allowance. */
  List<Click> withDuplicates(List<Click> events) {
    List<Click> more = new ArrayList<>(events);
    for (Click event : events) {
      if (random.nextInt(4) == 0) {
        more.add(event);
      }
    }
    return shuffled(more);
  }
}
