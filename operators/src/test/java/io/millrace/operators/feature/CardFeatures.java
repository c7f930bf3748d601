package io.millrace.operators.feature;

import static io.millrace.features.algebra.Feature.count;
import static io.millrace.features.algebra.Feature.distinct;
import static io.millrace.features.algebra.Feature.sum;

import io.millrace.features.algebra.Feature;
import io.millrace.features.algebra.FeatureSet;
import io.millrace.features.algebra.FeatureValues;
import io.millrace.features.algebra.Field;
import io.millrace.features.algebra.Row;
import io.millrace.features.algebra.Schema;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.typeutils.base.StringSerializer;

/** Features of a card in the tests; an answer is a text that names the event and its values. */
final class CardFeatures implements EntityEvents<Purchase, String> {
  static final long MINUTE = 60_000;
  static final Duration WINDOW = Duration.ofMinutes(10);
  static final Duration DELAY = Duration.ofMinutes(5);

  private static final long serialVersionUID = 1;

  private final boolean withShops;

  private CardFeatures(boolean withShops) {
    this.withShops = withShops;
  }

  /** Count and sum in a window, and the sum in one that ends earlier. */
  static CardFeatures plain() {
    return new CardFeatures(false);
  }

  /** The same and, looking at a field that the others do not, the shops in the window. */
  static CardFeatures withShops() {
    return new CardFeatures(true);
  }

  static SettledFeatures<Purchase, String> operator(CardFeatures features) {
    return SettledFeatures.of(features, Purchase.TYPE);
  }

  static StringSerializer answers() {
    return StringSerializer.INSTANCE;
  }

  @Override
  public FeatureSet set() {
    List<Feature> features = new ArrayList<>();
    if (withShops) {
      features.add(distinct("shops", "shop").over(WINDOW));
    }
    features.add(count("purchases").over(WINDOW));
    features.add(sum("spent", "amount").over(WINDOW));
    features.add(sum("spent_before", "amount").over(WINDOW).delayedBy(DELAY).orElse(0));
    Schema schema = Schema.of("purchases", Field.number("amount", 2), Field.text("shop"));
    return FeatureSet.of("card", schema, features);
  }

  @Override
  public Row row(Purchase purchase, Schema schema) {
    return schema
        .row(purchase.time(), purchase.tie())
        .number("amount", purchase.amount())
        .text("shop", purchase.shop().isEmpty() ? null : purchase.shop())
        .build();
  }

  @Override
  public String answer(Purchase purchase, FeatureValues values) {
    String plain =
        answer(
            purchase,
            values.value("purchases").number(),
            values.value("spent").number(),
            values.value("spent_before").number());
    return withShops
        ? plain + " shops " + values.value("shops").number() + since(values, "shops")
        : plain;
  }

  private static String since(FeatureValues values, String feature) {
    long since = values.value(feature).since();
    return since == Long.MIN_VALUE ? "" : " since " + since;
  }

  static String answer(Purchase purchase, double count, double spent, double before) {
    return "%s %d/%d: %s %s %s"
        .formatted(purchase.card(), purchase.time(), purchase.tie(), count, spent, before);
  }

  /** The answers to events by looking through all of them for each, as a set without an order. */
  static List<String> naive(List<Purchase> all) {
    return all.stream().distinct().map(purchase -> naive(purchase, all)).sorted().toList();
  }

  private static String naive(Purchase current, List<Purchase> all) {
    List<Purchase> known =
        all.stream()
            .distinct()
            .filter(p -> p.card().equals(current.card()))
            .filter(p -> p.time() < current.time() || isSameTimeUpTo(p, current))
            .toList();
    List<Purchase> window =
        known.stream().filter(p -> p.time() > current.time() - WINDOW.toMillis()).toList();
    long end = current.time() - DELAY.toMillis();
    List<Purchase> before =
        known.stream().filter(p -> p.time() <= end && p.time() > end - WINDOW.toMillis()).toList();
    return answer(current, window.size(), spent(window), spent(before));
  }

  private static boolean isSameTimeUpTo(Purchase one, Purchase current) {
    return one.time() == current.time() && one.tie() <= current.tie();
  }

  private static double spent(List<Purchase> purchases) {
    return purchases.stream().mapToDouble(Purchase::amount).sum();
  }
}
