package io.millrace.features.rule;

import io.millrace.features.event.FraudRule.Step;
import java.util.List;

/** Which events complete a sequence, by trying every event as its first. */
final class NaiveSequence {
  /**
   * An event.
   *
   * @param time of the event
   * @param met a bit for each step that it meets
   */
  record Happened(long time, int met) {}

  private NaiveSequence() {}

  /** When the sequence began that ends with the last event, or {@link StepSequence#NONE}. */
  static long begin(List<Step> steps, long within, List<Happened> sinceLast) {
    int last = sinceLast.size() - 1;
    // The nearest first event, from which each step takes the next event it can.
    for (int first = last; first >= 0; first--) {
      if (sinceLast.get(last).time() - sinceLast.get(first).time() < within
          && (sinceLast.get(first).met() & 1) != 0
          && endsAt(steps, sinceLast, first) == last) {
        return sinceLast.get(first).time();
      }
    }
    return StepSequence.NONE;
  }

  private static int endsAt(List<Step> steps, List<Happened> events, int first) {
    int step = 0;
    int times = 0;
    for (int i = first; i < events.size(); i++) {
      if ((events.get(i).met() & 1 << step) != 0 && ++times == steps.get(step).times()) {
        step++;
        times = 0;
        if (step == steps.size()) {
          return i;
        }
      }
    }
    return -1;
  }
}
