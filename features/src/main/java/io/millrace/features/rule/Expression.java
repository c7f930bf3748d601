package io.millrace.features.rule;

/**
 * A condition on events, such as {@code total > 100 && ip_country != billing_country}: comparisons
 * ({@code == != < <= > >=}) of fields, numbers, texts in single quotes ({@code \'} and {@code \\}
 * stand for a quote and a backslash, {@code \n} and {@code \t} for a line end and a tab), {@code
 * true} and {@code false}; {@code in ('a', 'b')}; {@code + - * /} on numbers; {@code && || !} and
 * parentheses; {@code present(field)}, also written {@code field != null}; {@code lower(text)},
 * {@code starts_with(text, text)}, {@code abs(number)} and {@code hour(event_time)}, in UTC.
 *
 * <p>Nothing follows from what an event does not carry. A comparison with an absent field is
 * neither true nor false but not known, and so is its opposite: {@code !(a == b)} always says the
 * same as {@code a != b}, and neither is met where {@code a} is absent. {@code false &&} and {@code
 * true ||} decide whatever the other side is. An event meets the condition only where it is true;
 * who means absent fields too adds {@code || field == null}. A division by zero, or a number too
 * large, is as an absent field.
 *
 * <p>Immutable, and safe for use by many threads.
 */
public final class Expression {
  /** Longest text, in characters. */
  public static final int MAX_CHARS = 2_000;

  /** Deepest nesting of parentheses, signs and functions. */
  public static final int MAX_DEPTH = 32;

  /** Most fields, values, operators and functions together. */
  public static final int MAX_PARTS = 200;

  private final Expr expr;
  private final Condition condition;

  private Expression(Expr expr) {
    this.expr = expr;
    condition = Compiler.condition(Folding.fold(expr));
  }

  /**
   * Reads an expression and checks it against the fields of the events it is for.
   *
   * @throws InvalidExpressionException if it is none; says where and why
   */
  public static Expression parse(EventFields<?> fields, String text)
      throws InvalidExpressionException {
    return new Expression(ExpressionParser.parse(fields, text));
  }

  /** Whether an event meets it, given by the catalogue that it was parsed for. */
  public boolean matches(FieldValues event) {
    return condition.of(event) == Condition.TRUE;
  }

  Expr expr() {
    return expr;
  }

  /** In one form, whatever the spaces and parentheses it was written with; it may be longer. */
  @Override
  public String toString() {
    return Printer.print(expr);
  }
}
