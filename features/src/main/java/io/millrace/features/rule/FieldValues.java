package io.millrace.features.rule;

/** What an event carries, by the numbers of its fields in their catalogue. */
public interface FieldValues {
  /** A number, or 1 and 0 for a flag; NaN where the event does not carry it. */
  double number(int field);

  /** A text; null where the event does not carry it. */
  String text(int field);
}
