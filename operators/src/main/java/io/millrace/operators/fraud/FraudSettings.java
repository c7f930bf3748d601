package io.millrace.operators.fraud;

import io.millrace.features.fraud.FraudDeclaration;
import io.millrace.features.fraud.MaturingSettings;
import io.millrace.features.watch.SignalPlan;
import java.io.Serializable;
import java.time.Duration;
import java.util.Objects;
import java.util.function.Supplier;

/**
 * What the fraud job is set up with.
 *
 * @param declaration makes what the model looks at, the same at every call
 * @param horizon age at which a payment's label counts
 * @param corrections for how long after that a label that contradicts is heard
 * @param publishEvery lessons after which a version of the model is published
 * @param publishAfter event time after which one is published if there was a lesson
 * @param watch how entities are remembered
 * @param scores how payments are scored
 * @param alerts how suspicions become alerts
 */
public record FraudSettings(
    Declaration declaration,
    Duration horizon,
    Duration corrections,
    int publishEvery,
    Duration publishAfter,
    WatchSettings watch,
    ScoreSettings scores,
    AlertSettings alerts)
    implements Serializable {

  /** Makes what the model looks at. */
  @FunctionalInterface
  public interface Declaration extends Supplier<FraudDeclaration>, Serializable {}

  public FraudSettings {
    Objects.requireNonNull(declaration, "declaration");
  }

  /** Labels after 7 days, corrections for 30 more. */
  public static FraudSettings of(Declaration declaration) {
    return new FraudSettings(
        declaration,
        Duration.ofDays(7),
        Duration.ofDays(30),
        1_000,
        Duration.ofHours(1),
        WatchSettings.DEFAULT,
        ScoreSettings.DEFAULT,
        AlertSettings.DEFAULT);
  }

  MaturingSettings maturing() {
    return new MaturingSettings(horizon, corrections, MaturingSettings.MAX_CAPACITY);
  }

  /**
   * Where the signals come from.
   *
   * @throws IllegalArgumentException if the declaration cannot be watched
   */
  SignalPlan plan() {
    return new SignalPlan(declaration.get().withMaturity(horizon));
  }
}
