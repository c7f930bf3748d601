package io.millrace.jobs.store;

import io.millrace.features.event.Order;
import java.util.List;

/**
 * An order as it was placed.
 *
 * @param id such as {@code o-m8x3q0-17}
 * @param visitor who placed it
 * @param session the visit in which
 * @param lines what is bought
 * @param details what else is known of it
 */
record StoreOrder(
    String id,
    StoreVisitor visitor,
    String session,
    List<Order.Line> lines,
    Order.Details details) {}
