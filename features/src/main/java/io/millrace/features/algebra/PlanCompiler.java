package io.millrace.features.algebra;

import io.millrace.features.algebra.Column.Storage;
import io.millrace.features.algebra.Measure.Kind;
import io.millrace.features.algebra.Plan.Calculation;
import io.millrace.features.algebra.Plan.Decay;
import io.millrace.features.algebra.Plan.PairNeeds;
import io.millrace.features.algebra.Plan.SpanUse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** Works out a {@link Plan}: what features have in common appears in it once. */
final class PlanCompiler {
  private final Schema schema;
  private final List<Feature> features;
  private final Map<String, Integer> byName = new HashMap<>();

  private final List<Column> columns = new ArrayList<>();
  private final List<Predicate<Row>> filters = new ArrayList<>();
  private final List<String> filterDefinitions = new ArrayList<>();
  private final Map<Pair, PairNeeds> pairs = new LinkedHashMap<>();
  private final List<SpanUse> spans = new ArrayList<>();
  private final List<Measure> tailMeasures = new ArrayList<>();
  private final List<Measure> everMeasures = new ArrayList<>();
  private final List<Decay> decays = new ArrayList<>();
  private long reach;

  PlanCompiler(Schema schema, List<Feature> features) {
    this.schema = schema;
    this.features = features;
    features.forEach(feature -> byName.put(feature.name(), byName.size()));
  }

  Plan compile() {
    List<Calculation> calculations = features.stream().map(this::calculation).toList();
    return new Plan(
        List.copyOf(columns),
        List.copyOf(filters),
        List.copyOf(filterDefinitions),
        List.copyOf(pairs.values()),
        List.copyOf(spans),
        List.copyOf(tailMeasures),
        List.copyOf(everMeasures),
        List.copyOf(decays),
        calculations,
        reach);
  }

  private Calculation calculation(Feature feature) {
    if (feature.aggregate() == Aggregate.RATIO) {
      return new Calculation(
          feature,
          -1,
          -1,
          -1,
          -1,
          -1,
          1,
          byName.get(feature.field()),
          byName.get(feature.divisor()));
    }
    Pair pair = new Pair(column(feature), filter(feature.filter()));
    if (feature.aggregate().isOfRetainedOnly()) {
      return ofRetained(feature, pair);
    }
    long unit = pair.column() < 0 ? 1 : columns.get(pair.column()).unit();
    int span = place(spans, new SpanUse(feature.span(), feature.current()));
    if (feature.span() instanceof Span.HalfLife decayed) {
      int decay = decay(pair, decayed.halfLife().toMillis());
      return new Calculation(feature, -1, -1, span, -1, decay, unit, -1, -1);
    }
    if (feature.span() instanceof Span.Sliding sliding) {
      reachBack(sliding.window().plus(sliding.delay()));
    }
    need(pair, feature.aggregate());
    int measure = measure(feature, pair);
    return new Calculation(feature, pairPlace(pair), -1, span, measure, -1, unit, -1, -1);
  }

  private Calculation ofRetained(Feature feature, Pair pair) {
    Span span = feature.span();
    if (span instanceof Span.HalfLife decayed) {
      span = new Span.Sliding(decayed.reach(), Duration.ZERO);
    }
    if (span instanceof Span.Sliding sliding) {
      reachBack(sliding.window().plus(sliding.delay()));
    } else {
      reachBack(feature.gap());
    }
    need(pair, feature.aggregate());
    int weight = feature.weight() == null ? -1 : column(feature.weight(), Storage.NUMBER);
    long unit = weight < 0 ? 1 : columns.get(weight).unit();
    int use = place(spans, new SpanUse(span, feature.current()));
    return new Calculation(feature, pairPlace(pair), weight, use, -1, -1, unit, -1, -1);
  }

  private void reachBack(Duration duration) {
    reach = Math.max(reach, duration.toMillis());
  }

  private int pairPlace(Pair pair) {
    return new ArrayList<>(pairs.keySet()).indexOf(pair);
  }

  private int column(Feature feature) {
    if (!feature.aggregate().needsField()) {
      return -1;
    }
    Storage storage = Storage.NUMBER;
    if (schema.field(feature.field()).type() == Field.Type.TEXT) {
      boolean names = feature.aggregate() == Aggregate.LAST || feature.aggregate() == Aggregate.TOP;
      storage = names ? Storage.TEXT : Storage.HASH;
    }
    return column(feature.field(), storage);
  }

  private int column(String field, Storage storage) {
    int place = schema.indexOf(field);
    return place(columns, Column.of(schema.fields().get(place), place, storage));
  }

  private int filter(Filter filter) {
    if (filter == null) {
      return -1;
    }
    int place = place(filterDefinitions, definition(filter));
    if (place == filters.size()) {
      filters.add(filter.over(schema));
    }
    return place;
  }

  /** The filter in words, and what its fields are: one with other decimals is another. */
  private String definition(Filter filter) {
    StringBuilder definition = new StringBuilder("filter ").append(filter.words());
    filter
        .operands()
        .map(operand -> schema.field(operand.field()))
        .forEach(
            of -> definition.append(" %s %s %d".formatted(of.name(), of.type(), of.decimals())));
    return definition.toString();
  }

  private void need(Pair pair, Aggregate aggregate) {
    PairNeeds before = pairs.getOrDefault(pair, new PairNeeds(pair, false, false, false, false));
    boolean deviates = aggregate == Aggregate.STDDEV;
    boolean sums = deviates || aggregate == Aggregate.SUM || aggregate == Aggregate.MEAN;
    boolean distinct = aggregate == Aggregate.DISTINCT || aggregate == Aggregate.SESSIONS;
    boolean extremes = aggregate == Aggregate.MIN || aggregate == Aggregate.MAX;
    pairs.put(
        pair,
        new PairNeeds(
            pair,
            before.sums() || sums,
            before.squares() || deviates,
            before.extremes() || extremes,
            before.distinct() || distinct));
  }

  private int measure(Feature feature, Pair pair) {
    boolean ever = feature.span() instanceof Span.Ever;
    Kind kind = kind(feature.aggregate());
    String definition =
        "%s %s of %s where %s"
            .formatted(
                ever ? "ever" : "tail",
                kind,
                pair.column() < 0 ? "rows" : columns.get(pair.column()).definition(),
                pair.filter() < 0 ? "all" : filterDefinitions.get(pair.filter()));
    return place(ever ? everMeasures : tailMeasures, new Measure(kind, pair, definition));
  }

  private static Kind kind(Aggregate aggregate) {
    return switch (aggregate) {
      case COUNT -> Kind.COUNT;
      case SUM, MEAN -> Kind.SUM;
      case STDDEV -> Kind.SQUARES;
      case MIN, MAX -> Kind.EXTREMES;
      case DISTINCT -> Kind.DISTINCT;
      case LAST, LAST_TIME, TIME_SINCE -> Kind.NEWEST;
      case RATIO, TOP, SESSIONS, SESSION_EVENTS ->
          throw new IllegalArgumentException("nothing is kept of rows that left: " + aggregate);
    };
  }

  private int decay(Pair pair, long halfLife) {
    String definition =
        "decay of %s where %s every %d"
            .formatted(
                pair.column() < 0 ? "rows" : columns.get(pair.column()).definition(),
                pair.filter() < 0 ? "all" : filterDefinitions.get(pair.filter()),
                halfLife);
    return place(decays, new Decay(pair, halfLife, definition));
  }

  private static <T> int place(List<T> list, T element) {
    int place = list.indexOf(element);
    if (place < 0) {
      list.add(element);
      return list.size() - 1;
    }
    return place;
  }
}
