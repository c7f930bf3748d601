package io.millrace.features.algebra;

import java.math.BigDecimal;
import java.math.MathContext;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;

/** Every feature from the whole log, by definition. */
final class NaiveFeatures {
  private static final MathContext DIGITS = new MathContext(50);
  private static final Comparator<LogEvent> ORDER =
      Comparator.comparingLong(LogEvent::time).thenComparingLong(LogEvent::tie);

  private final List<Feature> features;
  private final List<LogEvent> log;

  /** The oldest event retained; null where that is the log's first. */
  private LogEvent oldest;

  NaiveFeatures(FeatureSet set, Collection<LogEvent> events) {
    features = set.features();
    log = new ArrayList<>(new HashSet<>(events));
    log.sort(ORDER);
  }

  /** With sessions by a value looking back to what an entity retains. */
  NaiveFeatures retaining(EntityFeatures entity) {
    int start = entity.rows.start();
    oldest = new LogEvent(entity.rows.time(start), entity.rows.tie(start), Map.of());
    return this;
  }

  /** A Double, a String, a list of Weighted, or null where it is absent. */
  Object value(Feature feature, long time, long tie) {
    Object value = plainValue(feature, time, tie);
    return value == null ? feature.orElse() : value;
  }

  private Object plainValue(Feature feature, long time, long tie) {
    if (feature.aggregate() == Aggregate.RATIO) {
      Double dividend = (Double) value(named(feature.field()), time, tie);
      Double divisor = (Double) value(named(feature.divisor()), time, tie);
      return dividend == null || divisor == null || divisor == 0 ? null : dividend / divisor;
    }
    List<LogEvent> events =
        log.stream()
            .filter(event -> isIn(feature, event, time, tie))
            .filter(event -> feature.filter() == null || passes(feature.filter(), event))
            .filter(event -> carriesItsFields(feature, event))
            .toList();
    if (feature.aggregate() == Aggregate.TOP) {
      return top(feature, events, time);
    }
    if (feature.span() instanceof Span.HalfLife decay) {
      return events.isEmpty() && feature.aggregate() == Aggregate.SUM
          ? null
          : (Object) decayed(feature, events, decay.halfLife().toMillis(), time, false);
    }
    return aggregate(feature, events, time);
  }

  private static boolean carriesItsFields(Feature feature, LogEvent event) {
    Aggregate of = feature.aggregate();
    boolean sessions = of == Aggregate.SESSIONS || of == Aggregate.SESSION_EVENTS;
    return (sessions || feature.field() == null || event.fields().containsKey(feature.field()))
        && (feature.weight() == null || event.fields().containsKey(feature.weight()));
  }

  /** What a decayed sum would be if all values were positive: the scale of its error. */
  double scale(Feature feature, long time, long tie) {
    List<LogEvent> events = log.stream().filter(event -> isIn(feature, event, time, tie)).toList();
    long halfLife = ((Span.HalfLife) feature.span()).halfLife().toMillis();
    return decayed(feature, events, halfLife, time, true);
  }

  /** Whether a ratio is of a sum with a half-life. */
  boolean decays(Feature ratio) {
    return named(ratio.field()).span() instanceof Span.HalfLife
        || named(ratio.divisor()).span() instanceof Span.HalfLife;
  }

  private Feature named(String name) {
    return features.stream().filter(of -> of.name().equals(name)).findFirst().orElseThrow();
  }

  private static boolean isIn(Feature feature, LogEvent event, long time, long tie) {
    boolean current = event.time() == time && event.tie() == tie;
    if (current && !feature.current() || !current && !event.isBefore(time, tie)) {
      return false;
    }
    if (feature.span() instanceof Span.Sliding sliding) {
      long age = time - event.time();
      return age >= sliding.delay().toMillis()
          && age < sliding.delay().plus(sliding.window()).toMillis();
    }
    if (feature.aggregate() == Aggregate.TOP) {
      long halfLife = ((Span.HalfLife) feature.span()).halfLife().toMillis();
      return time - event.time() < Math.min(8 * halfLife, Duration.ofDays(30).toMillis());
    }
    return true;
  }

  static boolean passes(Filter filter, LogEvent event) {
    if (filter instanceof Filter.IsOneOf of) {
      Object text = event.fields().get(of.field());
      return text != null && of.texts().contains(text);
    } else if (filter instanceof Filter.Flagged flagged) {
      return Boolean.valueOf(flagged.value()).equals(event.fields().get(flagged.field()));
    } else if (filter instanceof Filter.Present present) {
      return event.fields().containsKey(present.field());
    } else if (filter instanceof Filter.All all) {
      return all.parts().stream().allMatch(part -> passes(part, event));
    } else if (filter instanceof Filter.Any any) {
      return any.parts().stream().anyMatch(part -> passes(part, event));
    } else if (filter instanceof Filter.Not not) {
      return !passes(not.part(), event);
    }
    Filter.Comparison comparison = (Filter.Comparison) filter;
    BigDecimal value = (BigDecimal) event.fields().get(comparison.field());
    if (value == null) {
      return false;
    }
    int sign = value.compareTo(comparison.number());
    return switch (comparison.operator()) {
      case EQUAL -> sign == 0;
      case ABOVE -> sign > 0;
      case AT_LEAST -> sign >= 0;
      case BELOW -> sign < 0;
      case AT_MOST -> sign <= 0;
    };
  }

