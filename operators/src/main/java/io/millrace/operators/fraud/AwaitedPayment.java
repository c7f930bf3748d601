package io.millrace.operators.fraud;

import io.millrace.features.event.Order;

/**
 * A payment of which labels will tell when the watermark has passed it.
 *
 * @param time of the payment, milliseconds since the epoch
 * @param tie orders the payments of one millisecond
 * @param order the order
 * @param eventId the payment
 */
record AwaitedPayment(long time, long tie, String order, String eventId) {
  static AwaitedPayment of(Order payment) {
    return new AwaitedPayment(
        payment.eventTime(), Passage.tie(payment), payment.orderId(), payment.eventId());
  }
}
