package io.millrace.features.decision;

import com.fasterxml.jackson.core.JsonParser;
import io.millrace.features.decision.QualityFigures.SampleRatioCheck;
import io.millrace.features.decision.QualityFigures.Totals;
import java.io.IOException;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;

/** The fields of quality figures while they are read. */
final class QualityParser extends ObjectParser {
  private Long minute;
  private Long events;
  private Double hitRate;
  private Double reciprocalRank;
  private Double coverage;
  private final Map<ReasonType, Double> byReason = new EnumMap<>(ReasonType.class);
  private final Map<ReasonType, Double> hitsByReason = new EnumMap<>(ReasonType.class);
  private final Map<ListLevel, Double> byLevel = new EnumMap<>(ListLevel.class);
  private Totals total;
  private SampleRatioCheck sampleRatio;

  QualityParser(JsonParser json) {
    super(json);
  }

  @Override
  void readField() throws IOException {
    switch (json.currentName()) {
      case "minute" -> minute = integer();
      case "events" -> events = integer();
      case "hit_rate_20" -> hitRate = number();
      case "mrr_20" -> reciprocalRank = number();
      case "coverage" -> coverage = number();
      case "by_reason" -> readShares(byReason, QualityParser::reason);
      case "hits_by_reason" -> readShares(hitsByReason, QualityParser::reason);
      case "by_level" -> readShares(byLevel, ListLevel::ofWireName);
      case "total" -> total = total();
      case "sample_ratio" -> sampleRatio = sampleRatio();
      default -> json.skipChildren();
    }
  }

  QualityFigures figures(String bucket) throws IOException {
    Version.check(version);
    return new QualityFigures(
        bucket,
        require("minute", minute),
        require("events", events),
        require("hit_rate_20", hitRate),
        require("mrr_20", reciprocalRank),
        coverage,
        byReason,
        hitsByReason,
        byLevel,
        require("total", total),
        sampleRatio);
  }

  private static ReasonType reason(String name) {
    ReasonType type = ReasonType.ofWireName(name);
    return type == ReasonType.OTHER ? null : type;
  }

  /** Passes over those whose name means nothing to this version of the library. */
  private <K> void readShares(Map<K, Double> shares, Function<String, K> named) throws IOException {
    enterObject(json.currentName());
    while (nextField()) {
      K key = named.apply(json.currentName());
      if (key == null) {
        json.skipChildren();
      } else {
        shares.put(key, number());
      }
    }
  }

  private Totals total() throws IOException {
    Map<String, Double> rates = new LinkedHashMap<>();
    Long since = null;
    Long visitors = null;
    Long judged = null;
    enterObject("total");
    while (nextField()) {
      switch (json.currentName()) {
        case "since" -> since = integer();
        case "visitors" -> visitors = integer();
        case "events" -> judged = integer();
        case "hit_rate_20", "hit_rate_20_low", "hit_rate_20_high" -> {
          rates.put(json.currentName(), number());
        }
        case "mrr_20", "mrr_20_low", "mrr_20_high" -> rates.put(json.currentName(), number());
        default -> json.skipChildren();
      }
    }
    return new Totals(
        require("total.since", since),
        require("total.visitors", visitors),
        require("total.events", judged),
        interval("hit_rate_20", rates),
        interval("mrr_20", rates));
  }

  private Interval interval(String name, Map<String, Double> rates) throws IOException {
    if (!rates.containsKey(name)) {
      return null;
    }
    return new Interval(
        rates.get(name),
        require(name + "_low", rates.get(name + "_low")),
        require(name + "_high", rates.get(name + "_high")));
  }

  private SampleRatioCheck sampleRatio() throws IOException {
    Map<String, Long> visitors = new LinkedHashMap<>();
    Map<String, Double> expected = new LinkedHashMap<>();
    Double pValue = null;
    boolean mismatch = false;
    enterObject("sample_ratio");
    while (nextField()) {
      switch (json.currentName()) {
        case "visitors" -> {
          enterObject("visitors");
          while (nextField()) {
            visitors.put(json.currentName(), integer());
          }
        }
        case "expected" -> readShares(expected, Function.identity());
        case "p_value" -> pValue = number();
        case "mismatch" -> mismatch = flag();
        default -> json.skipChildren();
      }
    }
    return new SampleRatioCheck(
        visitors, expected, require("sample_ratio.p_value", pValue), mismatch);
  }
}
