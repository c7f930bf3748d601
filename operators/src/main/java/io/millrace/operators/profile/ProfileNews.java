package io.millrace.operators.profile;

import io.millrace.features.catalogue.ItemFacets;
import io.millrace.features.event.CatalogItem;
import io.millrace.features.event.Erasure;
import io.millrace.operators.kafka.Fact;
import io.millrace.operators.types.FlatTypeInfo;

/**
 * What everybody who keeps profiles is told: what an item is, whom to forget, or (with neither) to
 * write all profiles again.
 *
 * @param facets of an item, else null
 * @param visitor to be forgotten, else null
 * @param upTo event time up to which, milliseconds since the epoch
 */
record ProfileNews(ItemFacets facets, String visitor, long upTo) {
  static final FlatTypeInfo<ProfileNews> TYPE =
      new FlatTypeInfo<>(ProfileNews.class, new ProfileNewsSerializer());

  static ProfileNews of(ItemFacets facets) {
    return new ProfileNews(facets, null, 0);
  }

  /**
   * @param currency in which prices count
   */
  static ProfileNews of(Fact<CatalogItem> fact, String currency) {
    if (fact.isDeleted()) {
      return of(ItemFacets.none(fact.key()));
    }
    CatalogItem item = fact.value();
    Double price = item.prices().listPrice();
    boolean counts = price != null && currency.equals(item.prices().currency());
    return of(
        new ItemFacets(item.itemId(), item.category(), item.brand(), counts ? price : Double.NaN));
  }

  static ProfileNews of(Erasure erasure) {
    return forget(erasure.visitorId(), erasure.requestedAt());
  }

  static ProfileNews forget(String visitor, long upTo) {
    return new ProfileNews(null, visitor, upTo);
  }

  static ProfileNews republish() {
    return new ProfileNews(null, null, 0);
  }
}
