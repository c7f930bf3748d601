package io.millrace.features.fraud;

import java.util.List;

/**
 * One feature of a payment: one binned signal, or several of them crossed. It has a weight for each
 * bin, or for each combination of bins, of which a payment has exactly one.
 *
 * @param name in snake_case
 * @param signals one or more
 */
public record FraudFeature(String name, List<BinnedSignal> signals) {
  public FraudFeature {
    signals = List.copyOf(signals);
  }

  /** Its weights: the product of the numbers of bins. */
  public long size() {
    long size = 1;
    for (BinnedSignal each : signals) {
      // Of a few hundred bins each, a handful of signals overflows.
      size = Math.min(size * each.bins().count(), Integer.MAX_VALUE);
    }
    return size;
  }
}
