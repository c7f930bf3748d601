package io.millrace.operators.recommend;

import io.millrace.features.catalogue.ItemFact;
import io.millrace.features.event.Control;
import io.millrace.features.event.ModelSnapshot;
import io.millrace.operators.forget.Forget;
import io.millrace.operators.kafka.Fact;
import io.millrace.operators.types.FlatTypeInfo;

/**
 * What every merger is told: one of five things, the others being null.
 *
 * @param trend what is trending
 * @param item what is known of an item
 * @param control what a person decided
 * @param forget whom to forget
 * @param model weights that put candidates in order
 */
record MergerNews(
    TrendTop trend, ItemFact item, Fact<Control> control, Forget forget, ModelSnapshot model) {
  static final FlatTypeInfo<MergerNews> TYPE =
      new FlatTypeInfo<>(MergerNews.class, new MergerNewsSerializer());

  static MergerNews of(TrendTop trend) {
    return new MergerNews(trend, null, null, null, null);
  }

  static MergerNews of(ItemFact item) {
    return new MergerNews(null, item, null, null, null);
  }

  static MergerNews of(Fact<Control> control) {
    return new MergerNews(null, null, control, null, null);
  }

  static MergerNews of(Forget forget) {
    return new MergerNews(null, null, null, forget, null);
  }

  static MergerNews of(ModelSnapshot model) {
    return new MergerNews(null, null, null, null, model);
  }
}
