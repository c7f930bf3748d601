/**
 * What a visitor's orders come to. {@link io.millrace.features.order.VisitorOrders} keeps the
 * orders of one visitor as a function of the set of their events and says what every further event
 * changes: which items an order holds, and how many pieces went.
 */
package io.millrace.features.order;
