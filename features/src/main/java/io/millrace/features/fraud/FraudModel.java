package io.millrace.features.fraud;

import io.millrace.features.event.InvalidEventException;
import io.millrace.features.event.InvalidEventException.Reason;
import io.millrace.features.event.ModelSnapshot;
import java.util.Arrays;

/**
 * The weights of a {@link FraudDeclaration} as one version of them was published, and the
 * population's mean of each feature's weight. A score depends on the active weights and the version
 * alone. Immutable, safe for use by many threads.
 *
 * <p>A snapshot carries the weights, the bias first, and behind them a mean for each feature.
 */
public final class FraudModel {
  private static final String PREFIX = "fraud:";

  /** Largest magnitude of a weight: learned ones stay within tens. */
  static final double MAX_WEIGHT = 1_000;

  private final FraudDeclaration declaration;
  private final ModelSnapshot snapshot;

  /** The log-odds where every feature has the population's mean weight. */
  private final double baseline;

  private FraudModel(FraudDeclaration declaration, ModelSnapshot snapshot) {
    this.declaration = declaration;
    this.snapshot = snapshot;
    double sum = snapshot.weights()[0];
    for (int i = declaration.weights(); i < snapshot.weights().length; i++) {
      sum += snapshot.weights()[i];
    }
    baseline = sum;
  }

  /** Under which the topic keeps what is learned for a declaration. */
  public static String id(FraudDeclaration declaration) {
    return PREFIX + declaration.name();
  }

  /** Whether a message of the topic tells of fraud, and not of another model. */
  public static boolean is(ModelSnapshot snapshot) {
    return snapshot.modelId().startsWith(PREFIX);
  }

  /**
   * The model a message tells of.
   *
   * @throws InvalidEventException if it is not for this declaration, is cut off or holds what no
   *     weight can be; names the field, the value and the remedy
   */
  public static FraudModel of(ModelSnapshot snapshot, FraudDeclaration declaration)
      throws InvalidEventException {
    if (!snapshot.modelId().equals(id(declaration))) {
      throw refused(
          Reason.UNKNOWN_VALUE,
          "model_id",
          "model_id is '%s'; send '%s' to score with it"
              .formatted(snapshot.modelId(), id(declaration)));
    }
    if (!snapshot.fingerprint().equals(declaration.fingerprint())) {
      throw refused(
          Reason.UNKNOWN_VALUE,
          "fingerprint",
          "fingerprint is '%s', of another declaration; this one is '%s': learn the weights anew"
              .formatted(snapshot.fingerprint(), declaration.fingerprint()));
    }
    int numbers = declaration.weights() + declaration.features().size();
    if (snapshot.weights().length != numbers) {
      throw refused(
          Reason.OUT_OF_RANGE,
          "weights",
          "weights holds %d numbers; send %d, the means of the features last"
              .formatted(snapshot.weights().length, numbers));
    }
    for (int i = 0; i < numbers; i++) {
      double weight = snapshot.weights()[i];
      // Not a number is refused too.
      if (!(Math.abs(weight) <= MAX_WEIGHT)) {
        throw refused(
            Reason.OUT_OF_RANGE,
            "weights",
            "weights holds %s at place %d; send numbers from -1000 to 1000".formatted(weight, i));
      }
    }
    return new FraudModel(declaration, snapshot);
  }

  private static InvalidEventException refused(Reason reason, String field, String detail) {
    return new InvalidEventException(reason, field, detail);
  }

  /** A version just learned. */
  static FraudModel learned(
      FraudDeclaration declaration,
      long version,
      long examples,
      long eventTime,
      double[] weights,
      double[] means) {
    double[] numbers = Arrays.copyOf(weights, weights.length + means.length);
    System.arraycopy(means, 0, numbers, weights.length, means.length);
    return new FraudModel(
        declaration,
        new ModelSnapshot(
            id(declaration), version, declaration.fingerprint(), examples, eventTime, numbers));
  }

  /** As the topic carries it. */
  public ModelSnapshot snapshot() {
    return snapshot;
  }

  /** Which of the published ones it is; each is larger than those before it. */
  public long version() {
    return snapshot.version();
  }

  /** From how many payments it was learned. */
  public long examples() {
    return snapshot.examples();
  }

  /**
   * The natural logarithm of fraud's probability over that of the contrary.
   *
   * @param active as {@link FraudDeclaration#indices} gives them
   */
  public double logOdds(int[] active) {
    return Logistic.logOdds(snapshot.weights(), active);
  }

  /** How likely a fraud is, 0 to 1. */
  public double probability(int[] active) {
    return Logistic.probability(logOdds(active));
  }

  /**
   * Why the log-odds are what they are: the {@link #baseline} is what they would be if each feature
   * weighed as it does in the population's mean, and each feature adds what its own weight is more.
   * Baseline and contributions add up to the log-odds. (For a linear model these are the Shapley
   * values of its features taken as independent: Lundberg and Lee, 2017.)
   *
   * @return by feature, in the order declared
   */
  public double[] contributions(int[] active) {
    double[] contributions = new double[active.length - 1];
    double[] weights = snapshot.weights();
    for (int i = 0; i < contributions.length; i++) {
      contributions[i] = weights[active[i + 1]] - weights[declaration.weights() + i];
    }
    return contributions;
  }

  /** What the {@link #contributions} are added to. */
  public double baseline() {
    return baseline;
  }
}
