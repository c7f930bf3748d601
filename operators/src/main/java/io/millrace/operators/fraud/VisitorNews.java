package io.millrace.operators.fraud;

import io.millrace.features.event.Erasure;
import io.millrace.operators.types.FlatTypeInfo;

/**
 * What whoever watches visitors is told beside their events: of a rule, or whom to forget.
 *
 * @param rule else null
 * @param erasure else null
 */
record VisitorNews(AdmittedRule rule, Erasure erasure) {
  static final FlatTypeInfo<VisitorNews> TYPE =
      new FlatTypeInfo<>(VisitorNews.class, new VisitorNewsSerializer());

  static VisitorNews of(AdmittedRule rule) {
    return new VisitorNews(rule, null);
  }

  static VisitorNews of(Erasure erasure) {
    return new VisitorNews(null, erasure);
  }
}
