package io.millrace.features.catalogue;

import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;

/** Catalogue entries over few categories, brands and attributes, so that controls hit some. */
public final class RandomListings {
  private static final String[] CATEGORIES = {null, "a", "a/b", "a/b/c", "ab", "d/b"};
  private static final String[] BRANDS = {null, "oak", "elm"};
  private static final String[] SIZES = {null, "s", "m"};

  private RandomListings() {}

  /** An entry, of a stock counted at a time from 0 to 99 where it is counted. */
  public static Listing next(Random random) {
    SortedMap<String, String> attributes = new TreeMap<>();
    String size = SIZES[random.nextInt(SIZES.length)];
    if (size != null) {
      attributes.put("size", size);
    }
    boolean counted = random.nextInt(4) > 0;
    return new Listing(
        random.nextInt(4) == 0,
        random.nextInt(4) == 0,
        CATEGORIES[random.nextInt(CATEGORIES.length)],
        BRANDS[random.nextInt(BRANDS.length)],
        attributes,
        counted ? (long) random.nextInt(30) : null,
        counted ? random.nextInt(100) : 0);
  }
}
