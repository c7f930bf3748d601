package io.millrace.jobs.evaluate;

import io.millrace.features.event.ModelSnapshot;
import io.millrace.operators.fraud.ScoredOrder;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/** What one run of the fraud job over recorded orders gives; written by its tasks. */
final class FraudRun {
  private final long testFrom;
  private final long end;
  private final Map<String, Double> scores = new ConcurrentHashMap<>();
  private final AtomicLong lessons = new AtomicLong();
  private final FraudGate gate = new FraudGate();
  private final RuleTally tally = new RuleTally();
  private volatile long sent;

  /**
   * @param testFrom event time from which on scores are kept, milliseconds since the epoch
   * @param end event time of the newest order
   */
  FraudRun(long testFrom, long end) {
    this.testFrom = testFrom;
    this.end = end;
  }

  /** So many events have been sent. */
  void sent(long events) {
    sent = events;
  }

  long sent() {
    return sent;
  }

  /** Holds the orders up until rules are heard. */
  FraudGate gate() {
    return gate;
  }

  /** What rules alert about. */
  RuleTally tally() {
    return tally;
  }

  /** An order is scored. */
  void take(ScoredOrder order) {
    if (order.time() >= testFrom) {
      scores.put(order.orderId(), order.probability());
    }
  }

  /** A version of the model is published. */
  void take(ModelSnapshot model, long horizonMs) {
    if (model.eventTime() + horizonMs <= end) {
      lessons.accumulateAndGet(model.examples(), Math::max);
    }
  }

  /** Scores by order id. */
  Map<String, Double> scores() {
    return scores;
  }

  /** Lessons in the newest version that could score an order. */
  long lessons() {
    return lessons.get();
  }
}
