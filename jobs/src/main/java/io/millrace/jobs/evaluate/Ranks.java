package io.millrace.jobs.evaluate;

import org.apache.flink.api.common.accumulators.Accumulator;

/**
 * At which places of the lists the next click stood. Counts are whole numbers, so the figures do
 * not depend on the order in which predictions were judged.
 */
public final class Ranks implements Accumulator<Integer, Ranks> {
  /** Places that count. */
  public static final int CUTOFF = 20;

  private final long[] counts = new long[CUTOFF + 1];

  /**
   * Counts one prediction.
   *
   * @param rank place of the next click in the list from 1, 0 if it was not in it
   */
  @Override
  public void add(Integer rank) {
    counts[rank <= CUTOFF ? rank : 0]++;
  }

  /** Predictions counted. */
  public long total() {
    long total = 0;
    for (long count : counts) {
      total += count;
    }
    return total;
  }

  /** Share of the predictions whose list held the next click: HR@20. */
  public double hitRate() {
    return (double) (total() - counts[0]) / total();
  }

  /** Mean of one over the place of the next click, 0 where it was missing: MRR@20. */
  public double meanReciprocalRank() {
    double sum = 0;
    for (int rank = 1; rank <= CUTOFF; rank++) {
      sum += (double) counts[rank] / rank;
    }
    return sum / total();
  }

  @Override
  public Ranks getLocalValue() {
    return this;
  }

  @Override
  public void resetLocal() {
    java.util.Arrays.fill(counts, 0);
  }

  @Override
  public void merge(Accumulator<Integer, Ranks> other) {
    for (int i = 0; i < counts.length; i++) {
      counts[i] += other.getLocalValue().counts[i];
    }
  }

  @Override
  public Ranks clone() {
    Ranks copy = new Ranks();
    copy.merge(this);
    return copy;
  }
}
