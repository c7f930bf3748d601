package io.millrace.features.event;

import io.millrace.features.event.CatalogItem.Prices;
import io.millrace.features.event.CatalogItem.Promotion;
import io.millrace.features.event.CatalogItem.Status;
import io.millrace.features.event.CatalogItem.Supply;
import java.util.List;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Valid items, with every optional field now present, now absent. */
final class RandomCatalogItems {
  private static final Status[] STATUSES = Status.values();

  private RandomCatalogItems() {}

  static CatalogItem next(Random random) {
    RandomFields fields = new RandomFields(random);
    return new CatalogItem(
        fields.id(),
        fields.maybe(() -> fields.text(0, 300)),
        fields.maybe(() -> category(random)),
        fields.maybe(fields::id),
        attributes(fields),
        fields.oneOf(STATUSES),
        random.nextBoolean(),
        random.nextInt(3) == 0 ? Prices.NONE : prices(fields),
        random.nextInt(3) == 0 ? Supply.NONE : supply(fields),
        fields.maybe(fields::time));
  }

  private static String category(Random random) {
    return IntStream.rangeClosed(0, random.nextInt(CategoryPath.MAX_LEVELS))
        .mapToObj(level -> level + "漢 ä".substring(random.nextInt(4)))
        .collect(Collectors.joining("/"));
  }

  private static SortedMap<String, String> attributes(RandomFields fields) {
    SortedMap<String, String> attributes = new TreeMap<>();
    for (int n = fields.random.nextInt(6); n > 0; n--) {
      attributes.put(fields.id(), fields.text(0, 40));
    }
    return attributes;
  }

  private static Prices prices(RandomFields fields) {
    Double min = fields.maybe(fields::amount);
    Double max = fields.maybe(fields::amount);
    boolean swapped = min != null && max != null && min > max;
    return new Prices(
        "EUR",
        fields.maybe(fields::amount),
        fields.maybe(fields::amount),
        fields.random.nextBoolean(),
        swapped ? max : min,
        swapped ? min : max,
        fields.maybe(fields::amount),
        promotions(fields));
  }

  private static List<Promotion> promotions(RandomFields fields) {
    return Stream.generate(
            () -> {
              long from = fields.time();
              long to = from + 1 + fields.random.nextInt(Integer.MAX_VALUE);
              return new Promotion(from, to, fields.maybe(() -> fields.text(0, 20)));
            })
        .limit(fields.random.nextInt(4))
        .toList();
  }

  private static Supply supply(RandomFields fields) {
    return new Supply(
        fields.maybe(() -> (long) fields.random.nextInt(1_000_000_000)),
        fields.maybe(fields::plannedTime),
        fields.maybe(fields::plannedTime),
        fields.maybe(() -> fields.random.nextInt(3_651)));
  }
}
