package io.millrace.features.rule;

/** A text that is not a valid expression: where, what stands there, and what should. */
public final class InvalidExpressionException extends Exception {
  private static final int BEFORE = 30;
  private static final int AFTER = 40;

  private final int position;
  private final String fault;
  private final String text;

  /**
   * @param text the whole expression
   * @param position of the first character at fault, from 1; one past the last where something is
   *     missing at the end
   * @param fault what is wrong and what to do about it
   */
  InvalidExpressionException(String text, int position, String fault) {
    // Thrown once for each bad rule: no stack trace, a flood of them must stay cheap.
    super(message(text, position, fault), null, false, false);
    this.text = text;
    this.position = position;
    this.fault = fault;
  }

  /** Where it is, in characters from 1. */
  public int position() {
    return position;
  }

  /** What is wrong and what to do about it, without the place. */
  public String fault() {
    return fault;
  }

  /** Two lines: the part of the expression around the place, and a caret below the place. */
  public String marked() {
    int from = Math.max(0, position - 1 - BEFORE);
    int to = Math.min(text.length(), position - 1 + AFTER);
    return oneLine(text.substring(from, to)) + "\n" + " ".repeat(position - 1 - from) + "^";
  }

  private static String message(String text, int position, String fault) {
    String near =
        position > text.length()
            ? "at the end"
            : "at '"
                + oneLine(
                    text.substring(position - 1, Math.min(text.length(), position - 1 + AFTER)))
                + "'";
    return "character " + position + ", " + near + ": " + fault;
  }

  private static String oneLine(String part) {
    return part.replaceAll("\\p{Cntrl}", " ");
  }
}
