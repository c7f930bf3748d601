package io.millrace.jobs.bench;

import io.millrace.jobs.replay.ClickLog;
import java.time.Instant;
import java.util.Arrays;
import java.util.Locale;
import java.util.SplittableRandom;

/**
 * A made-up store's clicks: popularity of categories and of items within them follows Zipf's law,
 * sessions stay mostly within a category and go back to items, visitors come again. The same count
 * always gives the same clicks. Ids have 12 characters.
 */
final class SyntheticLog {
  static final int ITEMS = 40_000;

  static final int CATEGORIES = 400;

  /** Event time of the first clicks, milliseconds since the epoch. */
  static final long START = Instant.parse("2025-01-01T00:00:00Z").toEpochMilli();

  private static final long SEED = 20_250_101;
  private static final String ITEM_ID = "i%011d";
  private static final int ITEMS_A_CATEGORY = ITEMS / CATEGORIES;
  private static final int BETWEEN_SESSIONS_MS = 900;
  private static final int BETWEEN_CLICKS_MS = 40_000;
  private static final double GOES_ON = 0.8;
  private static final double IS_NEW = 0.6;
  private static final double GOES_BACK = 0.15;
  private static final double STAYS = 0.85;

  private final SplittableRandom random = new SplittableRandom(SEED);
  private final double[] categories = zipf(CATEGORIES, 1.0);
  private final double[] places = zipf(ITEMS_A_CATEGORY, 0.9);
  private final double hot;
  private final int[] visitor;
  private final int[] item;
  private final long[] time;
  private int visitors;

  private SyntheticLog(int clicks, double hot) {
    this.hot = hot;
    visitor = new int[clicks];
    item = new int[clicks];
    time = new long[clicks];
  }

  /**
   * A log of that many clicks.
   *
   * @param hot share of the clicks that fall on one and the same item, and of the sessions that are
   *     one and the same visitor's; 0 for neither
   */
  static ClickLog of(int clicks, double hot) {
    SyntheticLog log = new SyntheticLog(clicks, hot);
    log.fill();
    return ClickLog.of(
        texts("v%011d", log.visitors), texts(ITEM_ID, ITEMS), log.visitor, log.item, log.time);
  }

  /** Id of an item by its number, those of the log from 0 to {@link #ITEMS}. */
  static String item(int number) {
    return String.format(Locale.ROOT, ITEM_ID, number);
  }

  /** Number of the category of an item of the log, 0 to {@link #CATEGORIES}. */
  static int category(int item) {
    return item / ITEMS_A_CATEGORY;
  }

  private void fill() {
    long start = START;
    for (int at = 0; at < time.length; ) {
      start += (long) (BETWEEN_SESSIONS_MS * -Math.log(1 - random.nextDouble()));
      int who = visitors > 0 && random.nextDouble() >= IS_NEW ? random.nextInt(visitors) : -1;
      boolean busy = visitors > 0 && hot > 0 && random.nextDouble() < hot;
      at = session(at, busy ? 0 : who < 0 ? visitors++ : who, start);
    }
  }

  /** Writes the clicks of one session from a place on; returns the place after them. */
  private int session(int from, int who, long start) {
    int at = from;
    long now = start;
    int category = pick(categories);
    do {
      visitor[at] = who;
      time[at] = now;
      if (at > from && random.nextDouble() < GOES_BACK) {
        item[at] = item[from + random.nextInt(at - from)];
      } else {
        category = random.nextDouble() < STAYS ? category : pick(categories);
        item[at] = category * ITEMS_A_CATEGORY + pick(places);
      }
      if (hot > 0 && random.nextDouble() < hot) {
        item[at] = 0;
      }
      now += 1 + (long) (BETWEEN_CLICKS_MS * -Math.log(1 - random.nextDouble()));
      at++;
    } while (at < time.length && random.nextDouble() < GOES_ON);
    return at;
  }

  private int pick(double[] cumulative) {
    int found = Arrays.binarySearch(cumulative, random.nextDouble());
    return Math.min(cumulative.length - 1, found < 0 ? -found - 1 : found);
  }

  private static double[] zipf(int size, double exponent) {
    double[] cumulative = new double[size];
    double sum = 0;
    for (int rank = 0; rank < size; rank++) {
      sum += Math.pow(rank + 1, -exponent);
      cumulative[rank] = sum;
    }
    for (int rank = 0; rank < size; rank++) {
      cumulative[rank] /= sum;
    }
    return cumulative;
  }

  private static String[] texts(String format, int count) {
    String[] texts = new String[count];
    Arrays.setAll(texts, i -> String.format(Locale.ROOT, format, i));
    return texts;
  }
}
