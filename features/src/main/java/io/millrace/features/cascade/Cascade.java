package io.millrace.features.cascade;

import io.millrace.features.cascade.CascadeSettings.AdultPolicy;
import io.millrace.features.catalogue.ItemBits;
import io.millrace.features.catalogue.ItemTable;
import io.millrace.features.decision.ReasonType;
import io.millrace.features.decision.RecommendationList.Item;
import io.millrace.features.decision.RecommendationList.Reason;
import io.millrace.features.session.Hashes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Makes a list: goes through the levels of candidates from the best to the last, leaves out what
 * this visitor must not see, and stops when the list is full. Within a level, candidates stand in
 * the order of their scores, times what controls boost them by, less for every time they were
 * passed over; in the first level, those of a category that has had its share stand behind the
 * others. Not safe for use by several threads.
 */
public final class Cascade {
  private static final Comparator<Item> BEST_FIRST =
      Comparator.comparingDouble(Item::score).reversed().thenComparing(Item::itemId);
  private static final Reason PINNED = new Reason(ReasonType.TRENDING, null, null);

  private final CascadeSettings settings;
  private final ItemTable table;
  private final Pins pins;

  /**
   * @param table what is known of items, as it is when a list is made
   * @param pins likewise
   */
  public Cascade(CascadeSettings settings, ItemTable table, Pins pins) {
    this.settings = settings;
    this.table = table;
    this.pins = pins;
  }

  /**
   * Who a list is for.
   *
   * @param current the item looked at, null if there is none
   * @param excluded items of the session that must not fill the list up
   * @param bought hashes of the items bought
   * @param passedOver hashes (their lower half) of the items passed over, one a time
   * @param time event time, milliseconds since the epoch
   */
  public record Audience(
      String current, Set<String> excluded, long[] bought, int[] passedOver, long time) {}

  /** Gives the candidates of one level after the other, the best level first. */
  @FunctionalInterface
  public interface Levels {
    /** The candidates of a level by score, ties by item id; null behind the last level. */
    List<Item> level(int number);
  }

  /** Makes the list; empty only if nothing may be shown at all. */
  public List<Item> list(Audience audience, Levels levels) {
    Draft draft = new Draft(audience);
    List<Item> candidates = levels.level(0);
    for (int number = 0; candidates != null; candidates = levels.level(++number)) {
      if (number > 0 && (!settings.fillUp() || draft.isFull())) {
        break;
      }
      draft.add(candidates, number == 0);
    }
    if (draft.items.isEmpty() && settings.fillUp()) {
      draft.addAnyway(levels);
    }
    draft.pin();
    return draft.list();
  }

  /**
   * A list that items were taken out of, filled up.
   *
   * @param left the items left, which stay as they are
   * @param candidates best first
   */
  public List<Item> refill(Audience audience, List<Item> left, List<Item> candidates) {
    Draft draft = new Draft(audience);
    left.forEach(item -> draft.items.put(item.itemId(), item));
    draft.add(candidates, false);
    return draft.list();
  }

  /** Whether an item, by the hash of its id ({@link Hashes}), may stand in anybody's list. */
  public boolean isServable(long item) {
    return ItemBits.isServable(table.get(item));
  }

  private boolean isRepeatable(long bits) {
    int category = ItemBits.category(bits);
    if (settings.repeatable().isEmpty() || category == ItemBits.NO_CATEGORY) {
      return false;
    }
    String path = table.categoryPath(category);
    return settings.repeatable().stream()
        .anyMatch(above -> path.equals(above) || path.startsWith(above + "/"));
  }

  /** A list in the making. */
  private final class Draft {
    private final Audience audience;
    private final boolean adult;
    private final Map<String, Item> items = new LinkedHashMap<>();

    private Draft(Audience audience) {
      this.audience = audience;
      this.adult =
          settings.adult() == AdultPolicy.SHOW
              || settings.adult() == AdultPolicy.MATCH
                  && audience.current != null
                  && ItemBits.isAdult(table.get(audience.current));
    }

