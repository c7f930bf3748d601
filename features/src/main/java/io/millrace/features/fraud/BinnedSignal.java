package io.millrace.features.fraud;

/**
 * A signal seen in ranges.
 *
 * @param signal name of a number that is known of a payment
 * @param bins its ranges
 */
public record BinnedSignal(String signal, Bins bins) {
  /** The ranges between these edges, as {@link Bins#of(double...)}. */
  public static BinnedSignal binned(String signal, double... edges) {
    try {
      return new BinnedSignal(signal, Bins.of(edges));
    } catch (IllegalArgumentException unfit) {
      throw new IllegalArgumentException(
          "signal %s: %s".formatted(signal, unfit.getMessage()), unfit);
    }
  }
}
