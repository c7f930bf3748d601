package io.millrace.jobs.cli;

import static java.util.Locale.ROOT;

import io.millrace.features.decision.Interval;
import io.millrace.features.decision.QualityFigures;
import io.millrace.features.decision.RedisKeys;
import io.millrace.serving.DecisionReader;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/** How good lists are, in lines to read: minute by minute since the start, and bucket by bucket. */
final class QualityLines {
  /** Minutes that are drawn. */
  private static final int MINUTES = 20;

  private static final String BARS = "▁▂▃▄▅▆▇█";
  private static final DateTimeFormatter CLOCK =
      DateTimeFormatter.ofPattern("HH:mm", ROOT).withZone(ZoneId.systemDefault());

  private final DecisionReader decisions;
  private final Collection<String> buckets;

  /** Share of next clicks that were foreseen, by the start of the minute. */
  private final NavigableMap<Long, Double> hitRates = new TreeMap<>();

  /**
   * @param buckets that visitors are split into
   */
  QualityLines(DecisionReader decisions, Collection<String> buckets) {
    this.decisions = decisions;
    this.buckets = buckets;
  }

  /** Looks at the newest minute, to be drawn; the past that a demo begins with passes quickly. */
  Optional<QualityFigures> look() {
    Optional<QualityFigures> all = decisions.quality(RedisKeys.QUALITY_ALL);
    all.ifPresent(
        minute -> {
          hitRates.put(minute.minute(), minute.hitRate20());
          if (hitRates.size() > MINUTES) {
            hitRates.pollFirstEntry();
          }
        });
    return all;
  }

  /** What is known now; no lines before the first minute has passed. */
  List<String> read() {
    return look().map(this::describe).orElse(List.of());
  }

  private List<String> describe(QualityFigures all) {
    List<String> lines = new ArrayList<>();
    lines.add(
        String.format(
            ROOT,
            "next clicks foreseen in 20 items %s %.0f %% of %,d in the minute %s",
            bars(hitRates.values()),
            100 * all.hitRate20(),
            all.events(),
            CLOCK.format(Instant.ofEpochMilli(all.minute()))));
    List<String> each = new ArrayList<>();
    for (String bucket : buckets) {
      decisions
          .quality(bucket)
          .map(figures -> figures.total().hitRate20())
          .ifPresent(rate -> each.add(bucket + " " + percent(rate)));
    }
    if (!each.isEmpty()) {
      lines.add("so far: " + String.join(", ", each));
    }
    return lines;
  }

  private static String percent(Interval rate) {
    return String.format(
        ROOT, "%.1f %% (%.1f to %.1f)", 100 * rate.mean(), 100 * rate.low(), 100 * rate.high());
  }

  /** One bar a value, from none to the highest. */
  static String bars(Collection<Double> values) {
    double highest = values.stream().mapToDouble(Double::doubleValue).max().orElse(0);
    StringBuilder bars = new StringBuilder();
    for (double value : values) {
      int height = highest == 0 ? 0 : (int) Math.round(value / highest * (BARS.length() - 1));
      bars.append(BARS.charAt(height));
    }
    return bars.toString();
  }
}
