package io.millrace.features.decision;

/**
 * A figure with its 95 % interval.
 *
 * @param mean as it was measured
 * @param low lower end, not above the mean
 * @param high upper end, not below the mean
 */
public record Interval(double mean, double low, double high) {
  public Interval {
    if (!(low <= mean && mean <= high)) {
      throw new IllegalArgumentException(mean + " is not from " + low + " to " + high);
    }
  }
}
