package io.millrace.features.fraud;

import io.millrace.features.fraud.HandbookPayments.Payment;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Map.Entry;
import java.util.TreeMap;

/**
 * The handbook's protocol for one week of test days. It trains on the week that ends a week before
 * the first test day; a card is known as compromised, and all its payments are left out, on test
 * day d if it had a fraud on a day from the beginning of that training week up to d − 8, the newest
 * day all of whose labels are known (delay of 7 days) when d begins. Of the payments that remain,
 * area under the ROC curve, average precision, and card precision at 100, which leaves out on later
 * days the cards it has found.
 */
final class HandbookWeek {
  private final long first;

  /** By card: the days with a fraud, from the beginning of the training week on. */
  private final Map<Integer, TreeMap<Long, Boolean>> frauds = new HashMap<>();

  HandbookWeek(LocalDate first, List<Payment> payments) {
    this.first = first.toEpochDay();
    for (Payment payment : payments) {
      if (payment.fraud() && payment.day() >= this.first - 14) {
        frauds.computeIfAbsent(payment.card(), any -> new TreeMap<>()).put(payment.day(), true);
      }
    }
  }

  private boolean isTested(Payment payment) {
    if (payment.day() < first || payment.day() >= first + 7) {
      return false;
    }
    TreeMap<Long, Boolean> days = frauds.get(payment.card());
    Entry<Long, Boolean> earliest = days == null ? null : days.firstEntry();
    return earliest == null || earliest.getKey() > payment.day() - 8;
  }

  /** The quality of scores, one for each payment. */
  FraudQuality quality(List<Payment> payments, double[] scores) {
    FraudQuality quality = new FraudQuality();
    for (int i = 0; i < scores.length; i++) {
      Payment payment = payments.get(i);
      if (isTested(payment)) {
        quality.add(payment.day(), payment.card(), scores[i], payment.fraud());
      }
    }
    return quality;
  }
}
