package io.millrace.features.ranking;

import io.millrace.features.bytes.ByteReader;
import io.millrace.features.bytes.ByteWriter;
import io.millrace.features.event.ModelSnapshot;
import java.util.Arrays;

/**
 * Learns the weights of the {@link RankingFeatures} from the clicks that followed: one step a
 * click, in the order in which they are given, so the same examples in the same order give the same
 * bits.
 *
 * <p>With x the features of the candidates, w the weights and c the clicked candidate, the loss is
 * that of a softmax over the list (ListNet's top-one; Cao et al., "Learning to rank: from pairwise
 * approach to listwise approach", 2007), the step is Adagrad's (Duchi et al., "Adaptive subgradient
 * methods", 2011):
 *
 * <pre>
 *   p = softmax(x·w),   g = weight · (Σ p(j) x(j) − x(c)),   G += g²,   w −= .2 · g / √G
 * </pre>
 *
 * At first w ranks as the neighbours do, the log of their score weighing 1. G starts at 100, so
 * that the first few examples do not throw w about, and what is published is the mean of w over
 * about the newest thousand steps (Polyak and Juditsky, "Acceleration of stochastic approximation
 * by averaging", 1992): w itself never comes to rest. Not safe for use by several threads.
 */
public final class RankingLearner {
  private static final double STEP = .2;
  private static final double FIRST_SQUARES = 100;

  /** Steps over which the weights are averaged. */
  private static final double AVERAGED = 1_000;

  /** Longest step that one example may ask for; usual ones are below. */
  private static final double MAX_NORM = 10;

  /** Versions and counts that were heard of stay below, far from where numbers end. */
  private static final long MOST = 1L << 52;

  private static final int LAYOUT = 1;

  private final double[] weights;
  private final double[] squares;

  /** The mean of the weights over the newest steps. */
  private final double[] means;

  private VisitorShares shares = new VisitorShares();
  private long examples;
  private long newest;
  private long version;

  // Scratch.
  private final double[] gradient = new double[RankingFeatures.COUNT];
  private final double[] stepped = new double[RankingFeatures.COUNT];

  /** What became of an example. */
  public enum Outcome {
    /** It has moved the weights. */
    LEARNED,
    /** Its visitor has had a share of the newest examples already. */
    FLOOD,
    /** It would have moved a weight out of bounds. */
    OUT_OF_BOUNDS
  }

  /** One that has learned nothing yet. */
  public RankingLearner() {
    weights = new double[RankingFeatures.COUNT];
    weights[RankingFeatures.NAMES.indexOf("neighbour_score_log")] = 1;
    means = weights.clone();
    squares = new double[RankingFeatures.COUNT];
    Arrays.fill(squares, FIRST_SQUARES);
  }

  /** Takes one example. */
  public Outcome learn(RankingExample example) {
    if (!shares.allows(example.visitor(), example.time())) {
      return Outcome.FLOOD;
    }
    computeGradient(example);
    if (!computeStep()) {
      return Outcome.OUT_OF_BOUNDS;
    }
    shares.add(example.visitor(), example.time());
    newest = examples == 0 ? example.time() : Math.max(newest, example.time());
    examples++;
    takeStep();
    return Outcome.LEARNED;
  }

  /** Where the next version would have the clicked candidate; see {@link RankingModel#rank}. */
  public int judge(RankingExample example) {
    return LinearScores.rank(LinearScores.of(means, example.features()), example.clicked());
  }

  private void computeGradient(RankingExample example) {
    float[] features = example.features();
    double[] shares = LinearScores.softmax(LinearScores.of(weights, features));
    Arrays.fill(gradient, 0);
    for (int i = 0, at = 0; i < shares.length; i++) {
      double share = shares[i] - (i == example.clicked() ? 1 : 0);
      for (int k = 0; k < gradient.length; k++) {
        gradient[k] += share * features[at++];
      }
    }
    scale(example.weight());
  }

