package io.millrace.features.quality;

import io.millrace.features.bytes.ByteReader;
import io.millrace.features.bytes.ByteWriter;
import io.millrace.features.decision.Interval;
import io.millrace.features.decision.ListLevel;
import io.millrace.features.decision.QualityFigures;
import io.millrace.features.decision.QualityFigures.SampleRatioCheck;
import io.millrace.features.decision.QualityFigures.Totals;
import io.millrace.features.decision.ReasonType;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;

/** Figures as state keeps them, to the last bit. */
final class StoredFigures {
  private StoredFigures() {}

  static void write(QualityFigures figures, ByteWriter out) {
    out.writeText(figures.bucket());
    out.writeSignedVarLong(figures.minute());
    out.writeVarLong(figures.events());
    writeDouble(figures.hitRate20(), out);
    writeDouble(figures.reciprocalRank20(), out);
    out.writeByte(figures.coverage() == null ? 0 : 1);
    if (figures.coverage() != null) {
      writeDouble(figures.coverage(), out);
    }
    writeShares(figures.byReason(), out);
    writeShares(figures.hitsByReason(), out);
    writeShares(figures.byLevel(), out);
    write(figures.total(), out);
    out.writeByte(figures.sampleRatio() == null ? 0 : 1);
    if (figures.sampleRatio() != null) {
      write(figures.sampleRatio(), out);
    }
  }

  static QualityFigures read(ByteReader in) {
    return new QualityFigures(
        in.readText(),
        in.readSignedVarLong(),
        in.readVarLong(),
        readDouble(in),
        readDouble(in),
        in.readByte() == 0 ? null : (Double) readDouble(in),
        readShares(ReasonType.class, in),
        readShares(ReasonType.class, in),
        readShares(ListLevel.class, in),
        readTotals(in),
        in.readByte() == 0 ? null : readCheck(in));
  }

  private static void write(Totals total, ByteWriter out) {
    out.writeSignedVarLong(total.since());
    out.writeVarLong(total.visitors());
    out.writeVarLong(total.events());
    write(total.hitRate20(), out);
    write(total.reciprocalRank20(), out);
  }

  private static Totals readTotals(ByteReader in) {
    return new Totals(
        in.readSignedVarLong(),
        in.readVarLong(),
        in.readVarLong(),
        readInterval(in),
        readInterval(in));
  }

  private static void write(Interval interval, ByteWriter out) {
    out.writeByte(interval == null ? 0 : 1);
    if (interval != null) {
      writeDouble(interval.mean(), out);
      writeDouble(interval.low(), out);
      writeDouble(interval.high(), out);
    }
  }

  private static Interval readInterval(ByteReader in) {
    return in.readByte() == 0 ? null : new Interval(readDouble(in), readDouble(in), readDouble(in));
  }

  private static void write(SampleRatioCheck check, ByteWriter out) {
    out.writeByte(check.mismatch() ? 1 : 0);
    writeDouble(check.pValue(), out);
    out.writeVarLong(check.expected().size());
    check
        .expected()
        .forEach(
            (bucket, share) -> {
              out.writeText(bucket);
              writeDouble(share, out);
              out.writeVarLong(check.visitors().get(bucket));
            });
  }

  private static SampleRatioCheck readCheck(ByteReader in) {
    boolean mismatch = in.readByte() == 1;
    double pValue = readDouble(in);
    Map<String, Long> visitors = new LinkedHashMap<>();
    Map<String, Double> expected = new LinkedHashMap<>();
    for (int rest = in.readVarInt(); rest > 0; rest--) {
      String bucket = in.readText();
      expected.put(bucket, readDouble(in));
      visitors.put(bucket, in.readVarLong());
    }
    return new SampleRatioCheck(visitors, expected, pValue, mismatch);
  }

  private static <K extends Enum<K>> void writeShares(Map<K, Double> shares, ByteWriter out) {
    out.writeByte(shares.size());
    shares.forEach(
        (key, share) -> {
          out.writeByte(key.ordinal());
          writeDouble(share, out);
        });
  }

  private static <K extends Enum<K>> Map<K, Double> readShares(Class<K> keys, ByteReader in) {
    Map<K, Double> shares = new EnumMap<>(keys);
    for (int rest = in.readByte(); rest > 0; rest--) {
      K key = keys.getEnumConstants()[in.readByte()];
      shares.put(key, readDouble(in));
    }
    return shares;
  }

  private static void writeDouble(double value, ByteWriter out) {
    out.writeLong(Double.doubleToRawLongBits(value));
  }

  private static double readDouble(ByteReader in) {
    return Double.longBitsToDouble(in.readLong());
  }
}
