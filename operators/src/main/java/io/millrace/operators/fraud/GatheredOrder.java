package io.millrace.operators.fraud;

import io.millrace.operators.fraud.Passage.Hit;
import io.millrace.operators.fraud.Passage.Phase;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** The payments of an order of which not everybody who was asked has told yet; one, mostly. */
final class GatheredOrder {
  private final List<Payment> payments = new ArrayList<>();

  /** One of them, in one phase. */
  static final class Payment {
    final Phase phase;
    final String eventId;
    final List<Passage> told = new ArrayList<>();

    /** As it was sent; null while it is behind those who were asked, or if it was forgotten. */
    Passage sent;

    /** Of one that was forgotten, a bit for each part that is still to come, and means nothing. */
    long ignored;

    /** Wall clock. */
    private final long since;

    Payment(Phase phase, String eventId, long since) {
      this.phase = phase;
      this.eventId = eventId;
      this.since = since;
    }

    private long parts() {
      long parts = 0;
      for (Passage each : told) {
        parts |= 1L << each.part();
      }
      return parts;
    }

    private boolean isWhole() {
      return sent != null && (sent.asked() & ~parts()) == 0;
    }

    /** Each signal is told by one part, and NaN by all others; null if one tells nothing at all. */
    private Passage whole() {
      if (told.stream().anyMatch(each -> each.signals() == null)) {
        return null;
      }
      double[] signals = sent.signals().clone();
      List<Hit> hits = new ArrayList<>(sent.hits());
      told.sort(Comparator.comparingInt(Passage::part));
      for (Passage each : told) {
        for (int i = 0; i < signals.length; i++) {
          if (!Double.isNaN(each.signals()[i])) {
            signals[i] = each.signals()[i];
          }
        }
        hits.addAll(each.hits());
      }
      return sent.whole(signals, hits);
    }
  }

  boolean isEmpty() {
    return payments.isEmpty();
  }

  List<Payment> payments() {
    return payments;
  }

  /**
   * Adds a payment, or what one who was asked tells of it.
   *
   * @param now by the wall clock
   * @return the payment once it is whole, else null; never if one who was asked has forgotten it
   */
  Passage add(Passage passage, long now) {
    Payment payment = of(passage, now);
    if (payment.ignored != 0) {
      payment.ignored &= ~(1L << passage.part());
      if (payment.ignored == 0) {
        payments.remove(payment);
      }
      return null;
    }
    if (passage.isTold()) {
      payment.told.add(passage);
    } else {
      payment.sent = passage;
    }
    if (!payment.isWhole()) {
      return null;
    }
    payments.remove(payment);
    return payment.whole();
  }

  private Payment of(Passage passage, long now) {
    for (Payment each : payments) {
      if (each.phase == passage.phase() && each.eventId.equals(passage.eventId())) {
        return each;
      }
    }
    Payment added = new Payment(passage.phase(), passage.eventId(), now);
    payments.add(added);
    return added;
  }

  /** Forgets the payments up to a time, but for what is still to be ignored of them. */
  void forget(long upTo) {
    for (Payment payment : payments) {
      if (payment.sent != null && payment.sent.payment().eventTime() <= upTo) {
        payment.ignored = payment.sent.asked() & ~payment.parts();
        payment.sent = null;
        payment.told.clear();
      }
    }
  }

  /** Lets go of the payments that were waited for before a time; returns how many. */
  int giveUp(long from) {
    int before = payments.size();
    payments.removeIf(each -> each.since < from);
    return before - payments.size();
  }
}
