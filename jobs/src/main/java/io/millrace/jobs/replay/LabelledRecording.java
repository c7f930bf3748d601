package io.millrace.jobs.replay;

import io.millrace.features.event.FraudLabel;
import io.millrace.features.event.FraudLabel.Source;
import io.millrace.features.event.Order;
import io.millrace.features.event.Topics;
import io.millrace.jobs.local.ContractEvent;
import java.time.Duration;
import java.util.List;

/**
 * Orders, and for each, when that was found out, what it was: a fraud by a chargeback, all others
 * by a review. A label goes ahead of the orders of its own time.
 */
public final class LabelledRecording implements Recording {
  /** After which it is found out what an order was, where nothing else is said. */
  public static final Duration USUAL_DELAY = Duration.ofDays(7);

  private static final int LABEL = 0;
  private static final int ORDER = 1;

  private final LabelledOrders orders;
  private final long delayMs;
  private final Steps steps = new Steps();

  /** All orders. */
  public LabelledRecording(LabelledOrders orders, Duration delay) {
    this(orders, delay, 0, orders.size());
  }

  /**
   * Some of the orders, and their labels.
   *
   * @param from the first of them, by time
   * @param until the first that is left out
   */
  public LabelledRecording(LabelledOrders orders, Duration delay, int from, int until) {
    this.orders = orders;
    this.delayMs = delay.toMillis();
    int labelled = from;
    for (int next = from; next < until; next++) {
      while (labelled < next && orders.time(labelled) + delayMs <= orders.time(next)) {
        steps.add(LABEL, labelled++);
      }
      steps.add(ORDER, next);
    }
    while (labelled < until) {
      steps.add(LABEL, labelled++);
    }
  }

  @Override
  public int size() {
    return steps.size();
  }

  @Override
  public long time(int i) {
    return orders.time(steps.row(i)) + (isLabel(i) ? delayMs : 0);
  }

  /** The place among the orders of the one that the i-th event is about. */
  public int order(int i) {
    return steps.row(i);
  }

  private boolean isLabel(int i) {
    return steps.kind(i) == LABEL;
  }

  @Override
  public ContractEvent event(int i, long shiftMs) {
    int row = steps.row(i);
    Order order = orders.order(row, shiftMs);
    if (!isLabel(i)) {
      return ContractEvent.of(order);
    }
    boolean fraud = orders.isFraud(row);
    return ContractEvent.of(
        new FraudLabel(
            order.orderId(),
            fraud,
            order.eventTime() + delayMs,
            fraud ? Source.CHARGEBACK : Source.REVIEW));
  }

  @Override
  public List<String> topics() {
    return List.of(Topics.ORDERS, Topics.FRAUD_LABELS);
  }

  @Override
  public List<String> summary() {
    return orders.summary();
  }
}
