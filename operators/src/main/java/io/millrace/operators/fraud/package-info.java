/**
 * Fraud as a graph. An event passes through the entities it names, one kind after the other, twice:
 * when it arrives, so that an order is answered at once, and when the watermark has passed it, so
 * that alerts and what is learned do not depend on the order of arrival.
 */
package io.millrace.operators.fraud;
