package io.millrace.features.fraud;

import io.millrace.features.fraud.HandbookPayments.Payment;
import java.time.LocalDate;
import java.util.List;

/** The handbook's protocol for one week of test days, labels known after 7 days. */
final class HandbookWeek {
  private final HandbookProtocol protocol;

  HandbookWeek(LocalDate first, List<Payment> payments) {
    protocol = new HandbookProtocol(first, 7, 7);
    payments.forEach(each -> protocol.know(each.day(), each.card(), each.fraud()));
  }

  /** The quality of scores, one for each payment. */
  FraudQuality quality(List<Payment> payments, double[] scores) {
    FraudQuality quality = new FraudQuality();
    for (int i = 0; i < scores.length; i++) {
      Payment payment = payments.get(i);
      if (protocol.isTested(payment.day(), payment.card())) {
        quality.add(payment.day(), payment.card(), scores[i], payment.fraud());
      }
    }
    return quality;
  }
}
