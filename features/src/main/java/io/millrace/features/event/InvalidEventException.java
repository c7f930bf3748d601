package io.millrace.features.event;

/** A message that is not a valid event: why, in which field, and what to do about it. */
public final class InvalidEventException extends Exception {
  private final Reason reason;
  private final String field;

  /**
   * @param reason the class of the fault
   * @param field the field at fault, empty if it is the whole message
   * @param detail one sentence that names the value and the remedy
   */
  public InvalidEventException(Reason reason, String field, String detail) {
    // Thrown once for each bad message: no stack trace, a flood of them must stay cheap.
    super(detail, null, false, false);
    this.reason = reason;
    this.field = field;
  }

  /** The class of the fault. */
  public Reason reason() {
    return reason;
  }

  /** The field at fault, empty if it is the whole message. */
  public String field() {
    return field;
  }

  /**
   * Why a message went to the dead letters; the wire name is the lower-case constant. The order of
   * the constants is part of the serialized form: add at the end.
   */
  public enum Reason {
    MALFORMED_JSON,
    INVALID_UTF8,
    TOO_LARGE,
    MISSING_FIELD,
    WRONG_TYPE,
    OUT_OF_RANGE,
    UNKNOWN_VALUE,
    KEY_MISMATCH,
    INVALID_RULE,
    INVALID_CONTROL;

    private final String wireName = WireNames.of(this);

    /** The name on the wire, for example {@code missing_field}. */
    public String wireName() {
      return wireName;
    }
  }
}
