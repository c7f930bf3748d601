package io.millrace.features.rule;

/** What stands between two operands; the later ones bind closer. */
enum Operator {
  OR("||", 1),
  AND("&&", 2),
  EQUAL("==", 3),
  UNEQUAL("!=", 3),
  BELOW("<", 3),
  AT_MOST("<=", 3),
  ABOVE(">", 3),
  AT_LEAST(">=", 3),
  PLUS("+", 4),
  MINUS("-", 4),
  TIMES("*", 5),
  DIVIDED("/", 5);

  /** How close comparisons bind, of which an operand cannot be another one. */
  static final int COMPARISON = 3;

  /** How close a sign before an operand binds. */
  static final int PREFIX = 6;

  private final String sign;
  private final int binding;

  Operator(String sign, int binding) {
    this.sign = sign;
    this.binding = binding;
  }

  String sign() {
    return sign;
  }

  int binding() {
    return binding;
  }

  /** The operator that a word is, null if it is none. */
  static Operator of(Token token) {
    for (Operator known : values()) {
      if (token.is(known.sign)) {
        return known;
      }
    }
    return null;
  }

  boolean isLogic() {
    return binding < COMPARISON;
  }

  boolean isEquality() {
    return this == EQUAL || this == UNEQUAL;
  }

  boolean isComparison() {
    return binding == COMPARISON;
  }

  /** The number that two numbers make, NaN if they make none. */
  double of(double left, double right) {
    double result =
        switch (this) {
          case PLUS -> left + right;
          case MINUS -> left - right;
          case TIMES -> left * right;
          case DIVIDED -> left / right;
          default -> throw new IllegalStateException(sign + " makes no number");
        };
    return Double.isFinite(result) ? result : Double.NaN;
  }

  /** Whether two numbers, neither of which is NaN, stand like that. */
  boolean holds(double left, double right) {
    return switch (this) {
      case EQUAL -> left == right;
      case UNEQUAL -> left != right;
      case BELOW -> left < right;
      case AT_MOST -> left <= right;
      case ABOVE -> left > right;
      case AT_LEAST -> left >= right;
      default -> throw new IllegalStateException(sign + " compares nothing");
    };
  }
}
