/**
 * What the recommender must know of an item beside who looked at it. {@link
 * io.millrace.features.catalogue.ItemState} puts catalogue entries and orders together, {@link
 * io.millrace.features.catalogue.ItemControls} says what people decided over it, {@link
 * io.millrace.features.catalogue.ItemFact} is what is told of one item, and {@link
 * io.millrace.features.catalogue.ItemTable} holds that of all items in 16 bytes a slot.
 */
package io.millrace.features.catalogue;
