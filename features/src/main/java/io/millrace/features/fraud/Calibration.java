package io.millrace.features.fraud;

import io.millrace.features.bytes.ByteReader;
import io.millrace.features.bytes.ByteWriter;

/**
 * Whether probabilities are what they say: of the payments given a probability in a bin, how many
 * were frauds, beside how many were to be expected. All of it is whole numbers, probabilities in
 * billionths, so that nothing depends on the order, parts add up exactly, and a label that is
 * corrected can be taken back.
 *
 * <p>Bins are narrow where payments are: their edges are .001, .002, .005, .01, .02, .05, .1, .2,
 * .3, .5, .7, .9. Not safe for use by several threads.
 */
public final class Calibration {
  /** Billionths of a probability. */
  private static final double UNIT = 1e9;

  private static final Bins BINS = Bins.of(.001, .002, .005, .01, .02, .05, .1, .2, .3, .5, .7, .9);

  private static final int LAYOUT = 1;

  private final long[] payments = new long[BINS.count() - 1];
  private final long[] frauds = new long[BINS.count() - 1];
  private final long[] expected = new long[BINS.count() - 1];

  /**
   * The payments of one bin.
   *
   * @param payments how many
   * @param frauds how many of them were frauds
   * @param expected how many frauds the probabilities add up to
   */
  public record Reliability(long payments, long frauds, double expected) {}

  /**
   * Counts a payment.
   *
   * @param probability that was given before its label was known, 0 to 1
   */
  public void add(double probability, boolean fraud) {
    move(probability, fraud, 1);
  }

  /** A payment counted with one label has the other. */
  public void correct(double probability, boolean fraud) {
    move(probability, !fraud, -1);
    move(probability, fraud, 1);
  }

  private void move(double probability, boolean fraud, int count) {
    if (!(probability >= 0 && probability <= 1)) {
      throw new IllegalArgumentException(
          "probability is %s; give one of 0 to 1".formatted(probability));
    }
    int bin = BINS.of(probability);
    payments[bin] += count;
    frauds[bin] += fraud ? count : 0;
    expected[bin] += count * Math.round(probability * UNIT);
  }

  /** Adds what another one counted. */
  public void add(Calibration other) {
    for (int bin = 0; bin < payments.length; bin++) {
      payments[bin] += other.payments[bin];
      frauds[bin] += other.frauds[bin];
      expected[bin] += other.expected[bin];
    }
  }

  /** How many bins there are. */
  public static int bins() {
    return BINS.count() - 1;
  }

  /** What was counted in a bin, from 0. */
  public Reliability bin(int bin) {
    return new Reliability(payments[bin], frauds[bin], expected[bin] / UNIT);
  }

  /** Payments counted. */
  public long payments() {
    return sum(payments);
  }

  /** Frauds counted. */
  public long frauds() {
    return sum(frauds);
  }

  /**
   * Expected calibration error: Σ over bins of |frauds − expected| / payments of all bins, 0 at
   * best; NaN without payments. (Naeini, Cooper and Hauskrecht, 2015, on these bins.)
   */
  public double expectedError() {
    double sum = 0;
    for (int bin = 0; bin < payments.length; bin++) {
      sum += Math.abs(frauds[bin] - expected[bin] / UNIT);
    }
    return sum / payments();
  }

  /** Frauds over those expected: above 1 they are underrated; NaN if none was expected. */
  public double observedOverExpected() {
    long all = sum(expected);
    return all == 0 ? Double.NaN : frauds() / (all / UNIT);
  }

  private static long sum(long[] numbers) {
    long sum = 0;
    for (long each : numbers) {
      sum += each;
    }
    return sum;
  }

  /** The state value. */
  public byte[] toBytes() {
    ByteWriter out = new ByteWriter(128);
    out.writeByte(LAYOUT);
    for (int bin = 0; bin < payments.length; bin++) {
      out.writeSignedVarLong(payments[bin]);
      out.writeSignedVarLong(frauds[bin]);
      out.writeSignedVarLong(expected[bin]);
    }
    return out.toBytes();
  }

  /** Reads a state value. */
  public static Calibration ofBytes(byte[] bytes) {
    ByteReader in = new ByteReader(bytes);
    in.readVersion("a calibration", LAYOUT);
    Calibration read = new Calibration();
    for (int bin = 0; bin < read.payments.length; bin++) {
      read.payments[bin] = in.readSignedVarLong();
      read.frauds[bin] = in.readSignedVarLong();
      read.expected[bin] = in.readSignedVarLong();
    }
    return read;
  }
}