    private boolean isFull() {
      return items.size() >= settings.listSize();
    }

    private void add(List<Item> candidates, boolean neighbours) {
      List<Item> allowed = new ArrayList<>(candidates.size());
      boolean weighed = false;
      for (Item candidate : candidates) {
        long bits = table.get(candidate.itemId());
        // The postings have left out of their answers what the session excludes.
        boolean excluded = !neighbours && audience.excluded.contains(candidate.itemId());
        if (!excluded && !items.containsKey(candidate.itemId()) && isAllowed(candidate, bits)) {
          double weight = weight(candidate, bits);
          weighed |= weight != 1;
          allowed.add(
              weight == 1
                  ? candidate
                  : new Item(candidate.itemId(), candidate.score() * weight, candidate.reason()));
        }
      }
      if (weighed) {
        allowed.sort(BEST_FIRST);
      }
      for (Item item : neighbours ? spread(allowed) : allowed) {
        if (isFull()) {
          return;
        }
        items.put(item.itemId(), item);
      }
    }

    private boolean isAllowed(Item candidate, long bits) {
      return ItemBits.isServable(bits)
          && (adult || !ItemBits.isAdult(bits))
          && !(hasBought(candidate.itemId()) && !isRepeatable(bits));
    }

    private boolean hasBought(String item) {
      if (audience.bought.length == 0) {
        return false;
      }
      long hash = Hashes.of(item);
      for (long bought : audience.bought) {
        if (bought == hash) {
          return true;
        }
      }
      return false;
    }

    private double weight(Item candidate, long bits) {
      double weight = ItemBits.boost(bits);
      if (audience.passedOver.length > 0) {
        int hash = (int) Hashes.of(candidate.itemId());
        for (int passed : audience.passedOver) {
          weight *= passed == hash ? settings.passedOverWeight() : 1;
        }
      }
      return weight;
    }

    /** Those of a category that has had its share go behind the others. */
    private List<Item> spread(List<Item> candidates) {
      int share = (int) Math.ceil(settings.categoryShare() * settings.listSize());
      if (share >= settings.listSize()) {
        return candidates;
      }
      Map<Integer, Integer> taken = new HashMap<>();
      List<Item> ahead = new ArrayList<>(candidates.size());
      List<Item> behind = new ArrayList<>();
      for (Item candidate : candidates) {
        int category = ItemBits.category(table.get(candidate.itemId()));
        boolean free =
            category == ItemBits.NO_CATEGORY || taken.merge(category, 1, Integer::sum) <= share;
        (free ? ahead : behind).add(candidate);
      }
      ahead.addAll(behind);
      return ahead;
    }

    /** Better what the visitor has seen or bought than nothing at all. */
    private void addAnyway(Levels levels) {
      List<Item> candidates = levels.level(0);
      for (int number = 0; candidates != null; candidates = levels.level(++number)) {
        for (Item item : candidates) {
          long bits = table.get(item.itemId());
          if (!isFull() && ItemBits.isServable(bits) && (adult || !ItemBits.isAdult(bits))) {
            items.putIfAbsent(item.itemId(), item);
          }
        }
      }
    }

    /** Puts pinned items at their places; those pushed out at the end are gone. */
    private void pin() {
      if (pins.isEmpty()) {
        return;
      }
      List<Item> list = list();
      Set<String> pinned = new HashSet<>();
      for (Pins.Pin pin : pins.at(audience.time)) {
        Item item = new Item(pin.item(), 0, PINNED);
        if (isAllowed(item, table.get(pin.item())) && pinned.add(pin.item())) {
          Item present = items.get(pin.item());
          list.removeIf(other -> other.itemId().equals(pin.item()));
          list.add(Math.min(pin.place() - 1, list.size()), present == null ? item : present);
        }
      }
      items.clear();
      list.stream().limit(settings.listSize()).forEach(item -> items.put(item.itemId(), item));
    }

    private List<Item> list() {
      return new ArrayList<>(items.values());
    }
  }
}
