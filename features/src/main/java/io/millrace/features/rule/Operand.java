package io.millrace.features.rule;

import io.millrace.features.algebra.Field.Type;

/**
 * Part of an expression while it is parsed.
 *
 * @param expr what it is; null for the word {@code null}
 * @param position where it begins, from 1
 */
record Operand(Expr expr, int position) {
  boolean isNull() {
    return expr == null;
  }

  boolean is(Type type) {
    return expr != null && expr.type() == type;
  }

  /** As it stands in a message, with its type. */
  String words() {
    return isNull() ? "null" : Token.shorten(Printer.print(expr)) + " is a " + expr.type();
  }
}
