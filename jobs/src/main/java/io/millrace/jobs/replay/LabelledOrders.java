package io.millrace.jobs.replay;

import io.millrace.features.event.Order;
import java.util.List;

/** Recorded orders of which is known whether each was a fraud, in order of event time. */
public interface LabelledOrders {
  /** Number of orders. */
  int size();

  /** Recorded time of the i-th order, in milliseconds since the epoch; never less than before. */
  long time(int i);

  /**
   * The i-th order.
   *
   * @param shiftMs what its times are moved by, in milliseconds
   */
  Order order(int i, long shiftMs);

  /** Whether the i-th order was a fraud. */
  boolean isFraud(int i);

  /** What there is, in a line or a few. */
  List<String> summary();
}
