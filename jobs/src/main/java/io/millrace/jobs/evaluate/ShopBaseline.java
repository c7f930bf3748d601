package io.millrace.jobs.evaluate;

import io.millrace.features.fraud.FraudQuality;
import io.millrace.jobs.replay.ShopOrders;
import io.millrace.jobs.replay.ShopPurchases.Purchase;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * What a logistic regression does that is trained in batch on the first of the purchases, all of
 * whose labels it is given at once, and then left as it is. It sees the value and its logarithm,
 * the logarithm of the time since sign-up and whether that is less than a minute, night, weekend,
 * age, sex, two of the ways by which users come, and how many purchases of the device and of the
 * address went before.
 */
final class ShopBaseline {
  private static final long MINUTE_MS = Duration.ofMinutes(1).toMillis();
  private static final int MORNING = 7;
  private static final int SATURDAY = 6;

  private final double[][] rows;
  private final boolean[] labels;

  ShopBaseline(ShopOrders orders) {
    rows = new double[orders.size()][];
    labels = new boolean[orders.size()];
    Map<String, Integer> devices = new HashMap<>();
    Map<Long, Integer> addresses = new HashMap<>();
    for (int i = 0; i < rows.length; i++) {
      Purchase purchase = orders.purchase(i);
      int ofDevice = devices.merge(purchase.device(), 1, Integer::sum) - 1;
      int ofAddress = addresses.merge(purchase.address(), 1, Integer::sum) - 1;
      rows[i] = row(purchase, ofDevice, ofAddress);
      labels[i] = purchase.fraud();
    }
  }

  private static double[] row(Purchase purchase, int ofDevice, int ofAddress) {
    long age = Math.max(0, purchase.time() - purchase.signUp());
    ZonedDateTime at = Instant.ofEpochMilli(purchase.time()).atZone(ZoneOffset.UTC);
    return new double[] {
      purchase.value(),
      Math.log1p(purchase.value()),
      Math.log1p(age / 1e3),
      flag(age < MINUTE_MS),
      flag(at.getHour() < MORNING),
      flag(at.getDayOfWeek().getValue() >= SATURDAY),
      purchase.age(),
      flag(purchase.male()),
      flag(purchase.source().equals("Ads")),
      flag(purchase.source().equals("Direct")),
      Math.log1p(ofDevice),
      Math.log1p(ofAddress)
    };
  }

  private static double flag(boolean value) {
    return value ? 1 : 0;
  }

  /**
   * How well it does on the purchases behind the first.
   *
   * @param trained how many are learned from
   */
  FraudQuality quality(int trained) {
    BatchLogistic model =
        BatchLogistic.learn(Arrays.copyOf(rows, trained), Arrays.copyOf(labels, trained));
    FraudQuality quality = new FraudQuality();
    for (int i = trained; i < rows.length; i++) {
      quality.add(0, i, model.probability(rows[i]), labels[i]);
    }
    return quality;
  }
}
