package io.millrace.features.event;

import java.util.Objects;

/**
 * What somebody found out about an order.
 *
 * @param orderId the order, 1 to 128 bytes
 * @param fraud what it was
 * @param labelTime when it was found out, milliseconds since the epoch
 * @param source by whom; labels deduplicate by (order, source), the newest of a source holds
 */
public record FraudLabel(String orderId, boolean fraud, long labelTime, Source source) {
  public FraudLabel {
    Objects.requireNonNull(source, "source");
  }

  /** Who says so. The order of the constants is part of the serialized form: add at the end. */
  public enum Source {
    /** The bank, for its customer. */
    CHARGEBACK,
    /** Somebody who looked at the order. */
    REVIEW,
    /** The bank, after the store objected. */
    DISPUTE_WON;

    static final WireNames<Source> NAMES = new WireNames<>(Source.class);

    private final String wireName = WireNames.of(this);

    /** The name on the wire, for example {@code dispute_won}. */
    public String wireName() {
      return wireName;
    }
  }
}
