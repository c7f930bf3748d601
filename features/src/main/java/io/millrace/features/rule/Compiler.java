package io.millrace.features.rule;

import io.millrace.features.algebra.Field.Type;
import io.millrace.features.rule.Expr.Applied;
import io.millrace.features.rule.Expr.Binary;
import io.millrace.features.rule.Expr.FieldRef;
import io.millrace.features.rule.Expr.FlagLiteral;
import io.millrace.features.rule.Expr.InNumbers;
import io.millrace.features.rule.Expr.InTexts;
import io.millrace.features.rule.Expr.Negative;
import io.millrace.features.rule.Expr.Not;
import io.millrace.features.rule.Expr.NumberLiteral;
import io.millrace.features.rule.Expr.Presence;
import io.millrace.features.rule.Expr.TextLiteral;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Makes of an expression what runs on every event, without a look at its form and its types. */
final class Compiler {
  private Compiler() {}

  /** A number ready to be worked out; NaN is not known. */
  @FunctionalInterface
  interface Numeric {
    double of(FieldValues values);
  }

  /** A text ready to be worked out; null is not known. */
  @FunctionalInterface
  interface Textual {
    String of(FieldValues values);
  }

  static Condition condition(Expr expr) {
    if (expr instanceof Binary binary) {
      return binary.operator().isLogic() ? logic(binary) : comparison(binary);
    } else if (expr instanceof Not not) {
      Condition of = condition(not.of());
      return values -> -of.of(values);
    } else if (expr instanceof InTexts in) {
      return among(text(in.of()), Set.copyOf(in.texts()));
    } else if (expr instanceof InNumbers in) {
      return among(
          number(in.of()),
          in.numbers().stream().mapToDouble(Double::doubleValue).sorted().toArray());
    } else if (expr instanceof Presence presence) {
      return presence(presence.of(), presence.present());
    } else if (expr instanceof Applied applied) {
      Textual whole = text(applied.to().get(0));
      Textual start = text(applied.to().get(1));
      return values -> startsWith(whole.of(values), start.of(values));
    } else if (expr instanceof FieldRef field) {
      int place = field.field();
      return values -> flag(values.number(place));
    }
    Boolean truth = ((FlagLiteral) expr).value();
    int constant = truth == null ? Condition.UNKNOWN : Condition.of(truth);
    return values -> constant;
  }

  private static int flag(double number) {
    return Double.isNaN(number) ? Condition.UNKNOWN : Condition.of(number != 0);
  }

  private static int startsWith(String whole, String start) {
    return whole == null || start == null
        ? Condition.UNKNOWN
        : Condition.of(whole.startsWith(start));
  }

  private static Condition presence(FieldRef field, boolean present) {
    int place = field.field();
    return field.type() == Type.TEXT
        ? values -> Condition.of((values.text(place) != null) == present)
        : values -> Condition.of(!Double.isNaN(values.number(place)) == present);
  }

  private static Condition among(Textual of, Set<String> texts) {
    return values -> {
      String text = of.of(values);
      return text == null ? Condition.UNKNOWN : Condition.of(texts.contains(text));
    };
  }

  private static Condition among(Numeric of, double[] sorted) {
    return values -> {
      double number = of.of(values);
      return Double.isNaN(number)
          ? Condition.UNKNOWN
          : Condition.of(Arrays.binarySearch(sorted, number + 0.0) >= 0);
    };
  }

  /** Conditions in a row are asked in a row, until one decides. */
  private static Condition logic(Binary binary) {
    List<Condition> row = new ArrayList<>();
    flatten(binary.operator(), binary, row);
    Condition[] parts = row.toArray(Condition[]::new);
    int decides = binary.operator() == Operator.AND ? Condition.FALSE : Condition.TRUE;
    return values -> {
      int truth = -decides;
      for (Condition part : parts) {
        int next = part.of(values);
        if (next == decides) {
          return decides;
        }
        truth = next == Condition.UNKNOWN ? next : truth;
      }
      return truth;
    };
  }

  private static void flatten(Operator operator, Expr expr, List<Condition> row) {
    if (expr instanceof Binary binary && binary.operator() == operator) {
      flatten(operator, binary.left(), row);
      flatten(operator, binary.right(), row);
    } else {
      row.add(condition(expr));
    }
  }

  private static Condition comparison(Binary binary) {
    Operator operator = binary.operator();
    boolean equal = operator == Operator.EQUAL;
    return switch (binary.left().type()) {
      case NUMBER -> {
        Numeric left = number(binary.left());
        Numeric right = number(binary.right());
        yield values -> compare(operator, left.of(values), right.of(values));
      }
      case TEXT -> {
        Textual left = text(binary.left());
        Textual right = text(binary.right());
        yield values -> same(left.of(values), right.of(values), equal);
      }
      case FLAG -> {
        Condition left = condition(binary.left());
        Condition right = condition(binary.right());
        // The product of two is true where they are alike, and not known where one is not.
        yield values -> left.of(values) * right.of(values) * (equal ? 1 : -1);
      }
    };
  }

  private static int compare(Operator operator, double left, double right) {
    return Double.isNaN(left) || Double.isNaN(right)
        ? Condition.UNKNOWN
        : Condition.of(operator.holds(left, right));
  }

  private static int same(String left, String right, boolean equal) {
    return left == null || right == null
        ? Condition.UNKNOWN
        : Condition.of(left.equals(right) == equal);
  }

  static Numeric number(Expr expr) {
    if (expr instanceof NumberLiteral literal) {
      double value = literal.value();
      return values -> value;
    } else if (expr instanceof FieldRef field) {
      int place = field.field();
      return values -> values.number(place);
    } else if (expr instanceof Negative negative) {
      Numeric of = number(negative.of());
      return values -> -of.of(values);
    } else if (expr instanceof Applied applied) {
      Call call = applied.call();
      Numeric of = number(applied.to().get(0));
      return values -> call.of(of.of(values));
    }
    Binary binary = (Binary) expr;
    Operator operator = binary.operator();
    Numeric left = number(binary.left());
    Numeric right = number(binary.right());
    return values -> operator.of(left.of(values), right.of(values));
  }

  static Textual text(Expr expr) {
    if (expr instanceof TextLiteral literal) {
      String value = literal.value();
      return values -> value;
    } else if (expr instanceof FieldRef field) {
      int place = field.field();
      return values -> values.text(place);
    }
    Textual of = text(((Applied) expr).to().get(0));
    return values -> {
      String text = of.of(values);
      return text == null ? null : text.toLowerCase(Locale.ROOT);
    };
  }
}
