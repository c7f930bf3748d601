package io.millrace.jobs.bench;

import io.millrace.features.event.CatalogItem;
import io.millrace.features.event.CatalogItem.Prices;
import io.millrace.features.event.CatalogItem.Status;
import io.millrace.features.event.CatalogItem.Supply;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeMap;

/**
 * The catalogue of a made-up store: the items of a {@link SyntheticLog}, and as many more as wanted
 * in the same categories, each with title, brand, price and stock, put on sale a second after the
 * one before. An item's entry is always the same but for what an update says.
 */
final class MadeUpCatalogue {
  private static final int DEPARTMENTS = 20;
  private static final int BRANDS = 500;
  private static final int NOUNS_A_CATEGORY = 12;
  private static final int LOOKS = 2_000;
  private static final int COLOURS = 12;
  private static final long PLENTY = 1_000_000;
  private static final int APART_MS = 1_000;
  private static final String[] SYLLABLES = {
    "ba", "cor", "den", "fi", "gra", "hul", "jo", "kel", "lin", "mo", "nar", "pi", "rus", "sol",
    "ta", "ver"
  };

  private final int size;

  /**
   * @param size its items, no fewer than the log has
   */
  MadeUpCatalogue(int size) {
    this.size = size;
  }

  int size() {
    return size;
  }

  /** An item that is on sale. */
  CatalogItem shown(int number) {
    return item(number, Status.ACTIVE, PLENTY);
  }

  /** The same item, hidden. */
  CatalogItem hidden(int number) {
    return item(number, Status.HIDDEN, PLENTY);
  }

  /** The same item, with nothing left of it. */
  CatalogItem soldOut(int number) {
    return item(number, Status.ACTIVE, 0);
  }

  /** The number of an item of the catalogue, by its id. */
  static int number(String item) {
    return Integer.parseInt(item.substring(1));
  }

  private CatalogItem item(int number, Status status, long stock) {
    SplittableRandom random = new SplittableRandom(number);
    int category =
        number < SyntheticLog.ITEMS
            ? SyntheticLog.category(number)
            : number % SyntheticLog.CATEGORIES;
    TreeMap<String, String> attributes = new TreeMap<>();
    attributes.put("colour", word(1, random.nextInt(COLOURS)));
    return new CatalogItem(
        SyntheticLog.item(number),
        title(category, random),
        "department-" + category % DEPARTMENTS + "/category-" + category,
        "brand-" + random.nextInt(BRANDS),
        attributes,
        status,
        false,
        new Prices(
            "EUR", 1 + random.nextInt(20_000) / 100.0, null, false, null, null, null, List.of()),
        new Supply(stock, null, null, null),
        SyntheticLog.START - (long) (size - number) * APART_MS);
  }

  /** Two looks, what it is, and a model. */
  private static String title(int category, SplittableRandom random) {
    return word(2, random.nextInt(LOOKS))
        + " "
        + word(2, random.nextInt(LOOKS))
        + " "
        + word(3, category * NOUNS_A_CATEGORY + random.nextInt(NOUNS_A_CATEGORY))
        + " "
        + random.nextInt(1_000);
  }

  /** A word of its own for every number below 4,096. */
  private static String word(int kind, int number) {
    StringBuilder word = new StringBuilder();
    int rest = number;
    for (int i = 0; i < 2 + kind; i++) {
      word.append(SYLLABLES[rest % SYLLABLES.length]);
      rest /= SYLLABLES.length;
    }
    return word.toString();
  }
}
