package io.millrace.features.ranking;

import io.millrace.features.bytes.ByteReader;
import io.millrace.features.bytes.ByteWriter;
import io.millrace.features.ranking.InvalidExampleException.Reason;
import java.util.Arrays;

/**
 * The candidates of one ask and which of them was clicked next.
 *
 * @param segment of those who learn apart, see {@link RankingModel#DEFAULT_SEGMENT}
 * @param time event time of that click, milliseconds since the epoch
 * @param visitor hash of the visitor
 * @param features {@link RankingFeatures#COUNT} numbers a candidate; not to be changed
 * @param clicked place of the clicked candidate, from 0
 * @param weight how much it counts: 1, or more where the visitor was less likely to see the item
 */
public record RankingExample(
    String segment, long time, long visitor, float[] features, int clicked, float weight) {
  /** Most that one example counts. */
  public static final float MAX_WEIGHT = 20;

  /** The layout of the bytes; the first did not say which segment an example is of. */
  public static final int LAYOUT = 2;

  private static final int BYTES_BESIDE_FEATURES = 64;

  /**
   * An example of what can be learned from.
   *
   * @throws InvalidExampleException if nothing can
   */
  public static RankingExample of(
      String segment, long time, long visitor, float[] features, int clicked, float weight)
      throws InvalidExampleException {
    int candidates = features.length / RankingFeatures.COUNT;
    if (features.length % RankingFeatures.COUNT != 0
        || candidates < 2
        || candidates > RankingFeatures.MAX_CANDIDATES) {
      throw new InvalidExampleException(
          Reason.CANDIDATES,
          features.length
              + " features are not those of 2 to "
              + RankingFeatures.MAX_CANDIDATES
              + " candidates, "
              + RankingFeatures.COUNT
              + " each");
    }
    if (clicked < 0 || clicked >= candidates) {
      throw new InvalidExampleException(
          Reason.CLICKED, "candidate " + clicked + " is none of 0 to " + (candidates - 1));
    }
    if (!(weight > 0 && weight <= MAX_WEIGHT)) {
      throw new InvalidExampleException(
          Reason.WEIGHT, "weight " + weight + " is not above 0 and up to " + MAX_WEIGHT);
    }
    for (int i = 0; i < features.length; i++) {
      if (!Float.isFinite(features[i])) {
        throw new InvalidExampleException(
            Reason.FEATURE,
            RankingFeatures.NAMES.get(i % RankingFeatures.COUNT)
                + " of candidate "
                + i / RankingFeatures.COUNT
                + " is "
                + features[i]);
      }
    }
    return new RankingExample(segment, time, visitor, features, clicked, weight);
  }

  /** How many candidates there were. */
  public int candidates() {
    return features.length / RankingFeatures.COUNT;
  }

  /** As it crosses the network. */
  public byte[] toBytes() {
    ByteWriter out = new ByteWriter(BYTES_BESIDE_FEATURES + features.length * Float.BYTES);
    write(features, out);
    out.writeLong(visitor);
    out.writeSignedVarLong(time);
    out.writeInt(Float.floatToRawIntBits(weight));
    out.writeByte(clicked);
    out.writeText(segment);
    return out.toBytes();
  }

  /** Writes the features of some candidates; what is 0 takes no more than a bit. */
  static void write(float[] features, ByteWriter out) {
    out.writeLong(RankingFeatures.FINGERPRINT);
    out.writeByte(features.length / RankingFeatures.COUNT);
    for (int from = 0; from < features.length; from += RankingFeatures.COUNT) {
      writeRow(features, from, out);
    }
  }

  private static void writeRow(float[] features, int from, ByteWriter out) {
    int present = 0;
    for (int i = 0; i < RankingFeatures.COUNT; i++) {
      present |= Float.floatToRawIntBits(features[from + i]) == 0 ? 0 : 1 << i;
    }
    out.writeVarLong(present);
    for (int i = 0; i < RankingFeatures.COUNT; i++) {
      if ((present & 1 << i) != 0) {
        out.writeInt(Float.floatToRawIntBits(features[from + i]));
      }
    }
  }

  /**
   * Reads what {@link #toBytes} wrote.
   *
   * @param layout of the release that did
   * @return null if it is of a release that ranked by other features
   * @throws InvalidExampleException if the bytes are not those of an example
   */
  public static RankingExample ofBytes(byte[] bytes, int layout) throws InvalidExampleException {
    ByteReader in = new ByteReader(bytes);
    float[] features = read(in);
    if (features == null) {
      return null;
    }
    long visitor = in.readLong();
    long time = in.readSignedVarLong();
    float weight = Float.intBitsToFloat(in.readInt());
    int clicked = in.readByte();
    String segment = layout == 1 ? RankingModel.DEFAULT_SEGMENT : in.readText();
    return of(segment, time, visitor, features, clicked, weight);
  }

  /** Reads what {@link #write} wrote; null if it is of a release that ranked by other features. */
  static float[] read(ByteReader in) {
    if (in.readLong() != RankingFeatures.FINGERPRINT) {
      return null;
    }
    float[] features = new float[in.readByte() * RankingFeatures.COUNT];
    for (int from = 0; from < features.length; from += RankingFeatures.COUNT) {
      int present = in.readVarInt();
      for (int i = 0; i < RankingFeatures.COUNT; i++) {
        features[from + i] = (present & 1 << i) == 0 ? 0 : Float.intBitsToFloat(in.readInt());
      }
    }
    return features;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof RankingExample that
        && segment.equals(that.segment)
        && time == that.time
        && visitor == that.visitor
        && clicked == that.clicked
        && Float.compare(weight, that.weight) == 0
        && Arrays.equals(features, that.features);
  }

  @Override
  public int hashCode() {
    return Long.hashCode(time ^ visitor) * 31 + clicked;
  }

  @Override
  public String toString() {
    return "candidate " + clicked + " of " + candidates() + " clicked at " + time;
  }
}
