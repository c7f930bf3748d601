package io.millrace.features.event;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Valid clicks of every type, with every optional field now present, now absent. */
final class RandomClicks {
  private static final String ALPHABET = "abcXYZ019-_:/{}\"\\\u0000\n\u007fäß€漢";
  private static final ClickType[] TYPES = ClickType.values();

  private RandomClicks() {}

  static Click next(Random random) {
    ClickType type = TYPES[random.nextInt(TYPES.length)];
    return new Click(
        id(random),
        type,
        1_700_000_000_000L + random.nextInt(),
        id(random),
        type.needsItem() ? id(random) : null,
        type.needsItems() ? ids(random) : List.of(),
        random.nextBoolean() ? id(random) : null,
        details(random, type));
  }

  private static Click.Details details(Random random, ClickType type) {
    boolean search = type == ClickType.SEARCH;
    if (!search && random.nextInt(3) == 0) {
      return Click.Details.NONE;
    }
    return new Click.Details(
        search || random.nextBoolean() ? text(random, 0, 300) : null,
        random.nextBoolean() ? id(random) : null,
        random.nextBoolean() ? 1 + random.nextInt(1_000_000) : null,
        random.nextBoolean() ? random.nextDouble() * Math.pow(10, random.nextInt(12)) : null,
        random.nextBoolean() ? id(random) : null,
        random.nextBoolean() ? "EUR" : null,
        random.nextBoolean() ? random.nextInt(Integer.MAX_VALUE) : null,
        random.nextBoolean() ? id(random) : null,
        random.nextBoolean() ? text(random, 0, 10) : null,
        random.nextBoolean() ? text(random, 0, 10) : null,
        random.nextBoolean() ? id(random) : null,
        random.nextBoolean() ? id(random) : null,
        random.nextBoolean() ? text(random, 0, 200) : null);
  }

  private static List<String> ids(Random random) {
    List<String> ids = new ArrayList<>();
    for (int i = random.nextInt(30); i >= 0; i--) {
      ids.add(id(random));
    }
    return ids;
  }

  private static String id(Random random) {
    return text(random, 1, 42);
  }

  private static String text(Random random, int min, int max) {
    StringBuilder text = new StringBuilder();
    for (int i = min + random.nextInt(max - min + 1); i > 0; i--) {
      text.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
    }
    return text.toString();
  }
}
