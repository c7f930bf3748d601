package io.millrace.features.rule;

/**
 * A condition ready to run. What it gives is {@link #TRUE}, {@link #FALSE} or {@link #UNKNOWN},
 * numbered so that "and" is the least of them, "or" the greatest and "not" the other sign.
 */
@FunctionalInterface
interface Condition {
  int FALSE = -1;
  int UNKNOWN = 0;
  int TRUE = 1;

  int of(FieldValues values);

  static int of(boolean truth) {
    return truth ? TRUE : FALSE;
  }
}