  private void scale(double weight) {
    double square = 0;
    for (double part : gradient) {
      square += part * part;
    }
    double factor = weight * Math.min(1, MAX_NORM / (weight * Math.sqrt(square)));
    for (int i = 0; i < gradient.length; i++) {
      gradient[i] *= factor;
    }
  }

  /** Whether the weights stay within bounds with it. */
  private boolean computeStep() {
    for (int i = 0; i < weights.length; i++) {
      double square = squares[i] + gradient[i] * gradient[i];
      stepped[i] = weights[i] - STEP * gradient[i] / Math.sqrt(square);
      // Not a number is refused too.
      if (!(Math.abs(stepped[i]) <= RankingModel.MAX_WEIGHT)) {
        return false;
      }
    }
    return true;
  }

  private void takeStep() {
    double share = 1 / Math.min(examples, AVERAGED);
    for (int i = 0; i < weights.length; i++) {
      weights[i] = stepped[i];
      squares[i] += gradient[i] * gradient[i];
      means[i] += share * (weights[i] - means[i]);
    }
  }

  /** Examples learned. */
  public long examples() {
    return examples;
  }

  /** Event time of the newest example learned, 0 before the first. */
  public long newest() {
    return newest;
  }

  /** The version published last, 0 before the first. */
  public long version() {
    return version;
  }

  /**
   * What was learned so far, as the next version.
   *
   * @param segment whose clicks it was learned from
   */
  public RankingModel publish(String segment) {
    return RankingModel.learned(segment, ++version, examples, newest, means.clone());
  }

  /**
   * Hears of a version that was published. Later ones are numbered on from it; a learner that has
   * learned nothing itself goes on from its weights.
   *
   * @return whether it was news
   */
  public boolean hear(RankingModel model) {
    ModelSnapshot snapshot = model.snapshot();
    if (snapshot.version() <= version
        || snapshot.version() >= MOST
        || snapshot.examples() >= MOST) {
      return false;
    }
    version = snapshot.version();
    if (shares.isEmpty()) {
      System.arraycopy(snapshot.weights(), 0, weights, 0, weights.length);
      System.arraycopy(snapshot.weights(), 0, means, 0, means.length);
      examples = snapshot.examples();
      newest = snapshot.eventTime();
    }
    return true;
  }

  /** The state value. */
  public byte[] toBytes() {
    ByteWriter out = new ByteWriter(1024);
    out.writeByte(LAYOUT);
    out.writeVarLong(version);
    out.writeLong(RankingFeatures.FINGERPRINT);
    out.writeVarLong(examples);
    out.writeSignedVarLong(newest);
    for (int i = 0; i < weights.length; i++) {
      out.writeLong(Double.doubleToRawLongBits(weights[i]));
      out.writeLong(Double.doubleToRawLongBits(squares[i]));
      out.writeLong(Double.doubleToRawLongBits(means[i]));
    }
    shares.write(out);
    return out.toBytes();
  }

  /**
   * Reads a state value. What was learned for other features is let go; versions go on being
   * numbered.
   */
  public static RankingLearner ofBytes(byte[] bytes) {
    ByteReader in = new ByteReader(bytes);
    in.readVersion("the ranking that was learned", LAYOUT);
    RankingLearner learner = new RankingLearner();
    learner.version = in.readVarLong();
    if (in.readLong() != RankingFeatures.FINGERPRINT) {
      return learner;
    }
    learner.examples = in.readVarLong();
    learner.newest = in.readSignedVarLong();
    for (int i = 0; i < learner.weights.length; i++) {
      learner.weights[i] = Double.longBitsToDouble(in.readLong());
      learner.squares[i] = Double.longBitsToDouble(in.readLong());
      learner.means[i] = Double.longBitsToDouble(in.readLong());
    }
    learner.shares = VisitorShares.read(in);
    return learner;
  }
}
