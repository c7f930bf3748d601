package io.millrace.features.fraud;

import io.millrace.features.bytes.ByteReader;
import io.millrace.features.bytes.ByteWriter;

/**
 * Learns the weights of a {@link FraudDeclaration} by logistic regression, one example after the
 * other in the order in which they are given; the same examples in the same order give the same
 * bits. The steps are those of FTRL-proximal (McMahan et al., "Ad Click Prediction: a View from the
 * Trenches", 2013, algorithm 1). With p the probability as it stands, y 1 for a fraud and 0 for a
 * genuine payment, for each active weight i:
 *
 * <pre>
 *   g = p − y;   σ = (√(n_i + g²) − √n_i) / α;   z_i += g − σ w_i;   n_i += g²
 *   w_i = 0 if |z_i| ≤ λ1, else −(z_i − sgn(z_i) λ1) / ((β + √n_i) / α + λ2)
 * </pre>
 *
 * <p>Alongside, it counts at how many examples each weight was active, from which the population's
 * mean of a feature's weight follows exactly for whatever the weights have become: Σ c_i w_i / N.
 * That is one integer an active weight and example, and a pass over the weights when publishing.
 * Not safe for use by several threads.
 */
public final class FtrlLearner {
  private static final int LAYOUT = 1;

  /** Versions that were heard of stay below, far from where numbers end. */
  private static final long MOST = 1L << 52;

  private final FraudDeclaration declaration;
  private final FtrlSettings settings;
  private final double[] gradients;
  private final double[] squares;
  private final double[] weights;
  private final long[] actives;
  private long examples;
  private long corrections;
  private long newest;
  private long version;

  /** One that has learned nothing yet. */
  public FtrlLearner(FraudDeclaration declaration, FtrlSettings settings) {
    this.declaration = declaration;
    this.settings = settings;
    gradients = new double[declaration.weights()];
    squares = new double[declaration.weights()];
    weights = new double[declaration.weights()];
    actives = new long[declaration.weights()];
  }

  /**
   * Takes one lesson. A correction is a step with the right label and nothing else: the step with
   * the wrong one is not taken back, and the payment counts once.
   *
   * @throws IllegalArgumentException if its active weights are not of this declaration
   */
  public void learn(Lesson lesson) {
    int[] active = lesson.active();
    String fault = declaration.faultOf(active);
    if (fault != null) {
      throw new IllegalArgumentException(
          "a lesson for declaration %s has %s; make it with this declaration"
              .formatted(declaration.name(), fault));
    }
    step(active, probability(active) - (lesson.fraud() ? 1 : 0));
    if (lesson.correction()) {
      corrections++;
      return;
    }
    for (int i : active) {
      actives[i]++;
    }
    newest = examples == 0 ? lesson.time() : Math.max(newest, lesson.time());
    examples++;
  }

  private void step(int[] active, double gradient) {
    double square = gradient * gradient;
    for (int i : active) {
      double root = Math.sqrt(squares[i] + square);
      double sigma = (root - Math.sqrt(squares[i])) / settings.alpha();
      gradients[i] += gradient - sigma * weights[i];
      squares[i] += square;
      weights[i] = weight(i);
    }
  }

  private double weight(int i) {
    double z = gradients[i];
    if (Math.abs(z) <= settings.l1()) {
      return 0;
    }
    double rate = (settings.beta() + Math.sqrt(squares[i])) / settings.alpha() + settings.l2();
    return -(z - Math.signum(z) * settings.l1()) / rate;
  }

  /** How likely a fraud is, by what is learned so far. */
  public double probability(int[] active) {
    return Logistic.probability(Logistic.logOdds(weights, active));
  }

  /** Payments learned, corrections aside. */
  public long examples() {
    return examples;
  }

  /** Corrections among what was learned. */
  public long corrections() {
    return corrections;
  }

  /** Event time of the newest payment learned, 0 before the first. */
  public long newest() {
    return newest;
  }

  /** The version published last or heard of, 0 before the first. */
  public long version() {
    return version;
  }

  /** What was learned so far, as the next version; without any payment there is no event time. */
  public FraudModel publish() {
    return FraudModel.learned(
        declaration, ++version, examples, newest, weights.clone(), populationMeans());
  }

  private double[] populationMeans() {
    double[] means = new double[declaration.features().size()];
    for (int feature = 0; feature < means.length; feature++) {
      double sum = 0;
      for (int i = declaration.start(feature); i < declaration.start(feature + 1); i++) {
        sum += actives[i] * weights[i];
      }
      means[feature] = examples == 0 ? 0 : sum / examples;
    }
    return means;
  }

  /**
   * Hears of a version that was published: later ones are numbered on from it. Weights are not
   * taken over, because a snapshot does not say how sure they are.
   *
   * @return whether it was news
   */
  public boolean hear(long published) {
    if (published <= version || published >= MOST) {
      return false;
    }
    version = published;
    return true;
  }

  /** The state value. */
  public byte[] toBytes() {
    ByteWriter out = new ByteWriter(64 + 20 * weights.length);
    out.writeByte(LAYOUT);
    out.writeVarLong(version);
    out.writeText(declaration.fingerprint());
    out.writeVarLong(examples);
    out.writeVarLong(corrections);
    out.writeSignedVarLong(newest);
    for (int i = 0; i < weights.length; i++) {
      boolean moved = squares[i] != 0;
      out.writeVarLong(actives[i] << 1 | (moved ? 1 : 0));
      if (moved) {
        out.writeLong(Double.doubleToRawLongBits(gradients[i]));
        out.writeLong(Double.doubleToRawLongBits(squares[i]));
      }
    }
    return out.toBytes();
  }

  /**
   * Reads a state value. What was learned under another declaration is let go; versions go on being
   * numbered.
   */
  public static FtrlLearner ofBytes(
      byte[] bytes, FraudDeclaration declaration, FtrlSettings settings) {
    ByteReader in = new ByteReader(bytes);
    in.readVersion("the fraud model that was learned", LAYOUT);
    FtrlLearner learner = new FtrlLearner(declaration, settings);
    learner.version = in.readVarLong();
    if (!in.readText().equals(declaration.fingerprint())) {
      return learner;
    }
    learner.examples = in.readVarLong();
    learner.corrections = in.readVarLong();
    learner.newest = in.readSignedVarLong();
    for (int i = 0; i < learner.weights.length; i++) {
      long head = in.readVarLong();
      learner.actives[i] = head >>> 1;
      if ((head & 1) != 0) {
        learner.gradients[i] = Double.longBitsToDouble(in.readLong());
        learner.squares[i] = Double.longBitsToDouble(in.readLong());
        learner.weights[i] = learner.weight(i);
      }
    }
    return learner;
  }
}
