package io.millrace.features.decision;

import java.util.Objects;

/**
 * The counts behind an item: {@code count} of the last {@code of} sessions (or orders) with the
 * item it comes from also held it.
 *
 * @param unit what was counted
 * @param count how many held both
 * @param of how many were looked at
 */
public record Evidence(Unit unit, int count, int of) {
  /** What was counted. */
  public enum Unit {
    /** Visits. */
    SESSIONS("sessions"),
    /** Orders. */
    ORDERS("orders");

    private final String wireName;

    Unit(String wireName) {
      this.wireName = wireName;
    }

    /** The name of the count in JSON. */
    public String wireName() {
      return wireName;
    }
  }

  public Evidence {
    Objects.requireNonNull(unit, "unit");
    if (count < 0 || of < count) {
      throw new IllegalArgumentException(
          "evidence of " + count + " of " + of + " is impossible; count 0 to of");
    }
  }

  /** {@code count} of the last {@code of} sessions. */
  public static Evidence sessions(int count, int of) {
    return new Evidence(Unit.SESSIONS, count, of);
  }

  /** {@code count} of the last {@code of} orders. */
  public static Evidence orders(int count, int of) {
    return new Evidence(Unit.ORDERS, count, of);
  }
}
