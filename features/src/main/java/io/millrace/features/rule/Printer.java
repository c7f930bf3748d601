package io.millrace.features.rule;

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
import java.util.stream.Collectors;

/** Writes an expression in one form, whatever the spaces and parentheses it came with. */
final class Printer {
  private static final int PRIMARY = Operator.PREFIX + 1;
  private static final double WHOLE = 1e15;

  private Printer() {}

  static String print(Expr expr) {
    if (expr instanceof Binary binary) {
      int binding = binary.operator().binding();
      int left = binary.operator().isComparison() ? binding + 1 : binding;
      return "%s %s %s"
          .formatted(
              print(binary.left(), left),
              binary.operator().sign(),
              print(binary.right(), binding + 1));
    } else if (expr instanceof Not not) {
      return "!" + print(not.of(), Operator.PREFIX);
    } else if (expr instanceof Negative negative) {
      return "-" + print(negative.of(), Operator.PREFIX);
    } else if (expr instanceof InTexts in) {
      return print(in.of(), Operator.COMPARISON + 1)
          + in.texts().stream().map(Printer::quote).collect(Collectors.joining(", ", " in (", ")"));
    } else if (expr instanceof InNumbers in) {
      return print(in.of(), Operator.COMPARISON + 1)
          + in.numbers().stream()
              .map(Printer::number)
              .collect(Collectors.joining(", ", " in (", ")"));
    } else if (expr instanceof Applied applied) {
      return applied.call().word()
          + applied.to().stream().map(Printer::print).collect(Collectors.joining(", ", "(", ")"));
    }
    return leaf(expr);
  }

  private static String leaf(Expr expr) {
    if (expr instanceof Presence presence) {
      String name = presence.of().name();
      return presence.present() ? "present(" + name + ")" : name + " == null";
    } else if (expr instanceof FieldRef field) {
      return field.name();
    } else if (expr instanceof TextLiteral text) {
      return quote(text.value());
    } else if (expr instanceof NumberLiteral number) {
      return number(number.value());
    }
    return String.valueOf(((FlagLiteral) expr).value());
  }

  private static String print(Expr expr, int binding) {
    return binding(expr) < binding ? "(" + print(expr) + ")" : print(expr);
  }

  private static int binding(Expr expr) {
    if (expr instanceof Binary binary) {
      return binary.operator().binding();
    } else if (expr instanceof InTexts
        || expr instanceof InNumbers
        || expr instanceof Presence presence && !presence.present()) {
      return Operator.COMPARISON;
    }
    return expr instanceof Not || expr instanceof Negative ? Operator.PREFIX : PRIMARY;
  }

  private static String quote(String text) {
    return "'"
        + text.replace("\\", "\\\\").replace("'", "\\'").replace("\n", "\\n").replace("\t", "\\t")
        + "'";
  }

  private static String number(double value) {
    return value == Math.rint(value) && Math.abs(value) < WHOLE
        ? Long.toString((long) value)
        : Double.toString(value);
  }
}
