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
    StringBuilder words = new StringBuilder();
    words.append(
        ratio
            ? feature.aggregate().words("`" + feature.field() + "`", "`" + feature.divisor() + "`")
            : feature.aggregate().words("`" + feature.field() + "`"));
    if (feature.filter() != null) {
      words.append(" where ").append(feature.filter().words());
    }
    if (!ratio) {
      words.append(", ").append(feature.span().words());
      words.append(
          feature.current() ? ", the current event included" : ", without the current event");
    }
    if (feature.orElse() != null) {
      words.append("; ").append(number(feature.orElse())).append(" where there is none");
    }
    return words.toString();
  }

  private static String number(double value) {
    return value == Math.rint(value) && Math.abs(value) < 1e15
        ? Long.toString((long) value)
        : Double.toString(value);
  }

  private static String type(Feature feature, Schema schema) {
    return switch (feature.aggregate()) {
      case COUNT -> feature.span() instanceof Span.HalfLife ? "number" : "whole number";
      case DISTINCT -> "whole number";
      case LAST -> schema.field(feature.field()).type().name().toLowerCase(Locale.ROOT);
      case LAST_TIME -> "time in ms";
      case TIME_SINCE -> "duration in ms";
      default -> "number";
    };
  }
}
