package io.millrace.operators.recommend;

import io.millrace.features.catalogue.Listing;
import io.millrace.features.event.CatalogItem;
import io.millrace.operators.kafka.Fact;
import java.util.Objects;

/**
 * News of one item: an order, a catalogue entry, or, where it has neither, that the entry was
 * deleted.
 *
 * @param item item id, the key
 * @param listing what the newest catalogue entry says, or null
 * @param order a change of an order that holds the item, or null
 */
record ItemMessage(String item, Listing listing, OrderLine order) {
  ItemMessage {
    Objects.requireNonNull(item, "item");
    if (listing != null && order != null) {
      throw new IllegalArgumentException("news of " + item + " is both an entry and an order");
    }
  }

  /** What is in the catalogue now. */
  static ItemMessage of(Fact<CatalogItem> fact) {
    Listing listing = fact.isDeleted() ? null : Listing.of(fact.value(), fact.origin());
    return new ItemMessage(fact.key(), listing, null);
  }

  /** An order. */
  static ItemMessage of(OrderLine line) {
    return new ItemMessage(line.item(), null, line);
  }
}
