package io.millrace.features.decision;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/**
 * How good the lists of one bucket of an experiment were in one minute of event time, judged by the
 * next clicks: the value of {@code quality:{<bucket>}}. Shares that are 0 are left out of the maps.
 *
 * @param bucket which, or {@link RedisKeys#QUALITY_ALL}
 * @param minute its start, milliseconds since the epoch
 * @param events next clicks that were judged
 * @param hitRate20 share of them on one of the first 20 places
 * @param reciprocalRank20 mean of 1 / place, 0 for a click on none of the first 20
 * @param coverage share of the items on sale that stood in some list, null if no catalogue is known
 * @param byReason share of the places filled with each reason
 * @param hitsByReason share of the hits on places with each reason
 * @param byLevel share of the places filled from each level
 * @param total the same since the totals began
 * @param sampleRatio whether visitors are split as configured; null but for all buckets together,
 *     and where there is only one
 */
public record QualityFigures(
    String bucket,
    long minute,
    long events,
    double hitRate20,
    double reciprocalRank20,
    Double coverage,
    Map<ReasonType, Double> byReason,
    Map<ReasonType, Double> hitsByReason,
    Map<ListLevel, Double> byLevel,
    Totals total,
    SampleRatioCheck sampleRatio) {

  public QualityFigures {
    Objects.requireNonNull(bucket, "bucket");
    Objects.requireNonNull(total, "total");
    byReason = inOrder(byReason);
    hitsByReason = inOrder(hitsByReason);
    byLevel = inOrder(byLevel);
  }

  /**
   * Running totals of a bucket.
   *
   * @param since start of the first minute in them, milliseconds since the epoch
   * @param visitors who came into the bucket
   * @param events next clicks that were judged
   * @param hitRate20 as of the minute; null while too few visitors were judged for an interval
   * @param reciprocalRank20 the same of the reciprocal ranks
   */
  public record Totals(
      long since, long visitors, long events, Interval hitRate20, Interval reciprocalRank20) {}

  /**
   * Whether visitors come into the buckets in the shares configured.
   *
   * @param visitors who came, by bucket
   * @param expected share of each bucket
   * @param pValue valid at any time, however often it is looked at
   * @param mismatch whether it is so small that figures of the buckets must not be compared
   */
  public record SampleRatioCheck(
      Map<String, Long> visitors, Map<String, Double> expected, double pValue, boolean mismatch) {
    public SampleRatioCheck {
      visitors = inOrder(visitors);
      expected = inOrder(expected);
    }
  }

  /** A copy that keeps the order, in which they are written. */
  private static <K, V> Map<K, V> inOrder(Map<K, V> map) {
    return Collections.unmodifiableMap(new LinkedHashMap<>(map));
  }
}
