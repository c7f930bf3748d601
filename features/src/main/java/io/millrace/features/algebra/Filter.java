package io.millrace.features.algebra;

import java.math.BigDecimal;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Which events a feature counts. A comparison with a field that is missing is false, and so its
 * {@link #not} is true.
 */
public sealed interface Filter {
  /** The field has that text. */
  static Filter is(String field, String text) {
    return new IsOneOf(field, List.of(text));
  }

  /** The flag has that value. */
  static Filter is(String field, boolean value) {
    return new Flagged(field, value);
  }

  /** The field has one of these texts. */
  static Filter isOneOf(String field, String... texts) {
    return new IsOneOf(field, Stream.of(texts).distinct().sorted().toList());
  }

  /** The number equals. */
  static Filter is(String field, double number) {
    return compare(field, Comparison.Operator.EQUAL, number);
  }

  /** The number is greater. */
  static Filter above(String field, double number) {
    return compare(field, Comparison.Operator.ABOVE, number);
  }

  /** The number is as great or greater. */
  static Filter atLeast(String field, double number) {
    return compare(field, Comparison.Operator.AT_LEAST, number);
  }

  /** The number is less. */
  static Filter below(String field, double number) {
    return compare(field, Comparison.Operator.BELOW, number);
  }

  /** The number is as great or less. */
  static Filter atMost(String field, double number) {
    return compare(field, Comparison.Operator.AT_MOST, number);
  }

  private static Filter compare(String field, Comparison.Operator operator, double number) {
    return new Comparison(field, operator, BigDecimal.valueOf(number).stripTrailingZeros());
  }

  /** The event carries the field. */
  static Filter present(String field) {
    return new Present(field);
  }

  /** All of these hold. */
  static Filter and(Filter... parts) {
    return new All(List.of(parts));
  }

  /** One of these holds at least. */
  static Filter or(Filter... parts) {
    return new Any(List.of(parts));
  }

  /** This does not hold. */
  static Filter not(Filter part) {
    return new Not(part);
  }

  /** The test over rows of a schema that has the fields. */
  Predicate<Row> over(Schema schema);

  /** The fields it looks at, with the type each must have; null where any will do. */
  Stream<Operand> operands();

  /**
   * What it is in words. State tells filters apart by it: other words are another filter, which
   * starts empty.
   */
  String words();

  /** A field and how it is used. */
  record Operand(String field, Field.Type type, BigDecimal number) {}

  /** A text among others. */
  record IsOneOf(String field, List<String> texts) implements Filter {
    @Override
    public Predicate<Row> over(Schema schema) {
      int place = schema.indexOf(field);
      return row -> row.has(place) && texts.contains(row.text(place));
    }

    @Override
    public Stream<Operand> operands() {
      return Stream.of(new Operand(field, Field.Type.TEXT, null));
    }

    @Override
    public String words() {
      String quoted =
          texts.stream()
              .map(text -> '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"')
              .collect(Collectors.joining(", "));
      return texts.size() == 1
          ? "%s is %s".formatted(field, quoted)
          : "%s is one of %s".formatted(field, quoted);
    }
  }

  /** A flag's value. */
  record Flagged(String field, boolean value) implements Filter {
    @Override
    public Predicate<Row> over(Schema schema) {
      int place = schema.indexOf(field);
      long wanted = value ? 1 : 0;
      return row -> row.value(place) == wanted;
    }

    @Override
    public Stream<Operand> operands() {
      return Stream.of(new Operand(field, Field.Type.FLAG, null));
    }

    @Override
    public String words() {
      return "%s is %s".formatted(field, value);
    }
  }

  /** A number against another. */
  record Comparison(String field, Operator operator, BigDecimal number) implements Filter {
    /** How two numbers may stand. */
    enum Operator {
      EQUAL("is"),
      ABOVE("is above"),
      AT_LEAST("is at least"),
      BELOW("is below"),
      AT_MOST("is at most");

      private final String words;

      Operator(String words) {
        this.words = words;
      }

      boolean holds(int sign) {
        return switch (this) {
          case EQUAL -> sign == 0;
          case ABOVE -> sign > 0;
          case AT_LEAST -> sign >= 0;
          case BELOW -> sign < 0;
          case AT_MOST -> sign <= 0;
        };
      }
    }

    @Override
    public Predicate<Row> over(Schema schema) {
      int place = schema.indexOf(field);
      long scaled = number.movePointRight(schema.fields().get(place).decimals()).longValueExact();
      return row -> row.has(place) && operator.holds(Long.compare(row.value(place), scaled));
    }

    @Override
    public Stream<Operand> operands() {
      return Stream.of(new Operand(field, Field.Type.NUMBER, number));
    }

    @Override
    public String words() {
      return "%s %s %s".formatted(field, operator.words, number.toPlainString());
    }
  }

  /** A field's presence. */
  record Present(String field) implements Filter {
    @Override
    public Predicate<Row> over(Schema schema) {
      int place = schema.indexOf(field);
      return row -> row.has(place);
    }

    @Override
    public Stream<Operand> operands() {
      return Stream.of(new Operand(field, null, null));
    }

    @Override
    public String words() {
      return field + " is present";
    }
  }

  /** A conjunction. */
  record All(List<Filter> parts) implements Filter {
    @Override
    public Predicate<Row> over(Schema schema) {
      return parts.stream().map(part -> part.over(schema)).reduce(row -> true, Predicate::and);
    }

    @Override
    public Stream<Operand> operands() {
      return parts.stream().flatMap(Filter::operands);
    }

    @Override
    public String words() {
      return joined(parts, " and ");
    }
  }

  /** A disjunction. */
  record Any(List<Filter> parts) implements Filter {
    @Override
    public Predicate<Row> over(Schema schema) {
      return parts.stream().map(part -> part.over(schema)).reduce(row -> false, Predicate::or);
    }

    @Override
    public Stream<Operand> operands() {
      return parts.stream().flatMap(Filter::operands);
    }

    @Override
    public String words() {
      return joined(parts, " or ");
    }
  }

  private static String joined(List<Filter> parts, String word) {
    return parts.stream().map(Filter::words).collect(Collectors.joining(word, "(", ")"));
  }

  /** A negation. */
  record Not(Filter part) implements Filter {
    @Override
    public Predicate<Row> over(Schema schema) {
      return part.over(schema).negate();
    }

    @Override
    public Stream<Operand> operands() {
      return part.operands();
    }

    @Override
    public String words() {
      return "not (" + part.words() + ")";
    }
  }
}
