package io.millrace.features.event;

/**
 * What has become of an order. The order of the constants is part of the serialized form: add at
 * the end.
 */
public enum OrderStatus {
  PLACED,
  PAID,
  PAYMENT_FAILED,
  SHIPPED,
  DELIVERED,
  CANCELLED,
  REFUNDED;

  static final WireNames<OrderStatus> NAMES = new WireNames<>(OrderStatus.class);

  private final String wireName = WireNames.of(this);

  /** The name on the wire, for example {@code payment_failed}. */
  public String wireName() {
    return wireName;
  }

  /** Whether lines are taken back: some, or where none is named all of them. */
  public boolean takesBack() {
    return this == CANCELLED || this == REFUNDED;
  }

  /** Whether an event of this status says something about lines. */
  boolean hasLines() {
    return this == PLACED || takesBack();
  }
}
