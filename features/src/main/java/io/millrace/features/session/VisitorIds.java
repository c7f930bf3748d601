package io.millrace.features.session;

/**
 * The numbers by which postings know sessions and orders. The upper 44 bits are the visitor's and
 * the lower 20 the session's or order's own, so that what a visitor left in the postings is known
 * by its number alone when the visitor is to be forgotten.
 *
 * <p>Two of a million visitors share their bits with a chance of 3 in 100; two of a hundred
 * sessions of one visitor with one of 5 in 1,000, and the later one then takes the place of the
 * earlier one in postings that hold both.
 */
public final class VisitorIds {
  private static final int OWN_BITS = 20;
  private static final long VISITOR_MASK = -1L << OWN_BITS;

  private VisitorIds() {}

  /**
   * The number of a session or an order.
   *
   * @param own what tells it from the visitor's others: its start, or a hash of its name
   */
  static long of(String visitor, long own) {
    return of(visitor) | Hashes.mix(own) >>> Long.SIZE - OWN_BITS;
  }

  /** The number of an order. */
  public static long ofOrder(String visitor, String orderId) {
    return of(visitor, Hashes.of(orderId));
  }

  /** The visitor's part of all numbers of a visitor. */
  public static long of(String visitor) {
    return Hashes.of(visitor) & VISITOR_MASK;
  }

  /** The visitor's part of a number. */
  public static long visitorPart(long id) {
    return id & VISITOR_MASK;
  }
}
