package io.millrace.features.event;

import java.util.Arrays;

/**
 * One published version of a learned model.
 *
 * @param modelId which model, 1 to 128 bytes; the newest version of each is kept
 * @param version from 1, larger than those before it
 * @param fingerprint names the features that the weights are for, 1 to 128 bytes
 * @param examples from how many it was learned
 * @param eventTime of the newest of them, milliseconds since the epoch
 * @param weights finite, one or more; not to be changed
 */
public record ModelSnapshot(
    String modelId,
    long version,
    String fingerprint,
    long examples,
    long eventTime,
    double[] weights) {

  @Override
  public boolean equals(Object other) {
    return other instanceof ModelSnapshot that
        && modelId.equals(that.modelId)
        && version == that.version
        && fingerprint.equals(that.fingerprint)
        && examples == that.examples
        && eventTime == that.eventTime
        && Arrays.equals(weights, that.weights);
  }

  @Override
  public int hashCode() {
    return modelId.hashCode() * 31 + Long.hashCode(version);
  }

  @Override
  public String toString() {
    return modelId + " version " + version + " of " + examples + " examples up to " + eventTime;
  }
}
