package io.millrace.jobs.evaluate;

/**
 * What some places of lists hit, beside what trending alone would have hit in the very same places.
 *
 * <p>Whether the first is worse is judged by the sign test: of the events that only one of the two
 * foresaw, each is as likely to be the one's as the other's where both are equally good. See W. J.
 * Dixon and A. M. Mood, The statistical sign test, JASA 41 (1946).
 */
final class PairedHits {
  /** How likely it may be that what is not worse is called so. */
  static final double CHANCE = .05;

  /** Events foreseen by one of the two below which even all of them against one say nothing. */
  static final int FEWEST = 5;

  private long slots;
  private long hits;
  private long trendingHits;
  private long bothHits;

  /**
   * Counts the places that one list has for one event.
   *
   * @param places how many
   * @param hit whether one holds what came
   * @param trendingHit whether one would have, filled with what was trending
   */
  void add(int places, boolean hit, boolean trendingHit) {
    slots += places;
    hits += hit ? 1 : 0;
    trendingHits += trendingHit ? 1 : 0;
    bothHits += hit && trendingHit ? 1 : 0;
  }

  /** Counts what others counted as well. */
  void add(PairedHits others) {
    slots += others.slots;
    hits += others.hits;
    trendingHits += others.trendingHits;
    bothHits += others.bothHits;
  }

  /** Places filled. */
  long slots() {
    return slots;
  }

  /** Events they held. */
  long hits() {
    return hits;
  }

  /** Events they would have held, filled with what was trending. */
  long trendingHits() {
    return trendingHits;
  }

  /** Events of both. */
  long bothHits() {
    return bothHits;
  }

  /** Whether too few were foreseen by one of the two only to call either worse. */
  boolean isTooFew() {
    return hits + trendingHits - 2 * bothHits < FEWEST;
  }

  /** The fewest hits that are not worse than trending alone beyond chance. */
  long leastHits() {
    return bothHits + leastAgainst(trendingHits - bothHits);
  }

  /**
   * The fewest events of the one for which the other's may still be that many by chance.
   *
   * @param others events that only the other foresaw
   */
  private static long leastAgainst(long others) {
    if (others == 0) {
      return 0;
    }
    // Of 2 * others - 1 fair coins, that many or more show heads in half of all cases.
    long coins = 2 * others - 1;
    double tail = .5;
    double oneLess = 1;
    for (long i = 1; i <= others; i++) {
      oneLess *= (2 * i - 1) / (2. * i);
    }
    while (coins > others) {
      // One coin less: those cases are gone in which it was the one that made them enough.
      oneLess *= 2. * (coins - others + 1) / coins;
      tail -= oneLess / 2;
      if (tail < CHANCE) {
        break;
      }
      coins--;
    }
    return coins - others;
  }
}
