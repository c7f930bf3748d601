package io.millrace.operators.recommend;

import java.io.Serializable;
import java.time.Duration;

/**
 * How often bundles are written.
 *
 * @param epoch of the versions, see {@link io.millrace.features.decision.Version}
 * @param interval least wall-clock time between two writes of an item's bundle for its own orders
 * @param quiet wall-clock time without a change of any count after which all bundles are held
 *     against the counts once more
 */
public record BundleWriteSettings(int epoch, Duration interval, Duration quiet)
    implements Serializable {
  /** Once a second, and ten seconds of silence. */
  public static final BundleWriteSettings DEFAULT =
      new BundleWriteSettings(1, Duration.ofSeconds(1), Duration.ofSeconds(10));
}
