package io.millrace.features.decision;

/** A value in Redis that this engine did not write; the message says what is wrong with it. */
public final class UnreadableDecisionException extends RuntimeException {
  /**
   * @param message what is wrong, without the value
   * @param cause may be null
   */
  public UnreadableDecisionException(String message, Throwable cause) {
    super(message, cause);
  }
}
