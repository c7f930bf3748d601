package io.millrace.jobs.evaluate;

import io.millrace.jobs.replay.HandbookPayments;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The payments that the features of a set's oracle file look at, and where the answers go. Kept
 * once in a JVM while it is used, because source and end of the job both need it.
 */
final class FeatureInput {
  private static final long DAY_MS = Duration.ofDays(1).toMillis();
  private static final Map<HandbookSet, FeatureInput> LOADED = new ConcurrentHashMap<>();

  private final OracleFile oracle;
  private final HandbookPayments payments;

  /** The payments needed are those from here on, by time, until {@link #end}. */
  private final int start;

  private final int end;

  private volatile PaymentArrivals arrivals;
  private volatile RestartPoint restart;
  private volatile KeptAnswers answers;

  private final Map<Long, Double> amounts = new HashMap<>();

  private FeatureInput(HandbookSet set) {
    oracle = OracleFile.read(Path.of(set.windows()));
    payments = HandbookPayments.read(Path.of(set.payments()));
    long first = Long.MAX_VALUE;
    int last = 0;
    for (int i = 0; i < payments.size(); i++) {
      if (oracle.has(payments.id(i))) {
        amounts.put(payments.id(i), payments.amount(i));
        first = Math.min(first, payments.time(i));
        last = i;
      }
    }
    oracle.requireAll(amounts.keySet(), set.payments());
    end = last + 1;
    start =
        firstFrom(Math.floorDiv(first, DAY_MS) * DAY_MS - HandbookFeatures.DAYS_NEEDED * DAY_MS);
  }

  /** Loads the input of a set, or gives what is loaded. */
  static FeatureInput of(HandbookSet set) {
    return LOADED.computeIfAbsent(set, FeatureInput::new);
  }

  /** Lets the memory go. */
  static void forget(HandbookSet set) {
    LOADED.remove(set);
  }

  private int firstFrom(long time) {
    int i = 0;
    while (payments.time(i) < time) {
      i++;
    }
    return i;
  }

  /** What the file of payments itself says, by transaction, of those that are compared. */
  Map<Long, Double> amounts() {
    return amounts;
  }

  OracleFile oracle() {
    return oracle;
  }

  /** Payments that are needed. */
  int size() {
    return end - start;
  }

  /** The i-th of them by time, from 0. */
  PaymentFeatures payment(int i) {
    int at = start + i;
    return new PaymentFeatures(
        payments.row(at),
        payments.id(at),
        payments.time(at),
        payments.customer(at),
        payments.terminal(at),
        payments.amount(at),
        payments.isFraud(at),
        HandbookFeatures.ofPaymentAlone(payments.time(at), payments.amount(at)));
  }

  /** Event time of the i-th. */
  long time(int i) {
    return payments.time(start + i);
  }

  /** Whether the oracle file has a row of the i-th. */
  boolean isCompared(int i) {
    return oracle.has(payments.id(start + i));
  }

  /** Prepares a run. */
  void begin(FeatureMode mode) {
    arrivals = PaymentArrivals.of(this, mode);
    restart = mode == FeatureMode.RESTART ? RestartPoint.of(this, arrivals) : RestartPoint.NEVER;
    answers = null;
  }

  PaymentArrivals arrivals() {
    return arrivals;
  }

  RestartPoint restart() {
    return restart;
  }

  /** The job has come to its end with these. */
  void answered(KeptAnswers all) {
    answers = all;
  }

  /** What the run gave, null if it did not come to its end. */
  KeptAnswers answers() {
    return answers;
  }
}
