package io.millrace.features.order;

import io.millrace.features.event.Order;

/** What a placed order comes to: its total, or where it says none, its lines at their prices. */
public final class OrderTotal {
  /** What {@link #of} gives where nothing is known. */
  public static final long UNKNOWN = -1;

  /** Greater amounts, 100 billion, are not taken for amounts. */
  private static final double LIMIT = 1e11 * OrderEntry.UNIT;

  private OrderTotal() {}

  /**
   * The amount in units of an {@link OrderEntry}, whatever the currency; {@link #UNKNOWN} where it
   * says neither a total nor the prices of all lines, or says what is no amount.
   */
  public static long of(Order placed) {
    double amount = inCurrency(placed) * OrderEntry.UNIT;
    return amount >= 0 && amount < LIMIT ? Math.round(amount) : UNKNOWN;
  }

  /** The amount in the currency, NaN where it is not known. */
  private static double inCurrency(Order placed) {
    if (placed.details().total() != null) {
      return placed.details().total();
    }
    double sum = placed.lines().isEmpty() ? Double.NaN : 0;
    for (Order.Line line : placed.lines()) {
      sum += line.unitPrice() == null ? Double.NaN : line.quantity() * line.unitPrice();
    }
    return sum;
  }
}
