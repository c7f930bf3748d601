package io.millrace.operators.recommend.quality;

import io.millrace.features.decision.Interval;
import io.millrace.features.decision.ListLevel;
import io.millrace.features.decision.QualityFigures;
import io.millrace.features.decision.RedisKeys;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.ToDoubleFunction;
import org.apache.flink.metrics.MetricGroup;

/**
 * The newest figures as metrics, in a group {@code bucket.<name>} each; not a number before there
 * are any.
 */
final class QualityGauges {
  /** Read by whoever reports metrics. */
  private final Map<String, QualityFigures> newest = new ConcurrentHashMap<>();

  QualityGauges(Collection<String> buckets, MetricGroup metrics) {
    buckets.forEach(bucket -> add(bucket, metrics));
    add(RedisKeys.QUALITY_ALL, metrics);
    metrics.gauge(
        "sample_ratio_p_value", () -> value(RedisKeys.QUALITY_ALL, QualityGauges::pValue));
  }

  private static double pValue(QualityFigures figures) {
    return figures.sampleRatio() == null ? 1 : figures.sampleRatio().pValue();
  }

  private void add(String bucket, MetricGroup metrics) {
    MetricGroup group = metrics.addGroup("bucket", bucket);
    gauge(group, bucket, "judged_clicks", QualityFigures::events);
    gauge(group, bucket, "hit_rate_20", QualityFigures::hitRate20);
    gauge(group, bucket, "mrr_20", QualityFigures::reciprocalRank20);
    gauge(
        group,
        bucket,
        "catalogue_coverage",
        figures -> figures.coverage() == null ? Double.NaN : figures.coverage());
    for (ListLevel level : ListLevel.values()) {
      gauge(
          group,
          bucket,
          "share_" + level.wireName(),
          figures -> figures.byLevel().getOrDefault(level, 0.));
    }
    gauge(group, bucket, "total_hit_rate_20", total(Interval::mean));
    gauge(group, bucket, "total_hit_rate_20_low", total(Interval::low));
    gauge(group, bucket, "total_hit_rate_20_high", total(Interval::high));
  }

  private static ToDoubleFunction<QualityFigures> total(ToDoubleFunction<Interval> end) {
    return figures -> {
      Interval rate = figures.total().hitRate20();
      return rate == null ? Double.NaN : end.applyAsDouble(rate);
    };
  }

  private void gauge(
      MetricGroup group, String bucket, String name, ToDoubleFunction<QualityFigures> figure) {
    group.gauge(name, () -> value(bucket, figure));
  }

  private double value(String bucket, ToDoubleFunction<QualityFigures> figure) {
    QualityFigures figures = newest.get(bucket);
    return figures == null ? Double.NaN : figure.applyAsDouble(figures);
  }

  void show(QualityFigures figures) {
    newest.put(figures.bucket(), figures);
  }
}
