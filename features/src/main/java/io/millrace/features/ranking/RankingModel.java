package io.millrace.features.ranking;

import io.millrace.features.event.InvalidEventException;
import io.millrace.features.event.InvalidEventException.Reason;
import io.millrace.features.event.ModelSnapshot;

/**
 * Weights that put candidates in order, as one version of them was published. Immutable, safe for
 * use by many threads.
 */
public final class RankingModel {
  /** The segment of those of whom nothing else is said. */
  public static final String DEFAULT_SEGMENT = "default";

  /** Most segments that learn apart. */
  public static final int MAX_SEGMENTS = 64;

  /** Event time of silence, milliseconds, after which a segment makes room for a new one. */
  public static final long SILENT_MS = 86_400_000;

  private static final String PREFIX = "ranking:";

  /** Largest magnitude of a weight: learned ones stay within tens. */
  static final double MAX_WEIGHT = 1_000;

  private final ModelSnapshot snapshot;

  private RankingModel(ModelSnapshot snapshot) {
    this.snapshot = snapshot;
  }

  /** Under which the topic keeps what a segment has learned. */
  public static String id(String segment) {
    return PREFIX + segment;
  }

  /** The segment of an {@link #id}. */
  public static String segment(String id) {
    return id.substring(PREFIX.length());
  }

  /** Whether a message of the topic tells how to rank, and not of another model. */
  public static boolean is(ModelSnapshot snapshot) {
    return snapshot.modelId().startsWith(PREFIX);
  }

  /**
   * The model a message tells of.
   *
   * @throws InvalidEventException if its weights are not for the features of this release; names
   *     the field, the value and the remedy
   */
  public static RankingModel of(ModelSnapshot snapshot) throws InvalidEventException {
    if (!is(snapshot)) {
      throw new InvalidEventException(
          Reason.UNKNOWN_VALUE,
          "model_id",
          "model_id is '"
              + snapshot.modelId()
              + "'; send '"
              + id(DEFAULT_SEGMENT)
              + "' to rank with it");
    }
    if (!snapshot.fingerprint().equals(RankingFeatures.fingerprint())) {
      throw new InvalidEventException(
          Reason.UNKNOWN_VALUE,
          "fingerprint",
          "fingerprint is '"
              + snapshot.fingerprint()
              + "', of other features; this release ranks by '"
              + RankingFeatures.fingerprint()
              + "': learn the weights anew");
    }
    double[] weights = snapshot.weights();
    if (weights.length != RankingFeatures.COUNT) {
      throw new InvalidEventException(
          Reason.OUT_OF_RANGE,
          "weights",
          "weights holds " + weights.length + " numbers; send " + RankingFeatures.COUNT);
    }
    for (int i = 0; i < weights.length; i++) {
      if (Math.abs(weights[i]) > MAX_WEIGHT) {
        throw new InvalidEventException(
            Reason.OUT_OF_RANGE,
            "weights",
            "weights holds "
                + weights[i]
                + " for "
                + RankingFeatures.NAMES.get(i)
                + "; send numbers from -1000 to 1000");
      }
    }
    return new RankingModel(snapshot);
  }

  /** A version just learned. */
  static RankingModel learned(
      String segment, long version, long examples, long eventTime, double[] weights) {
    return new RankingModel(
        new ModelSnapshot(
            id(segment), version, RankingFeatures.fingerprint(), examples, eventTime, weights));
  }

  /** As the topic carries it. */
  public ModelSnapshot snapshot() {
    return snapshot;
  }

  /** Whose clicks it was learned from. */
  public String segment() {
    return segment(snapshot.modelId());
  }

  /** Which of the published ones it is; each is larger than those before it. */
  public long version() {
    return snapshot.version();
  }

  /**
   * The places of candidates, best first; of equal ones the earlier comes first.
   *
   * @param features {@link RankingFeatures#COUNT} numbers a candidate
   */
  public int[] order(float[] features) {
    return LinearScores.order(LinearScores.of(snapshot.weights(), features));
  }

  /**
   * How likely each candidate is to be the one clicked, where one of them is: a softmax.
   *
   * @param features {@link RankingFeatures#COUNT} numbers a candidate
   */
  public double[] shares(float[] features) {
    return LinearScores.softmax(LinearScores.of(snapshot.weights(), features));
  }
}
