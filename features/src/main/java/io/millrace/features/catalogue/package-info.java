/**
 * What the recommender must know of an item beside who looked at it. {@link
 * io.millrace.features.catalogue.ItemFact} is what is told of one item, {@link
 * io.millrace.features.catalogue.ItemTable} holds that of all items in 16 bytes each.
 */
package io.millrace.features.catalogue;
