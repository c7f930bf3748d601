package io.millrace.jobs.store;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;

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
  private static final double APPEAL_SKEW = 0.8;
  private static final double CATEGORY_SKEW = 0.5;
  private static final double NEW_ITEM_APPEAL = 0.3;

  private final List<String> paths = new ArrayList<>();
  private final List<String> nouns = new ArrayList<>();
  private final List<List<StoreItem>> byCategory = new ArrayList<>();
  private final Map<String, StoreItem> byId = new HashMap<>();
  private final Random random;

  StoreCatalogue(int items, Random random) {
    this.random = random;
    for (String department : DEPARTMENTS) {
      String[] parts = department.split(": ");
      for (String noun : parts[1].split(", ")) {
        paths.add(parts[0] + "/" + noun.toLowerCase(Locale.ROOT).replace(' ', '-') + "s");
        nouns.add(noun);
        byCategory.add(new ArrayList<>());
      }
    }
    for (int i = 0; i < items; i++) {
      int category = i < categories() ? i : random.nextInt(categories());
      int rank = byCategory.get(category).size() + 1;
      add(category, Math.pow(rank, -APPEAL_SKEW));
    }
  }

  /** A new item somewhere in the store; it must find its public. */
  StoreItem addNew() {
    return add(random.nextInt(categories()), NEW_ITEM_APPEAL);
  }

  private StoreItem add(int category, double appeal) {
    List<StoreItem> shelf = byCategory.get(category);
    int style = random.nextInt(STYLES);
    String[] looks = LOOKS[style];
    String noun = nouns.get(category);
    int number = shelf.size() + 1;
    String leaf = paths.get(category).substring(paths.get(category).indexOf('/') + 1);
    String title =
        looks[random.nextInt(looks.length)] + " " + noun + " " + (char) ('A' + style) + number;
    double price = Math.round(100 * Math.exp(3.2 + 0.7 * random.nextGaussian())) / 100.0;
    StoreItem item =
        new StoreItem(
            String.format(Locale.ROOT, "%s-%04d", leaf, number),
            title,
            category,
            style,
            appeal,
            price);
    shelf.add(item);
    byId.put(item.id(), item);
    return item;
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

  /** The categories of the same department. */
  int neighbourOf(int category, Random chance) {
    int perDepartment = categories() / DEPARTMENTS.length;
    return category / perDepartment * perDepartment + chance.nextInt(perDepartment);
  }

  /** {@code home/lamps}. */
  String path(int category) {
    return paths.get(category);
  }

  List<StoreItem> shelf(int category) {
    return byCategory.get(category);
  }

  /** Null if there is none of that id. */
  StoreItem item(String id) {
    return byId.get(id);
  }

  int size() {
    return byId.size();
  }
}
