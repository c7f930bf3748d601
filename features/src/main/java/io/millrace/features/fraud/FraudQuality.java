package io.millrace.features.fraud;

import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * How well scores tell fraud, as the Fraud Detection Handbook measures it (Le Borgne et al., 2022,
 * chapter 4). Keeps every payment it is given; for evaluations. Not safe for use by several
 * threads.
 */
public final class FraudQuality {
  private double[] scores = new double[1_024];
  private boolean[] frauds = new boolean[1_024];
  private int size;
  private final Map<Long, Map<Long, Card>> days = new TreeMap<>();

  /** Of one day: its highest score, and whether any payment was a fraud. */
  private record Card(long id, double score, boolean fraud) {
    private static final Comparator<Card> BEST =
        Comparator.comparingDouble(Card::score).reversed().thenComparingLong(Card::id);

    private Card merge(Card other) {
      return new Card(id, Math.max(score, other.score), fraud || other.fraud);
    }
  }

  /**
   * Takes a payment.
   *
   * @param day number of its day
   * @param card who paid
   * @param score higher for fraud
   */
  public void add(long day, long card, double score, boolean fraud) {
    if (Double.isNaN(score)) {
      throw new IllegalArgumentException("score is NaN; give a number");
    }
    if (size == scores.length) {
      scores = Arrays.copyOf(scores, size * 2);
      frauds = Arrays.copyOf(frauds, size * 2);
    }
    scores[size] = score;
    frauds[size++] = fraud;
    days.computeIfAbsent(day, any -> new HashMap<>())
        .merge(card, new Card(card, score, fraud), Card::merge);
  }

  /** Payments taken. */
  public int size() {
    return size;
  }

  /** Payments from the highest score on. */
  private Integer[] ranked() {
    Integer[] ranked = new Integer[size];
    Arrays.setAll(ranked, i -> i);
    Arrays.sort(ranked, (i, j) -> Double.compare(scores[j], scores[i]));
    return ranked;
  }

  /**
   * How likely a fraud scores higher than a genuine payment, ties a half: the area under the ROC
   * curve. NaN unless there are both.
   */
  public double aucRoc() {
    Sweep sweep = new Sweep();
    double above = 0;
    while (sweep.next()) {
      above += sweep.tiedGenuine * (sweep.frauds - sweep.tiedFrauds + sweep.tiedFrauds / 2.);
    }
    return above / ((double) sweep.frauds * sweep.genuine);
  }

  /**
   * Average precision: Σ (R_n − R_{n−1}) P_n over the different scores, with recall R and precision
   * P of the payments that score as much or more. NaN without frauds.
   */
  public double averagePrecision() {
    Sweep sweep = new Sweep();
    double sum = 0;
    while (sweep.next()) {
      double precision = (double) sweep.frauds / (sweep.frauds + sweep.genuine);
      sum += sweep.tiedFrauds * precision;
    }
    return sum / sweep.frauds;
  }

  /** Goes from the highest score down, over all payments of the same score at once. */
  private final class Sweep {
    private final Integer[] ranked = ranked();
    private int at;
    private long frauds;
    private long genuine;
    private long tiedFrauds;
    private long tiedGenuine;

    private boolean next() {
      if (at == size) {
        return false;
      }
      double score = scores[ranked[at]];
      tiedFrauds = 0;
      tiedGenuine = 0;
      // By value: to sort, 0 and -0 are two, but scores of one another's rank they are not.
      while (at < size && scores[ranked[at]] == score) {
        if (FraudQuality.this.frauds[ranked[at++]]) {
          tiedFrauds++;
        } else {
          tiedGenuine++;
        }
      }
      frauds += tiedFrauds;
      genuine += tiedGenuine;
      return true;
    }
  }

  /**
   * Card precision at k, the mean over the days: a day's cards are ranked by their highest score of
   * that day, and of the first k the share is counted that had a fraud that day. Cards so found are
   * left out on later days. Equal scores are ranked by the card's number; a day of fewer than k
   * cards still divides by k. NaN without days.
   */
  public double cardPrecision(int k) {
    Set<Long> found = new HashSet<>();
    double sum = 0;
    for (Map<Long, Card> day : days.values()) {
      List<Card> caught =
          day.values().stream()
              .filter(card -> !found.contains(card.id()))
              .sorted(Card.BEST)
              .limit(k)
              .filter(Card::fraud)
              .toList();
      caught.forEach(card -> found.add(card.id()));
      sum += (double) caught.size() / k;
    }
    return sum / days.size();
  }
}
