package io.millrace.features.profile;

import io.millrace.features.algebra.FeatureValues;
import io.millrace.features.sketch.LogBuckets;
import java.util.Arrays;

/**
 * Where a visitor who has ordered stands among all who have: a bucket for how long ago, how often
 * and for how much.
 */
public final class Standing {
  /** The bucket of a visitor who has not ordered. */
  public static final int NONE = -1;

  /** Parts into which the population is divided. */
  public static final int PARTS = 5;

  private static final long HOUR_MS = 3_600_000;

  private Standing() {}

  /** What visitors are compared by. The order of the constants is part of the stored form. */
  public enum By {
    /** Time of the newest order, by the hour. */
    RECENCY(VisitorFeatures.LAST_ORDER_TIME, MadeFeature.RECENCY_QUINTILE) {
      @Override
      int bucket(double value) {
        return (int) (value / HOUR_MS);
      }
    },
    /** Orders placed. */
    FREQUENCY(VisitorFeatures.ORDERS, MadeFeature.FREQUENCY_QUINTILE) {
      @Override
      int bucket(double value) {
        return value > 0 ? LogBuckets.of(value) : NONE;
      }
    },
    /** Money paid, less what was given back. */
    MONETARY(VisitorFeatures.SPEND, MadeFeature.MONETARY_QUINTILE) {
      @Override
      int bucket(double value) {
        return LogBuckets.of(value);
      }
    };

    private static final By[] ALL = values();

    private final String feature;
    private final MadeFeature quintile;

    By(String feature, MadeFeature quintile) {
      this.feature = feature;
      this.quintile = quintile;
    }

    abstract int bucket(double value);

    /** The feature that says in which fifth of all who have ordered a visitor is, 5 the best. */
    public String quintile() {
      return quintile.featureName();
    }
  }

  /** How many there are. */
  public static int size() {
    return By.ALL.length;
  }

  /** That of a visitor who does not belong to the population. */
  public static int[] none() {
    int[] none = new int[By.ALL.length];
    Arrays.fill(none, NONE);
    return none;
  }

  /** The buckets of a visitor, {@link #NONE} where the feature is absent. */
  static int[] of(FeatureValues values, int[] places) {
    int[] buckets = none();
    for (By by : By.ALL) {
      int place = places[by.ordinal()];
      if (values.isPresent(place)) {
        buckets[by.ordinal()] = by.bucket(values.number(place));
      }
    }
    return buckets;
  }

  static String feature(By by) {
    return by.feature;
  }
}