  private static BigDecimal number(LogEvent event, String field) {
    if (field == null) {
      return BigDecimal.ONE;
    }
    Object value = event.fields().get(field);
    if (value == null) {
      return BigDecimal.ZERO;
    }
    return value instanceof Boolean flag
        ? flag ? BigDecimal.ONE : BigDecimal.ZERO
        : (BigDecimal) value;
  }

  private static double decayed(
      Feature feature, List<LogEvent> events, long halfLife, long time, boolean positive) {
    double sum = 0;
    String field = feature.aggregate() == Aggregate.TOP ? feature.weight() : feature.field();
    for (LogEvent event : events) {
      double value = number(event, field).doubleValue();
      double weight = Math.pow(2, -(double) (time - event.time()) / halfLife);
      sum += (positive ? Math.abs(value) : value) * weight;
    }
    return sum;
  }

  private static Object top(Feature feature, List<LogEvent> events, long time) {
    Map<Object, BigDecimal> weights = new HashMap<>();
    for (LogEvent event : events) {
      BigDecimal weight = number(event, feature.weight());
      if (feature.span() instanceof Span.HalfLife decay) {
        double age = (double) (time - event.time()) / decay.halfLife().toMillis();
        weight = weight.multiply(new BigDecimal(Math.pow(2, -age)));
      }
      weights.merge(event.fields().get(feature.field()), weight, BigDecimal::add);
    }
    List<Weighted> top =
        weights.entrySet().stream()
            .filter(of -> of.getValue().signum() > 0)
            .map(of -> new Weighted((String) of.getKey(), of.getValue().doubleValue()))
            .sorted(
                Comparator.comparingDouble((Weighted of) -> -of.weight())
                    .thenComparing(Weighted::value))
            .limit(feature.most())
            .toList();
    return top.isEmpty() ? null : top;
  }

  /** The sessions of events, each in the order of time. */
  private static Collection<List<LogEvent>> sessions(Feature feature, List<LogEvent> events) {
    Map<Object, List<LogEvent>> sessions = new HashMap<>();
    int run = 0;
    LogEvent before = null;
    for (LogEvent event : events) {
      Object session = event.fields().get(feature.field());
      if (session == null) {
        boolean paused = before != null && event.time() - before.time() > feature.gap().toMillis();
        run += paused ? 1 : 0;
        before = event;
        session = run;
      }
      sessions.computeIfAbsent(session, s -> new ArrayList<>()).add(event);
    }
    return sessions.values();
  }

  private Object newestSession(Feature feature, List<LogEvent> events) {
    if (events.isEmpty()) {
      return null;
    }
    LogEvent newest = events.get(events.size() - 1);
    List<LogEvent> session =
        sessions(feature, events).stream()
            .filter(of -> of.contains(newest))
            .findFirst()
            .orElseThrow();
    boolean named = newest.fields().containsKey(feature.field());
    return (double)
        session.stream()
            .filter(of -> !named || oldest == null || !of.isBefore(oldest.time(), oldest.tie()))
            .count();
  }

  private Object aggregate(Feature feature, List<LogEvent> events, long time) {
    if (feature.aggregate() == Aggregate.COUNT) {
      return (double) events.size();
    } else if (feature.aggregate() == Aggregate.SESSIONS) {
      return (double) sessions(feature, events).size();
    } else if (feature.aggregate() == Aggregate.SESSION_EVENTS) {
      return newestSession(feature, events);
    }
    if (events.isEmpty()) {
      return null;
    }
    LogEvent newest = events.get(events.size() - 1);
    String field = feature.field();
    List<BigDecimal> numbers =
        isText(newest, field) || field == null
            ? List.of()
            : events.stream().map(event -> number(event, field)).toList();
    return switch (feature.aggregate()) {
      case SUM -> sum(numbers).doubleValue();
      case MEAN -> mean(numbers).doubleValue();
      case MIN -> numbers.stream().min(Comparator.naturalOrder()).orElseThrow().doubleValue();
      case MAX -> numbers.stream().max(Comparator.naturalOrder()).orElseThrow().doubleValue();
      case STDDEV -> deviation(numbers);
      case DISTINCT ->
          (double) events.stream().map(event -> event.fields().get(field)).distinct().count();
      case LAST ->
          isText(newest, field)
              ? newest.fields().get(field)
              : (Object) number(newest, field).doubleValue();
      case LAST_TIME -> (double) newest.time();
      case TIME_SINCE -> (double) (time - newest.time());
      default -> throw new IllegalArgumentException(feature.name());
    };
  }

  private static boolean isText(LogEvent event, String field) {
    return field != null && event.fields().get(field) instanceof String;
  }

  private static BigDecimal sum(List<BigDecimal> numbers) {
    return numbers.stream().reduce(BigDecimal.ZERO, BigDecimal::add);
  }

  private static BigDecimal mean(List<BigDecimal> numbers) {
    return sum(numbers).divide(BigDecimal.valueOf(numbers.size()), DIGITS);
  }

  private static double deviation(List<BigDecimal> numbers) {
    BigDecimal mean = mean(numbers);
    BigDecimal squares = BigDecimal.ZERO;
    for (BigDecimal number : numbers) {
      squares = squares.add(number.subtract(mean).pow(2));
    }
    return squares.divide(BigDecimal.valueOf(numbers.size()), DIGITS).sqrt(DIGITS).doubleValue();
  }
}
