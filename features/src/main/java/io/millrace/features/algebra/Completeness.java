package io.millrace.features.algebra;

import io.millrace.features.algebra.Plan.Calculation;

/** Since when values are complete, where a field or a figure was not kept from the beginning on. */
final class Completeness {
  private final Plan plan;
  private final long[] since;
  private final int filters;
  private final int tailMeasures;
  private final int everMeasures;
  private final int decays;

  /**
   * @param since by element of the plan's {@link Layout}
   */
  Completeness(Plan plan, long[] since) {
    this.plan = plan;
    this.since = since;
    filters = plan.columns().size();
    tailMeasures = filters + plan.filters().size();
    everMeasures = tailMeasures + plan.tailMeasures().size();
    decays = everMeasures + plan.everMeasures().size();
  }

  /** Of a feature over a span; {@link EntityFeatures#ALWAYS} if the whole span is complete. */
  long since(Calculation of, SpanView view) {
    long complete = Math.max(view.since(), ofPair(plan.pairs().get(of.pair()).pair()));
    if (of.weight() >= 0) {
      complete = Math.max(complete, since[of.weight()]);
    }
    if (view.departed() && of.measure() >= 0) {
      boolean ever = of.feature().span() instanceof Span.Ever;
      complete = Math.max(complete, since[(ever ? everMeasures : tailMeasures) + of.measure()]);
    }
    return complete > view.begin() ? complete : EntityFeatures.ALWAYS;
  }

  /** Of the retained rows of a pair. */
  long ofPair(Pair pair) {
    long ofColumn = pair.column() < 0 ? EntityFeatures.ALWAYS : since[pair.column()];
    long ofFilter = pair.filter() < 0 ? EntityFeatures.ALWAYS : since[filters + pair.filter()];
    return Math.max(ofColumn, ofFilter);
  }

  long ofDecay(int decay) {
    return since[decays + decay];
  }

  /** Notes that a decay is complete only since a time. */
  void ofDecay(int decay, long time) {
    since[decays + decay] = time;
  }

  /**
   * Notes that all events up to a time are forgotten.
   *
   * @param lost the time of the newest later one that is forgotten too, or {@link
   *     EntityFeatures#ALWAYS}
   */
  void forgetUpTo(long time, long lost) {
    for (int i = 0; i < since.length; i++) {
      boolean ofRows = i < tailMeasures;
      long before = ofRows && since[i] > time ? since[i] : EntityFeatures.ALWAYS;
      since[i] = Math.max(before, lost);
    }
  }
}
