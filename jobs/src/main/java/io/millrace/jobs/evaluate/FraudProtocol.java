package io.millrace.jobs.evaluate;

import io.millrace.jobs.Failure;
import java.time.LocalDate;
import java.time.ZoneOffset;

/**
 * Which orders are learned from and which are scored.
 *
 * @param from the first day; orders before it are left out; null for all
 * @param testFrom the first test day of card payments
 * @param testDays number of test days
 * @param delayDays after which it is known what an order was
 */
public record FraudProtocol(LocalDate from, LocalDate testFrom, int testDays, int delayDays) {
  /** The week on which the Fraud Detection Handbook tests. */
  public static final FraudProtocol DEFAULT =
      new FraudProtocol(null, LocalDate.parse("2018-08-08"), 7, 7);

  /** The feature algebra has no longer windows. */
  private static final int MAX_DELAY = 60;

  public FraudProtocol {
    if (testDays < 1 || testDays > 1_000) {
      throw Failure.usage("--test-days is " + testDays + "; give 1 to 1000");
    }
    if (delayDays < 1 || delayDays > MAX_DELAY) {
      throw Failure.usage("--delay is " + delayDays + "; give 1 to " + MAX_DELAY + " days");
    }
    if (from != null && !from.isBefore(testFrom)) {
      throw Failure.usage("--from is " + from + "; give a day before --test-from " + testFrom);
    }
  }

  /** When a day begins, in milliseconds since the epoch. */
  static long start(LocalDate day) {
    return day.atStartOfDay().toInstant(ZoneOffset.UTC).toEpochMilli();
  }
}
