package io.millrace.features.rule;

import io.millrace.features.algebra.Field.Type;
import java.util.List;
import java.util.Locale;

/** The functions of the language, beside {@code present}, which takes the name of a field. */
enum Call {
  /** A text in lower case. */
  LOWER(Type.TEXT, Type.TEXT),
  /** Whether a text starts with another. */
  STARTS_WITH(Type.FLAG, Type.TEXT, Type.TEXT),
  /** A number without its sign. */
  ABS(Type.NUMBER, Type.NUMBER),
  /** The hour of the day in UTC, 0 to 23, of a time in milliseconds. */
  HOUR(Type.NUMBER, Type.NUMBER);

  private static final long HOUR_MS = 3_600_000;

  private final Type type;
  private final List<Type> parameters;

  Call(Type type, Type... parameters) {
    this.type = type;
    this.parameters = List.of(parameters);
  }

  Type type() {
    return type;
  }

  List<Type> parameters() {
    return parameters;
  }

  /** As it is written. */
  String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The number that it makes of a number, NaN of NaN. */
  double of(double number) {
    return switch (this) {
      case ABS -> Math.abs(number);
      case HOUR ->
          Double.isNaN(number) ? number : Math.floorMod(Math.floorDiv((long) number, HOUR_MS), 24);
      default -> throw new IllegalStateException(word() + " makes no number");
    };
  }
}
