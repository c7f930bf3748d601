package io.millrace.features.algebra;

import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What may be wrong with the features of a set; each refusal names the feature and the remedy. */
final class FeatureChecks {
  private final String set;
  private final Schema schema;
  private final List<Feature> features;
  private final Map<String, Feature> byName = new HashMap<>();

  FeatureChecks(String set, Schema schema, List<Feature> features) {
    this.set = set;
    this.schema = schema;
    this.features = features;
  }

  void check() {
    if (features.isEmpty() || features.size() > FeatureSet.MAX_FEATURES) {
      throw new IllegalArgumentException(
          "feature set %s: %d features; declare 1 to %d, or split the set"
              .formatted(set, features.size(), FeatureSet.MAX_FEATURES));
    }
    for (Feature feature : features) {
      Names.check("feature", feature.name());
      if (byName.put(feature.name(), feature) != null) {
        throw refused(feature, "there are two of that name; rename one");
      }
    }
    features.forEach(this::check);
    checkFilters();
  }

  private void check(Feature feature) {
    if (feature.aggregate() == Aggregate.RATIO) {
      checkRatio(feature);
    } else {
      checkField(feature);
      checkSpan(feature);
      checkMost(feature);
      checkGap(feature);
    }
    checkWeight(feature);
    checkFilter(feature);
    checkOrElse(feature);
  }

  private void checkRatio(Feature ratio) {
    checkPart(ratio, ratio.field());
    checkPart(ratio, ratio.divisor());
    if (ratio.filter() != null || ratio.span() != Span.EVER || !ratio.current()) {
      throw refused(
          ratio, "a ratio has no filter or span of its own; declare them for its two features");
    }
  }

  private void checkPart(Feature ratio, String name) {
    Feature part = byName.get(name);
    if (part == null) {
      throw refused(
          ratio,
          "there is no feature %s to divide; %s"
              .formatted(name, Names.nearest(name, byName.keySet())));
    }
    if (part.aggregate() == Aggregate.RATIO) {
      throw refused(ratio, "%s is a ratio itself; divide features that are none".formatted(name));
    }
    if (isText(part) || part.aggregate() == Aggregate.TOP) {
      throw refused(
          ratio,
          "%s is a %s; divide numbers".formatted(name, isText(part) ? "text" : "list of texts"));
    }
  }

  private boolean isText(Feature feature) {
    Field field = feature.field() == null ? null : schema.field(feature.field());
    return feature.aggregate() == Aggregate.LAST
        && field != null
        && field.type() == Field.Type.TEXT;
  }

  private void checkField(Feature feature) {
    Aggregate aggregate = feature.aggregate();
    if (!aggregate.needsField()) {
      if (feature.field() != null) {
        throw refused(
            feature, "%s takes no field; say where(...)".formatted(aggregate.lowerCase()));
      }
      return;
    }
    Field field = feature.field() == null ? null : schema.field(feature.field());
    if (field == null) {
      throw refused(feature, schema.unknown(String.valueOf(feature.field())));
    }
    if (!aggregate.takes(field.type())) {
      throw refused(
          feature,
          "%s of field %s, which is a %s; it takes a %s"
              .formatted(
                  aggregate.lowerCase(), field.name(), field.type(), aggregate.takenTypes()));
    }
  }

  private void checkSpan(Feature feature) {
    checkKind(feature);
    if (feature.span() instanceof Span.Sliding sliding) {
      checkBetween(feature, "window", sliding.window(), Span.SHORTEST, Span.LONGEST);
      checkBetween(feature, "delay", sliding.delay(), Duration.ZERO, Span.LONGEST);
    } else if (feature.span() instanceof Span.HalfLife decay) {
      checkBetween(feature, "half-life", decay.halfLife(), Span.SHORTEST, Span.LONGEST_HALF_LIFE);
    }
  }

