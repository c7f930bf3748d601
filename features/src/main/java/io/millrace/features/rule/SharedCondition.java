package io.millrace.features.rule;

/** A condition that several rules may have in common, asked once an event. */
final class SharedCondition {
  private final Condition condition;
  private long event;
  private boolean met;

  SharedCondition(Expr expr) {
    condition = Compiler.condition(expr);
  }

  /**
   * Whether an event meets it.
   *
   * @param number of the event, another one than that of the event before
   */
  boolean isMet(long number, FieldValues values) {
    if (event != number) {
      met = condition.of(values) == Condition.TRUE;
      event = number;
    }
    return met;
  }
}
