package io.millrace.features.algebra;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;

/** Every feature from the whole log, by definition. */
final class NaiveFeatures {
  private static final MathContext DIGITS = new MathContext(50);
  private static final Comparator<LogEvent> ORDER =
      Comparator.comparingLong(LogEvent::time).thenComparingLong(LogEvent::tie);

  private final List<Feature> features;
  private final List<LogEvent> log;

  NaiveFeatures(FeatureSet set, Collection<LogEvent> events) {
    features = set.features();
    log = new ArrayList<>(new HashSet<>(events));
    log.sort(ORDER);
  }

  /** A Double, a String, or null where it is absent. */
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
            .filter(event -> feature.field() == null || event.fields().get(feature.field()) != null)
            .toList();
    if (feature.span() instanceof Span.HalfLife decay) {
      return events.isEmpty() && feature.aggregate() == Aggregate.SUM
          ? null
          : (Object) decayed(feature, events, decay.halfLife().toMillis(), time, false);
    }
    return aggregate(feature, events, time);
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
    for (LogEvent event : events) {
      double value = number(event, feature.field()).doubleValue();
      double weight = Math.pow(2, -(double) (time - event.time()) / halfLife);
      sum += (positive ? Math.abs(value) : value) * weight;
    }
    return sum;
  }

  private static Object aggregate(Feature feature, List<LogEvent> events, long time) {
    if (feature.aggregate() == Aggregate.COUNT) {
      return (double) events.size();
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
