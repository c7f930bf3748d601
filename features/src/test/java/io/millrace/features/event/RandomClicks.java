package io.millrace.features.event;

import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

/** Valid clicks of every type, with every optional field now present, now absent. */
final class RandomClicks {
  private static final ClickType[] TYPES = ClickType.values();

  private RandomClicks() {}

  static Click next(Random random) {
    RandomFields fields = new RandomFields(random);
    ClickType type = fields.oneOf(TYPES);
    return new Click(
        fields.id(),
        type,
        fields.time(),
        fields.id(),
        type.needsItem() ? fields.id() : null,
        type.needsItems()
            ? Stream.generate(fields::id).limit(1 + random.nextInt(30)).toList()
            : List.of(),
        fields.maybe(fields::id),
        details(fields, type));
  }

  private static Click.Details details(RandomFields fields, ClickType type) {
    Random random = fields.random;
    boolean search = type == ClickType.SEARCH;
    if (!search && random.nextInt(3) == 0) {
      return Click.Details.NONE;
    }
    return new Click.Details(
        search || random.nextBoolean() ? fields.text(0, 300) : null,
        fields.maybe(fields::id),
        fields.maybe(() -> 1 + random.nextInt(1_000_000)),
        fields.maybe(fields::amount),
        fields.maybe(fields::id),
        fields.maybe(() -> "EUR"),
        fields.maybe(() -> random.nextInt(Integer.MAX_VALUE)),
        fields.maybe(fields::id),
        fields.maybe(() -> fields.text(0, 10)),
        fields.maybe(() -> fields.text(0, 10)),
        fields.maybe(fields::id),
        fields.maybe(fields::id),
        fields.maybe(() -> fields.text(0, 200)));
  }
}
