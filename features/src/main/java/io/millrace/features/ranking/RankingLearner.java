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
 * <p>At first the weights rank as the neighbours do, the log of their score weighing 1. How surely
 * they are right is a Gaussian's precision, at first 10 for each weight; an example adds what it
 * tells, and what was told fades within some 5,000 examples. So the weights stay at the start where
 * there is little evidence, and keep up where visitors change. A step goes to the peak of the
 * Gaussian that comes of it (Spiegelhalter and Lauritzen, "Sequential updating of conditional
 * probabilities on directed graphical structures", 1990; fading as in West, Harrison and Migon,
 * "Dynamic generalized linear models and Bayesian forecasting", 1985). With w0 the weights at the
 * start, g and H the gradient and the curvature of the {@link ListLoss} and f = 1 / 5,000:
 *
 * <pre>
 *   P = (1 − f) P + f · 10 I + H
 *   w −= P⁻¹ (g + f · 10 (w − w0)),   no weight by more than .2
 * </pre>
 *
 * The features go together, the logs above all; a step of each by itself, as Adagrad's, is still on
 * its way after thousands of examples. Not safe for use by several threads.
 */
public final class RankingLearner {
  /** How surely the weights at the start are right, in examples' curvature. */
  private static final double PRIOR = 10;

  /** Share of what examples told that is forgotten with each new one. */
  private static final double FADING = 1. / 5_000;

  /** Most that one example may move a weight. */
  private static final double MAX_STEP = .2;

  /** Versions and counts that were heard of stay below, far from where numbers end. */
  private static final long MOST = 1L << 52;

  /** In layout 1, of other features, each weight had a rate and a mean of its own. */
  private static final int LAYOUT = 2;

  private static final double[] START = start();

  private final double[] weights = START.clone();
  private SymmetricMatrix precision = new SymmetricMatrix(RankingFeatures.COUNT);
  private VisitorShares shares = new VisitorShares();
  private long examples;
  private long newest;
  private long version;

  // Scratch.
  private final ListLoss loss = new ListLoss();
  private SymmetricMatrix nextPrecision = new SymmetricMatrix(RankingFeatures.COUNT);
  private double[] step;

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
    precision.addToDiagonal(PRIOR);
  }

  private static double[] start() {
    double[] start = new double[RankingFeatures.COUNT];
    start[RankingFeatures.NAMES.indexOf("neighbour_score_log")] = 1;
    return start;
  }

  /** Takes one example. */
  public Outcome learn(RankingExample example) {
    if (!shares.allows(example.visitor(), example.time())) {
      return Outcome.FLOOD;
    }
    computeStep(example);
    if (!staysWithinBounds()) {
      return Outcome.OUT_OF_BOUNDS;
    }
    shares.add(example.visitor(), example.time());
    newest = examples == 0 ? example.time() : Math.max(newest, example.time());
    examples++;
    takeStep();
    return Outcome.LEARNED;
  }

  private void computeStep(RankingExample example) {
    loss.compute(weights, example);
    nextPrecision.set(precision);
    nextPrecision.scale(1 - FADING);
    nextPrecision.addToDiagonal(FADING * PRIOR);
    nextPrecision.add(loss.curvature());
    double[] gradient = loss.gradient();
    for (int k = 0; k < gradient.length; k++) {
      gradient[k] += FADING * PRIOR * (weights[k] - START[k]);
    }
    step = nextPrecision.solve(gradient);
    double longest = Arrays.stream(step).map(Math::abs).max().orElse(0);
    if (longest > MAX_STEP) {
      for (int k = 0; k < step.length; k++) {
        step[k] *= MAX_STEP / longest;
      }
    }
  }

  private boolean staysWithinBounds() {
    for (int k = 0; k < weights.length; k++) {
      // Not a number is refused too.
      if (!(Math.abs(weights[k] - step[k]) <= RankingModel.MAX_WEIGHT)) {
        return false;
      }
    }
    return true;
  }

  private void takeStep() {
    for (int k = 0; k < weights.length; k++) {
      weights[k] -= step[k];
    }
    SymmetricMatrix before = precision;
    precision = nextPrecision;
    nextPrecision = before;
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
    return RankingModel.learned(segment, ++version, examples, newest, weights.clone());
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
      examples = snapshot.examples();
      newest = snapshot.eventTime();
    }
    return true;
  }

  /** The state value. */
  public byte[] toBytes() {
    ByteWriter out = new ByteWriter(4096);
    out.writeByte(LAYOUT);
    out.writeVarLong(version);
    out.writeLong(RankingFeatures.FINGERPRINT);
    out.writeVarLong(examples);
    out.writeSignedVarLong(newest);
    for (double weight : weights) {
      out.writeLong(Double.doubleToRawLongBits(weight));
    }
    precision.write(out);
    shares.write(out);
    return out.toBytes();
  }

  /**
   * Reads a state value. What was learned for other features, as all of layout 1 was, is let go;
   * versions go on being numbered.
   */
  public static RankingLearner ofBytes(byte[] bytes) {
    ByteReader in = new ByteReader(bytes);
    int layout = in.readVersion("the ranking that was learned", LAYOUT);
    RankingLearner learner = new RankingLearner();
    learner.version = in.readVarLong();
    if (layout == 1 || in.readLong() != RankingFeatures.FINGERPRINT) {
      return learner;
    }
    learner.examples = in.readVarLong();
    learner.newest = in.readSignedVarLong();
    for (int k = 0; k < learner.weights.length; k++) {
      learner.weights[k] = Double.longBitsToDouble(in.readLong());
    }
    learner.precision.read(in);
    learner.shares = VisitorShares.read(in);
    return learner;
  }
}
