package io.millrace.features.fraud;

import java.time.LocalDate;
import java.util.HashMap;
import java.util.Map;

/**
 * Which payments the Fraud Detection Handbook counts on its test days (Le Borgne et al., 2022,
 * chapter 5). It trains on the week that ends where labels are not known yet when the first test
 * day begins. On test day d a card is known as compromised, and all its payments are left out, if
 * it had a fraud on a day from the beginning of that week up to d − delay − 1, the newest day all
 * of whose labels are known when d begins. Not safe for use by several threads.
 */
public final class HandbookProtocol {
  /** The handbook trains on so many days. */
  private static final int TRAINING_DAYS = 7;

  private final long first;
  private final int days;
  private final int delayDays;

  /** By card: the earliest day with a fraud, from the beginning of the training week on. */
  private final Map<Long, Long> frauds = new HashMap<>();

  /**
   * @param first test day
   * @param days number of test days
   * @param delayDays after which labels are known
   */
  public HandbookProtocol(LocalDate first, int days, int delayDays) {
    this.first = first.toEpochDay();
    this.days = days;
    this.delayDays = delayDays;
  }

  /** Says what a payment was; to be called with all before any is asked for. */
  public void know(long day, long card, boolean fraud) {
    if (fraud && day >= first - delayDays - TRAINING_DAYS) {
      frauds.merge(card, day, Math::min);
    }
  }

  /** Whether a card's payments of a day count. */
  public boolean isTested(long day, long card) {
    if (day < first || day >= first + days) {
      return false;
    }
    Long fraud = frauds.get(card);
    return fraud == null || fraud > day - delayDays - 1;
  }
}
