package io.millrace.features.rule;

import io.millrace.features.event.FraudRule.Function;
import java.util.List;

/** What a window is, by a look at all events. */
final class NaiveWindow {
  /**
   * An event that counts.
   *
   * @param time of the event
   * @param value of the field
   */
  record Counted(long time, Object value) {}

  private NaiveWindow() {}

  /** The value as of the last of some events in order. */
  static double value(Function function, List<Counted> events, long window) {
    long now = events.get(events.size() - 1).time();
    List<Object> in =
        events.stream().filter(e -> e.time() > now - window).map(Counted::value).toList();
    if (function == Function.COUNT) {
      return in.size();
    } else if (function == Function.DISTINCT) {
      return in.stream().distinct().count();
    }
    double sum = 0;
    double min = Double.MAX_VALUE;
    double max = -Double.MAX_VALUE;
    for (Object value : in) {
      sum += (Double) value;
      min = Math.min(min, (Double) value);
      max = Math.max(max, (Double) value);
    }
    double mean = sum / in.size();
    double squares = 0;
    for (Object value : in) {
      squares += ((Double) value - mean) * ((Double) value - mean);
    }
    return switch (function) {
      case SUM -> sum;
      case MEAN -> mean;
      case MIN -> min;
      case MAX -> max;
      default -> Math.sqrt(squares / in.size());
    };
  }
}