  /** What kinds of spans there are for an aggregate. */
  private static void checkKind(Feature feature) {
    Aggregate aggregate = feature.aggregate();
    boolean decays =
        aggregate == Aggregate.COUNT || aggregate == Aggregate.SUM || aggregate == Aggregate.TOP;
    if (aggregate == Aggregate.SESSION_EVENTS && feature.span() != Span.EVER) {
      throw refused(feature, "it looks back over the events that are retained; leave its span out");
    }
    if (aggregate == Aggregate.TOP && feature.span() == Span.EVER) {
      throw refused(
          feature,
          "top looks at the events that are retained, not at all ever;"
              + " say over(...) or halvingEvery(...)");
    }
    if (aggregate == Aggregate.SESSIONS && !(feature.span() instanceof Span.Sliding)) {
      throw refused(feature, "sessions are counted in a window; say over(...)");
    }
    if (feature.span() instanceof Span.HalfLife && !decays) {
      throw refused(
          feature,
          "%s has no half-life, only count, sum and top do; say over(...)"
              .formatted(aggregate.lowerCase()));
    }
  }

  private void checkWeight(Feature feature) {
    if (feature.weight() == null) {
      return;
    }
    if (feature.aggregate() != Aggregate.TOP) {
      throw refused(
          feature,
          "%s weighs no events, only top does; leave weighing(...) out"
              .formatted(feature.aggregate().lowerCase()));
    }
    Field weight = schema.field(feature.weight());
    if (weight == null) {
      throw refused(feature, schema.unknown(feature.weight()));
    }
    if (weight.type() != Field.Type.NUMBER) {
      throw refused(
          feature,
          "events weighing field %s, which is a %s; it takes a NUMBER"
              .formatted(weight.name(), weight.type()));
    }
  }

  private static void checkMost(Feature feature) {
    boolean top = feature.aggregate() == Aggregate.TOP;
    if (top && (feature.most() < 1 || feature.most() > Feature.MAX_TOP)) {
      throw refused(
          feature,
          "a top of %d values; it may be 1 to %d".formatted(feature.most(), Feature.MAX_TOP));
    }
  }

  private static void checkGap(Feature feature) {
    Aggregate aggregate = feature.aggregate();
    if (aggregate == Aggregate.SESSIONS || aggregate == Aggregate.SESSION_EVENTS) {
      if (feature.gap() == null) {
        throw refused(feature, "sessions need a gap; say how long a pause ends one");
      }
      checkBetween(feature, "gap", feature.gap(), Feature.SHORTEST_GAP, Feature.LONGEST_GAP);
    }
  }

  private static void checkBetween(
      Feature feature, String what, Duration actual, Duration least, Duration most) {
    if (actual.compareTo(least) < 0 || actual.compareTo(most) > 0) {
      throw refused(
          feature,
          "a %s of %s; it may be %s to %s"
              .formatted(what, Span.words(actual), Span.words(least), Span.words(most)));
    }
  }

  private void checkFilter(Feature feature) {
    if (feature.filter() != null) {
      feature.filter().operands().forEach(operand -> checkOperand(feature, operand));
    }
  }

  private void checkOperand(Feature feature, Filter.Operand operand) {
    Field field = schema.field(operand.field());
    if (field == null) {
      throw refused(feature, "its filter: " + schema.unknown(operand.field()));
    }
    if (operand.type() != null && operand.type() != field.type()) {
      throw refused(
          feature,
          "its filter compares field %s with a %s; it is a %s"
              .formatted(field.name(), operand.type(), field.type()));
    }
    if (operand.number() != null && operand.number().scale() > field.decimals()) {
      throw refused(
          feature,
          "its filter compares field %s with %s; it keeps %d decimals, compare with as many"
              .formatted(field.name(), operand.number().toPlainString(), field.decimals()));
    }
    if (operand.number() != null) {
      try {
        field.scale(operand.number().doubleValue());
      } catch (IllegalArgumentException unfit) {
        throw refused(feature, "its filter: " + unfit.getMessage());
      }
    }
  }

  private void checkOrElse(Feature feature) {
    if (feature.orElse() != null
        && (isText(feature)
            || feature.aggregate() == Aggregate.TOP
            || !Double.isFinite(feature.orElse()))) {
      throw refused(feature, "orElse takes a finite number, of a feature that is a number");
    }
  }

  private void checkFilters() {
    Set<String> filters = new HashSet<>();
    for (Feature feature : features) {
      if (feature.filter() != null
          && filters.add(feature.filter().words())
          && filters.size() > FeatureSet.MAX_FILTERS) {
        throw refused(
            feature,
            "it brings the set to more than %d different filters; split the set or share filters"
                .formatted(FeatureSet.MAX_FILTERS));
      }
    }
  }

  private static IllegalArgumentException refused(Feature feature, String why) {
    return new IllegalArgumentException("feature %s: %s".formatted(feature.name(), why));
  }
}
