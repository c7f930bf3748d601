package io.millrace.operators.recommend;

/**
 * A change of what one order means for one of its items.
 *
 * @param item item id; the pseudo item {@link io.millrace.features.catalogue.ItemFact#ALL_ORDERS}
 *     counts the orders of the whole store
 * @param orders +1 if one order more holds the item, -1 if one less, 0 if as many as before
 * @param pieces sold by it, negative if they came back
 * @param time event time of the sale, also where it is taken back; milliseconds since the epoch
 */
record OrderLine(String item, int orders, int pieces, long time) {}
