package io.millrace.operators.feature;

import static io.millrace.operators.feature.CardFeatures.MINUTE;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;

/** Purchases by a few cards, some of them at the same moment. */
final class RandomPurchases {
  private RandomPurchases() {}

  static List<Purchase> inOrder(Random random, int count) {
    List<Purchase> purchases = new ArrayList<>();
    long time = MINUTE;
    for (int i = 0; i < count; i++) {
      time += random.nextInt(3) == 0 ? 0 : random.nextInt((int) MINUTE);
      purchases.add(
          new Purchase(
              "c" + random.nextInt(5),
              time,
              i,
              "s" + random.nextInt(4),
              random.nextInt(1_000) / 4.0));
    }
    return purchases;
  }

  /** Each at most that much behind others, one in ten twice. */
  static List<Purchase> shuffled(Random random, List<Purchase> purchases, long lateness) {
    record Arrival(Purchase purchase, long at) {}
    List<Arrival> arrivals = new ArrayList<>();
    for (Purchase purchase : purchases) {
      for (int times = random.nextInt(10) == 0 ? 2 : 1; times > 0; times--) {
        arrivals.add(new Arrival(purchase, purchase.time() + random.nextLong(lateness + 1)));
      }
    }
    arrivals.sort(Comparator.comparingLong(Arrival::at));
    return arrivals.stream().map(Arrival::purchase).toList();
  }
}
