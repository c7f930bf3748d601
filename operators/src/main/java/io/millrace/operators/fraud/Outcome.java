package io.millrace.operators.fraud;

/**
 * What is learned of a payment, on its way to the entities that are judged by it.
 *
 * @param time of the payment, milliseconds since the epoch
 * @param tie orders the payments of one millisecond
 * @param fraud what it was
 * @param correction whether it was learned as the contrary before
 * @param explained a bit for each of the plan's labels: whether it would be no wonder
 */
record Outcome(long time, long tie, boolean fraud, boolean correction, long explained) {}
