package io.millrace.features.algebra;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.IntStream;

/** Random schemas, feature sets and logs. */
final class RandomAlgebra {
  static final long TIME = 1_748_736_000_000L;
  private static final long[] SPANS_MS = {600_000, 7_200_000, 86_400_000, 20L * 86_400_000};

  private final Random random;

  /** The longest time that a window reaches back and the log goes over. */
  final long scale;

  RandomAlgebra(Random random) {
    this.random = random;
    scale = SPANS_MS[random.nextInt(SPANS_MS.length)];
  }

  Schema schema() {
    List<Field> fields = new ArrayList<>();
    for (int i = 0; i <= random.nextInt(3); i++) {
      fields.add(Field.number("n" + i, random.nextInt(7)));
      fields.add(Field.text("t" + i));
      fields.add(Field.flag("f" + i));
    }
    return Schema.of("events", fields.toArray(new Field[0]));
  }

  FeatureSet set(Schema schema) {
    return set(schema, 1 + random.nextInt(30), "");
  }

  FeatureSet set(Schema schema, int size, String prefix) {
    List<Feature> features = new ArrayList<>();
    for (int i = 0; i < size; i++) {
      features.add(feature(schema, prefix + "x" + i));
    }
    List<Feature> parts =
        features.stream()
            .filter(of -> of.aggregate() != Aggregate.LAST && of.aggregate() != Aggregate.TOP)
            .toList();
    for (int i = 0; i < parts.size() && i < 4; i++) {
      Feature other = parts.get(random.nextInt(parts.size()));
      Feature ratio = Feature.ratio(prefix + "r" + i, parts.get(i).name(), other.name());
      features.add(random.nextInt(features.size()), random.nextBoolean() ? ratio : ratio.orElse(7));
    }
    return FeatureSet.of("entity", schema, features);
  }

  private Feature feature(Schema schema, String name) {
    List<Aggregate> all = new ArrayList<>(List.of(Aggregate.values()));
    all.remove(Aggregate.RATIO);
    Aggregate aggregate = all.get(random.nextInt(all.size()));
    List<String> fitting =
        schema.fields().stream()
            .filter(field -> aggregate.takes(field.type()))
            .map(Field::name)
            .toList();
    String field = fitting.isEmpty() ? null : fitting.get(random.nextInt(fitting.size()));
    Filter filter = random.nextInt(3) == 0 ? null : filter(schema, 2);
    boolean top = aggregate == Aggregate.TOP;
    return new Feature(
        name,
        "",
        aggregate,
        field,
        null,
        filter,
        span(aggregate),
        random.nextInt(3) > 0,
        null,
        top && random.nextBoolean() ? "n0" : null,
        top ? 1 + random.nextInt(7) : 0,
        Duration.ofMillis(1_000 + next(Math.min(scale / 8, 80_000_000))));
  }

  private Span span(Aggregate aggregate) {
    if (aggregate == Aggregate.SESSION_EVENTS) {
      return Span.EVER;
    }
    boolean decays =
        aggregate == Aggregate.COUNT || aggregate == Aggregate.SUM || aggregate == Aggregate.TOP;
    if (decays && random.nextInt(3) == 0) {
      return new Span.HalfLife(Duration.ofMillis(60_000 + next(scale)));
    }
    if (!aggregate.isOfRetainedOnly() && random.nextInt(5) == 0) {
      return Span.EVER;
    }
    long delay = random.nextInt(3) == 0 ? next(scale) : 0;
    long window = 60_000 + next(scale);
    return new Span.Sliding(Duration.ofMillis(window), Duration.ofMillis(delay));
  }

  private long next(long bound) {
    return (long) (random.nextDouble() * bound);
  }

  private Filter filter(Schema schema, int depth) {
    int kind = random.nextInt(depth > 0 ? 9 : 6);
    Field field = schema.fields().get(random.nextInt(schema.fields().size()));
    if (kind < 5) {
      return switch (field.type()) {
        case TEXT ->
            random.nextBoolean()
                ? Filter.is(field.name(), text())
                : Filter.isOneOf(field.name(), text(), text());
        case FLAG -> Filter.is(field.name(), random.nextBoolean());
        case NUMBER -> comparison(field);
      };
    }
    return switch (kind) {
      case 5 -> Filter.present(field.name());
      case 6 -> Filter.and(filter(schema, depth - 1), filter(schema, depth - 1));
      case 7 -> Filter.or(filter(schema, depth - 1), filter(schema, depth - 1));
      default -> Filter.not(filter(schema, depth - 1));
    };
  }

  private Filter comparison(Field field) {
    int number = random.nextInt(5);
    return switch (random.nextInt(5)) {
      case 0 -> Filter.is(field.name(), number);
      case 1 -> Filter.above(field.name(), number);
      case 2 -> Filter.atLeast(field.name(), number);
      case 3 -> Filter.below(field.name(), number);
      default -> Filter.atMost(field.name(), number);
    };
  }

  private String text() {
    return "text-" + random.nextInt(6);
  }

  /** Distinct events, in their order. */
  List<LogEvent> log(Schema schema, int size) {
    long span = scale * (1 + random.nextInt(4));
    long step = random.nextBoolean() ? 1 : 1_000;
    Map<String, LogEvent> log = new HashMap<>();
    for (int i = 0; i < size; i++) {
      long time = TIME + next(span) / step * step;
      if (random.nextInt(4) == 0) {
        time = TIME + random.nextInt(4) * (span / 4);
      }
      LogEvent event = new LogEvent(time, random.nextInt(9) - 4, fields(schema));
      log.put(event.time() + "/" + event.tie(), event);
    }
    return log.values().stream().sorted((a, b) -> a.isBefore(b.time(), b.tie()) ? -1 : 1).toList();
  }

  private Map<String, Object> fields(Schema schema) {
    Map<String, Object> fields = new TreeMap<>();
    for (Field field : schema.fields()) {
      if (random.nextInt(4) > 0) {
        fields.put(field.name(), value(field));
      }
    }
    return fields;
  }

  private Object value(Field field) {
    return switch (field.type()) {
      case TEXT -> text();
      case FLAG -> random.nextBoolean();
      case NUMBER -> {
        long magnitude = random.nextInt(3) == 0 ? 1_000_000_000L : 10 * field.unit();
        yield BigDecimal.valueOf(next(magnitude) - magnitude / 4, field.decimals());
      }
    };
  }

  static IntStream seeds(int count) {
    return IntStream.range(0, count);
  }
}
