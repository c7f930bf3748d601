package io.millrace.jobs.store;

import io.millrace.features.event.FraudLabel.Source;

/**
 * What is found out about orders afterwards: that those of thieves were not paid by the owner of
 * the card, and that some of the others, which somebody looked at, are in order. Weeks of a real
 * store are minutes here.
 */
final class OrderFindings {
  private static final long SOONEST_MS = 30_000;
  private static final double CHARGEBACK_MS = 75_000;
  private static final double REVIEW_MS = 60_000;
  private static final double REVIEWED = 0.08;

  private final Chance chance;
  private final Agenda agenda;
  private final StoreJournal journal;

  OrderFindings(Chance chance, Agenda agenda, StoreJournal journal) {
    this.chance = chance;
    this.agenda = agenda;
    this.journal = journal;
  }

  /** Has somebody look at an honest order, at times. */
  void review(long now, StoreOrder order) {
    if (chance.in(REVIEWED)) {
      long due = now + SOONEST_MS + (long) chance.waiting(REVIEW_MS);
      agenda.at(due, at -> journal.label(at, order, false, Source.REVIEW));
    }
  }

  /**
   * Has the owner of the card notice.
   *
   * @param then what becomes of the order at that moment
   */
  void chargeBack(long now, StoreOrder order, Agenda.Task then) {
    agenda.at(
        now + SOONEST_MS + (long) chance.waiting(CHARGEBACK_MS),
        at -> {
          journal.label(at, order, true, Source.CHARGEBACK);
          then.run(at);
        });
  }
}
