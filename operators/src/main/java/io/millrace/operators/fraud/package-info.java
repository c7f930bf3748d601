/**
 * Fraud as a graph. The entities that an event names are asked about it, all at once and twice:
 * when it arrives, so that an order is answered at once, and when the watermark has passed it, so
 * that alerts and what is learned do not depend on the order of arrival. What they tell is gathered
 * by the order.
 */
package io.millrace.operators.fraud;
