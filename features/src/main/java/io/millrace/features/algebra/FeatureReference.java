package io.millrace.features.algebra;

import java.util.Locale;

/** The reference of a feature set, as a table in Markdown made from its declaration. */
public final class FeatureReference {
  private static final String HEAD =
      """
      | feature | what it is | type | description |
      |---|---|---|---|
      """;

  private FeatureReference() {}

  /** The table, a line for each feature. */
  public static String of(FeatureSet set) {
    StringBuilder table = new StringBuilder(HEAD);
    for (Feature feature : set.features()) {
      table.append(
          "| `%s` | %s | %s | %s |\n"
              .formatted(
                  feature.name(),
                  escaped(words(feature)),
                  type(feature, set.schema()),
                  escaped(feature.description())));
    }
    return table.toString();
  }

  private static String escaped(String text) {
    return text.replace("|", "\\|").replace("\n", " ");
  }

  private static String words(Feature feature) {
    boolean ratio = feature.aggregate() == Aggregate.RATIO;
    StringBuilder words = new StringBuilder(made(feature));
    if (feature.filter() != null) {
      words.append(" where ").append(feature.filter().words());
    }
    if (!ratio) {
      words.append(", ").append(span(feature));
      words.append(
          feature.current() ? ", the current event included" : ", without the current event");
    }
    if (feature.orElse() != null) {
      words.append("; ").append(number(feature.orElse())).append(" where there is none");
    }
    return words.toString();
  }

  /** What it makes of the events. */
  private static String made(Feature feature) {
    String field = "`" + feature.field() + "`";
    return switch (feature.aggregate()) {
      case RATIO -> feature.aggregate().words(field, "`" + feature.divisor() + "`");
      case SESSIONS, SESSION_EVENTS -> feature.aggregate().words(field, Span.words(feature.gap()));
      case TOP -> {
        String top = feature.aggregate().words(field, feature.most());
        yield feature.weight() == null ? top : top + " by `" + feature.weight() + "`";
      }
      default -> feature.aggregate().words(field);
    };
  }

  private static String span(Feature feature) {
    String words = feature.span().words();
    if (feature.aggregate() == Aggregate.SESSION_EVENTS) {
      return "of the events retained";
    }
    return feature.aggregate() == Aggregate.TOP && feature.span() instanceof Span.HalfLife decay
        ? words + " over the last " + Span.words(decay.reach())
        : words;
  }

  private static String number(double value) {
    return value == Math.rint(value) && Math.abs(value) < 1e15
        ? Long.toString((long) value)
        : Double.toString(value);
  }

  private static String type(Feature feature, Schema schema) {
    return switch (feature.aggregate()) {
      case COUNT -> feature.span() instanceof Span.HalfLife ? "number" : "whole number";
      case DISTINCT, SESSIONS, SESSION_EVENTS -> "whole number";
      case TOP -> "texts with weights";
      case LAST -> schema.field(feature.field()).type().name().toLowerCase(Locale.ROOT);
      case LAST_TIME -> "time in ms";
      case TIME_SINCE -> "duration in ms";
      default -> "number";
    };
  }
}
