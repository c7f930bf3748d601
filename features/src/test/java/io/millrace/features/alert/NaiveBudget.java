package io.millrace.features.alert;

import java.util.ArrayList;
import java.util.List;

/** What {@link AlertBudget} is, keeping every candidate. */
final class NaiveBudget {
  private final int alertsADay;
  private final List<Long> hours = new ArrayList<>();
  private final List<Integer> buckets = new ArrayList<>();
  private final List<Boolean> admitted = new ArrayList<>();

  NaiveBudget(int alertsADay) {
    this.alertsADay = alertsADay;
  }

  boolean admits(long time, double score) {
    long hour = Math.floorDiv(time, 3_600_000L);
    int bucket = (int) Math.rint(20 * Math.log(score / (1 - score)));
    int above = 0;
    int admittedOfDay = 0;
    for (int i = 0; i < hours.size(); i++) {
      if (hours.get(i) > hour - 24) {
        above += buckets.get(i) > bucket ? 1 : 0;
        admittedOfDay += admitted.get(i) ? 1 : 0;
      }
    }
    boolean admits =
        admittedOfDay < alertsADay && above < alertsADay + 2 * (alertsADay - admittedOfDay);
    hours.add(hour);
    buckets.add(bucket);
    admitted.add(admits);
    return admits;
  }
}
