package io.millrace.features.quality;

import io.millrace.features.decision.Interval;
import io.millrace.features.decision.ListLevel;
import io.millrace.features.decision.QualityFigures;
import io.millrace.features.decision.QualityFigures.SampleRatioCheck;
import io.millrace.features.decision.QualityFigures.Totals;
import io.millrace.features.decision.RedisKeys;
import io.millrace.features.session.Hashes;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import org.apache.commons.statistics.distribution.TDistribution;

/** All figures of a list of events by loops over it, distinct items counted exactly. */
record NaiveQuality(Map<String, Double> shares, List<QualityEvent> events) {
  private static final long MINUTE = 60_000;

  List<QualityFigures> figures() {
    List<QualityFigures> figures = new ArrayList<>();
    Set<Long> minutes = new TreeSet<>();
    events.forEach(event -> minutes.add(event.time() / MINUTE * MINUTE));
    double pValue = 1;
    for (long minute : minutes) {
      Map<String, Long> visitors = new LinkedHashMap<>();
      shares.keySet().forEach(bucket -> visitors.put(bucket, visitors(until(minute, bucket))));
      pValue = Math.min(pValue, pValue(visitors));
      List<String> names = new ArrayList<>(shares.keySet());
      names.add(RedisKeys.QUALITY_ALL);
      for (String bucket : names) {
        List<QualityEvent> judged = new ArrayList<>(judged(until(minute, bucket)));
        long since = minutes.iterator().next();
        Totals totals =
            new Totals(
                since,
                visitors(until(minute, bucket)),
                judged.size(),
                interval(judged, NaiveQuality::hit),
                interval(judged, NaiveQuality::reciprocal));
        judged.removeIf(event -> event.time() < minute);
        if (!judged.isEmpty()) {
          boolean all = bucket.equals(RedisKeys.QUALITY_ALL);
          boolean check = all && shares.size() > 1;
          figures.add(
              of(
                  bucket,
                  minute,
                  judged,
                  totals,
                  check ? new SampleRatioCheck(visitors, shares, pValue, pValue < .001) : null));
        }
      }
    }
    return figures;
  }

  private static QualityFigures of(
      String bucket,
      long minute,
      List<QualityEvent> judged,
      Totals totals,
      SampleRatioCheck check) {
    List<ListLevel> places = new ArrayList<>();
    List<ListLevel> hits = new ArrayList<>();
    Set<Long> items = new HashSet<>();
    int onSale = 0;
    double hit = 0;
    double reciprocal = 0;
    for (QualityEvent event : judged) {
      onSale = Math.max(onSale, event.itemsOnSale());
      hit += hit(event);
      reciprocal += reciprocal(event);
      for (int rank = 1; rank <= event.list().size(); rank++) {
        places.add(event.list().level(rank));
        items.add(event.list().item(rank));
      }
      if (event.rank() > 0) {
        hits.add(event.list().level(event.rank()));
      }
    }
    return new QualityFigures(
        bucket,
        minute,
        judged.size(),
        hit / judged.size(),
        reciprocal / judged.size(),
        onSale == 0 ? null : (Double) Math.min(1, items.size() / (double) onSale),
        shares(places, ListLevel::reason),
        shares(hits, ListLevel::reason),
        shares(places, Function.identity()),
        totals,
        check);
  }

  private List<QualityEvent> until(long minute, String bucket) {
    return events.stream()
        .filter(event -> event.time() < minute + MINUTE)
        .filter(event -> bucket.equals("_all") || bucket.equals(event.bucket()))
        .toList();
  }

  private static long visitors(List<QualityEvent> events) {
    return events.stream().filter(event -> event.list() == null).count();
  }

  private static List<QualityEvent> judged(List<QualityEvent> events) {
    return events.stream().filter(event -> event.list() != null).toList();
  }

  private static double hit(QualityEvent event) {
    return event.rank() > 0 ? 1 : 0;
  }

  private static double reciprocal(QualityEvent event) {
    return event.rank() > 0 ? 1.0 / event.rank() : 0;
  }

  private static <K> Map<K, Double> shares(List<ListLevel> levels, Function<ListLevel, K> by) {
    Map<K, Double> shares = new LinkedHashMap<>();
    levels.forEach(level -> shares.merge(by.apply(level), 1.0, Double::sum));
    shares.replaceAll((key, count) -> count / levels.size());
    return shares;
  }

  /** Leaves out the clicks of one group of visitors after the other. */
  private static Interval interval(List<QualityEvent> judged, ToDoubleFunction<QualityEvent> of) {
    Set<Long> groups = new TreeSet<>();
    judged.forEach(event -> groups.add(group(event)));
    if (groups.size() < 2) {
      return null;
    }
    double[] without =
        groups.stream()
            .mapToDouble(
                group ->
                    judged.stream()
                        .filter(event -> group(event) != group)
                        .mapToDouble(of)
                        .average()
                        .orElseThrow())
            .toArray();
    double mean = 0;
    for (double ratio : without) {
      mean += ratio / without.length;
    }
    double variance = 0;
    for (double ratio : without) {
      variance += (ratio - mean) * (ratio - mean) * (without.length - 1) / without.length;
    }
    double t = TDistribution.of(without.length - 1).inverseCumulativeProbability(.975);
    double ratio = judged.stream().mapToDouble(of).average().orElseThrow();
    double half = t * Math.sqrt(variance);
    return new Interval(ratio, Math.max(0, ratio - half), Math.min(1, ratio + half));
  }

  private static long group(QualityEvent event) {
    return Hashes.mix(event.visitor() ^ 0x6A09E667F3BCC908L) & 31;
  }

  private double pValue(Map<String, Long> visitors) {
    return SampleRatio.pValue(
        visitors.values().stream().mapToLong(count -> count).toArray(),
        shares.values().stream().mapToDouble(share -> share).toArray());
  }
}
