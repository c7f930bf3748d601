package io.millrace.features.quality;

import io.millrace.features.bytes.ByteReader;
import io.millrace.features.bytes.ByteWriter;
import io.millrace.features.decision.QualityFigures.SampleRatioCheck;
import io.millrace.features.decision.QualityFigures.Totals;
import io.millrace.features.decision.RedisKeys;
import java.util.LinkedHashMap;
import java.util.Map;

/** Running totals of all buckets under one configuration, and the check of their visitors. */
final class QualityTotals {
  /** The totals begin with whatever minute comes first. */
  static final long FIRST_MINUTE = Long.MIN_VALUE;

  private static final double ROUNDING = 1e-9;

  private final String split;
  private final Map<String, Double> shares;
  private final Map<String, BucketQuality> buckets = new LinkedHashMap<>();
  private long since;
  private double pValue = 1;

  /**
   * Nothing counted yet.
   *
   * @param split what names how visitors are split and what is done with each bucket
   * @param shares of the visitors by bucket, adding up to 1
   * @param since start of the first minute that may count
   */
  QualityTotals(String split, Map<String, Double> shares, long since) {
    this.split = split;
    this.shares = checked(shares);
    this.since = since;
    this.shares.keySet().forEach(bucket -> buckets.put(bucket, new BucketQuality()));
  }

  private static Map<String, Double> checked(Map<String, Double> shares) {
    double sum = 0;
    for (Map.Entry<String, Double> share : shares.entrySet()) {
      if (share.getKey().equals(RedisKeys.QUALITY_ALL)) {
        throw new IllegalArgumentException(
            "a bucket is named " + share.getKey() + "; that stands for all of them together");
      }
      if (!(share.getValue() >= 0)) {
        throw new IllegalArgumentException("the share of bucket " + share + " is below 0");
      }
      sum += share.getValue();
    }
    if (!(Math.abs(sum - 1) <= ROUNDING)) {
      throw new IllegalArgumentException("the shares " + shares + " add up to " + sum + ", not 1");
    }
    return new LinkedHashMap<>(shares);
  }

  /** Of the visitors, by bucket. */
  Map<String, Double> shares() {
    return shares;
  }

  /**
   * These totals, if visitors are still split in the same way; else new ones.
   *
   * @param otherwise start of the first minute that may count in new ones
   */
  QualityTotals under(String nowSplit, Map<String, Double> now, long otherwise) {
    boolean same = split.equals(nowSplit);
    QualityTotals totals = new QualityTotals(nowSplit, now, same ? since : otherwise);
    if (same) {
      totals.buckets.putAll(buckets);
      totals.pValue = pValue;
    }
    return totals;
  }

  /** Counts a minute, later than all before. */
  void add(long minute, Map<String, MinuteQuality> byBucket) {
    if (since == FIRST_MINUTE) {
      since = minute;
    }
    if (minute < since) {
      return;
    }
    byBucket.forEach((bucket, quality) -> buckets.get(bucket).add(quality));
    long[] visitors = buckets.values().stream().mapToLong(BucketQuality::visitors).toArray();
    double[] expected = shares.values().stream().mapToDouble(share -> share).toArray();
    pValue = Math.min(pValue, SampleRatio.pValue(visitors, expected));
  }

  BucketQuality of(String bucket) {
    return buckets.get(bucket);
  }

  /** All buckets together. */
  BucketQuality all() {
    BucketQuality all = new BucketQuality();
    buckets.values().forEach(all::add);
    return all;
  }

  /** As they are handed out. */
  Totals figures(BucketQuality bucket) {
    return new Totals(
        since, bucket.visitors(), bucket.events(), bucket.hitRate(), bucket.reciprocalRank());
  }

  /** Null where there is one bucket only. */
  SampleRatioCheck sampleRatio() {
    if (shares.size() < 2) {
      return null;
    }
    Map<String, Long> visitors = new LinkedHashMap<>();
    buckets.forEach((bucket, total) -> visitors.put(bucket, total.visitors()));
    return new SampleRatioCheck(visitors, shares, pValue, pValue < SampleRatio.MISMATCH);
  }

  void write(ByteWriter out) {
    out.writeText(split);
    out.writeVarLong(shares.size());
    shares.forEach(
        (bucket, share) -> {
          out.writeText(bucket);
          out.writeLong(Double.doubleToRawLongBits(share));
          buckets.get(bucket).write(out);
        });
    out.writeLong(since);
    out.writeLong(Double.doubleToRawLongBits(pValue));
  }

  static QualityTotals read(ByteReader in) {
    String split = in.readText();
    Map<String, Double> shares = new LinkedHashMap<>();
    Map<String, BucketQuality> buckets = new LinkedHashMap<>();
    for (int rest = in.readVarInt(); rest > 0; rest--) {
      String bucket = in.readText();
      shares.put(bucket, Double.longBitsToDouble(in.readLong()));
      buckets.put(bucket, BucketQuality.read(in));
    }
    QualityTotals read = new QualityTotals(split, shares, in.readLong());
    read.buckets.putAll(buckets);
    read.pValue = Double.longBitsToDouble(in.readLong());
    return read;
  }
}
