package io.millrace.jobs.store;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** What the simulated store sells: leaf categories under departments, growing as time passes. */
final class StoreCatalogue {
  static final int STYLES = 6;

  private static final String[] DEPARTMENTS = {
    "home: Lamp, Rug, Cushion, Mirror, Vase, Shelf",
    "kitchen: Kettle, Pan, Knife, Mug, Bowl, Grinder",
    "garden: Planter, Trowel, Lantern, Bench, Hose, Birdhouse",
    "fashion: Jacket, Scarf, Sneaker, Dress, Belt, Backpack",
    "sport: Yoga Mat, Dumbbell, Bottle, Tent, Helmet, Racket",
    "toys: Puzzle, Train, Doll, Kite, Board Game, Robot",
    "office: Notebook, Pen, Desk, Chair, Monitor Stand, Organizer",
    "music: Guitar, Keyboard, Headphone, Turntable, Microphone, Drum"
  };
  private static final String[][] LOOKS = {
    {"Oak", "Birch", "Linen", "Nordic"},
    {"Brass", "Marble", "Velvet", "Grand"},
    {"Neon", "Pixel", "Turbo", "Retro"},
    {"Slate", "Steel", "Mono", "Urban"},
    {"Coral", "Sunny", "Mint", "Happy"},
    {"Forest", "Trail", "Alpine", "River"}
  };

  /** Two of each style, which its items mostly are of. */
  private static final String[] BRANDS = {
    "Fjell",
    "Lindqvist",
    "Aurelia",
    "Maison Roux",
    "Bitwerk",
    "Kapow",
    "Stahl",
    "Northline",
    "Solara",
    "Pip & Co",
    "Evergreen",
    "Wildpath"
  };

  private static final String[] COLOURS = {"white", "black", "grey", "blue", "green", "red"};
  private static final double BRAND_OF_STYLE = 0.6;
  private static final int SMALLEST_SHELF = 4;
  private static final double APPEAL_SKEW = 0.8;
  private static final double CATEGORY_SKEW = 0.5;
  private static final double NEW_ITEM_APPEAL = 0.3;

  private final List<String> paths = new ArrayList<>();
  private final List<String> nouns = new ArrayList<>();
  private final List<List<StoreItem>> byCategory = new ArrayList<>();
  private final Map<String, StoreItem> byId = new LinkedHashMap<>();
  private final Set<StoreItem> sold = new HashSet<>();
  private final int[] made;
  private final Chance chance;

  StoreCatalogue(int items, Chance chance) {
    this.chance = chance;
    for (String department : DEPARTMENTS) {
      String[] parts = department.split(": ");
      for (String noun : parts[1].split(", ")) {
        paths.add(parts[0] + "/" + noun.toLowerCase(Locale.ROOT).replace(' ', '-') + "s");
        nouns.add(noun);
        byCategory.add(new ArrayList<>());
      }
    }
    made = new int[categories()];
    for (int i = 0; i < items; i++) {
      int category = i < categories() ? i : chance.below(categories());
      int rank = byCategory.get(category).size() + 1;
      add(category, Math.pow(rank, -APPEAL_SKEW));
    }
  }

  /** A new item somewhere in the store; it must find its public. */
  StoreItem addNew() {
    return add(chance.below(categories()), NEW_ITEM_APPEAL);
  }

  private StoreItem add(int category, double appeal) {
    int style = chance.below(STYLES);
    String look = chance.of(LOOKS[style]);
    String noun = nouns.get(category);
    int number = ++made[category];
    String leaf = paths.get(category).substring(paths.get(category).indexOf('/') + 1);
    SortedMap<String, String> attributes = new TreeMap<>();
    attributes.put("look", look.toLowerCase(Locale.ROOT));
    attributes.put("colour", chance.of(COLOURS));
    int brand =
        chance.in(BRAND_OF_STYLE) ? 2 * style + chance.below(2) : chance.below(BRANDS.length);
    StoreItem item =
        new StoreItem(
            String.format(Locale.ROOT, "%s-%04d", leaf, number),
            look + " " + noun + " " + (char) ('A' + style) + number,
            category,
            style,
            appeal,
            Math.round(100 * Math.exp(3.2 + 0.7 * chance.normal())) / 100.0,
            BRANDS[brand],
            attributes);
    byCategory.get(category).add(item);
    byId.put(item.id(), item);
    sold.add(item);
    return item;
  }

  /** Takes an item from its shelf, unless too few would be left there; says whether it did. */
  boolean remove(StoreItem item) {
    List<StoreItem> shelf = byCategory.get(item.category());
    if (shelf.size() <= SMALLEST_SHELF) {
      return false;
    }
    sold.remove(item);
    return shelf.remove(item);
  }

  /** Whether an item stands on its shelf, be it sold out or not. */
  boolean sells(StoreItem item) {
    return sold.contains(item);
  }

  int categories() {
    return paths.size();
  }

  /** How much the public at large likes a category. */
  double weight(int category) {
    // Scattered, so that the popular categories are not all in the first department.
    int rank = 1 + (category * 29) % categories();
    return Math.pow(rank, -CATEGORY_SKEW);
  }

  /** A category of the same department. */
  int neighbourOf(int category) {
    int perDepartment = categories() / DEPARTMENTS.length;
    return category / perDepartment * perDepartment + chance.below(perDepartment);
  }

  /** {@code home/lamps}. */
  String path(int category) {
    return paths.get(category);
  }

  /** {@code Lamp}. */
  String noun(int category) {
    return nouns.get(category);
  }

  /** What is sold of a category, first what was there first. */
  List<StoreItem> shelf(int category) {
    return byCategory.get(category);
  }

  /** Every item that is or was sold, in the order in which they came. */
  Collection<StoreItem> all() {
    return byId.values();
  }

  /** Null if there never was one of that id. */
  StoreItem item(String id) {
    return byId.get(id);
  }

  int size() {
    return byId.size();
  }
}
