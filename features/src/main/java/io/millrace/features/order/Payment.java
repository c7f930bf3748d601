package io.millrace.features.order;

/**
 * Money and goods that one event of an order moved.
 *
 * @param orderId the order
 * @param eventId the event
 * @param time event time, milliseconds since the epoch
 * @param placing whether it placed the order; else it took something of it back
 * @param amount in units of 1 / {@link #UNIT} of the currency, negative where it was given back;
 *     null if it is not known
 */
public record Payment(String orderId, String eventId, long time, boolean placing, Long amount) {
  /** What 1 of the currency is in {@link #amount}: four decimals. */
  public static final int UNIT = 10_000;
}
