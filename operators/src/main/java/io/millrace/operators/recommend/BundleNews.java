package io.millrace.operators.recommend;

import io.millrace.features.catalogue.ItemFact;
import io.millrace.operators.forget.Forget;
import io.millrace.operators.types.FlatTypeInfo;

/**
 * What bundles are told beside orders, at every subtask: what holds of an item, whom to forget, and
 * (neither) to write all live keys again.
 *
 * @param fact or null
 * @param forget or null
 */
record BundleNews(ItemFact fact, Forget forget) {
  static final FlatTypeInfo<BundleNews> TYPE =
      new FlatTypeInfo<>(BundleNews.class, new BundleNewsSerializer());

  static BundleNews of(ItemFact fact) {
    return new BundleNews(fact, null);
  }

  /** To write all live keys again. */
  static BundleNews republish() {
    return new BundleNews(null, null);
  }

  static BundleNews of(Forget forget) {
    return new BundleNews(null, forget);
  }
}
