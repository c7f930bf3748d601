package io.millrace.jobs.evaluate;

import org.HdrHistogram.Histogram;
import org.apache.flink.api.common.accumulators.Accumulator;

/** A distribution of times in microseconds. */
public final class Delays implements Accumulator<Long, Delays> {
  private static final long LONGEST = 600_000_000L;

  private final Histogram histogram = new Histogram(LONGEST, 3);

  @Override
  public void add(Long micros) {
    histogram.recordValue(Math.min(LONGEST, Math.max(0, micros)));
  }

  /** The time in milliseconds that a share of all stayed within; NaN if there is none. */
  public double millis(double percentile) {
    return histogram.getTotalCount() == 0
        ? Double.NaN
        : histogram.getValueAtPercentile(percentile) / 1e3;
  }

  @Override
  public Delays getLocalValue() {
    return this;
  }

  @Override
  public void resetLocal() {
    histogram.reset();
  }

  @Override
  public void merge(Accumulator<Long, Delays> other) {
    histogram.add(other.getLocalValue().histogram);
  }

  @Override
  public Delays clone() {
    Delays copy = new Delays();
    copy.merge(this);
    return copy;
  }
}
