package io.millrace.features.algebra;

import io.millrace.features.algebra.Plan.Calculation;
import io.millrace.features.algebra.Plan.Decay;
import io.millrace.features.algebra.Sessions.Session;
import io.millrace.features.session.Hashes;
import java.util.List;

/** Computes the values of all features of an entity as of one moment. */
final class Evaluation {
  private final EntityFeatures entity;
  private final Plan plan;
  private final long time;
  private final long tie;
  private final SpanView[] views;
  private final FeatureValues values;
  private final Completeness completeness;

  Evaluation(EntityFeatures entity, long time, long tie) {
    this.entity = entity;
    this.time = time;
    this.tie = tie;
    plan = entity.set.plan();
    views = new SpanView[plan.spans().size()];
    values = new FeatureValues(entity.set);
    completeness = new Completeness(plan, entity.since);
  }

  FeatureValues values() {
    List<Calculation> calculations = plan.calculations();
    int place = entity.rows.placeOf(time, tie);
    for (int i = 0; i < views.length; i++) {
      views[i] = SpanView.of(entity, plan.spans().get(i), time, tie, place);
    }
    for (int i = 0; i < calculations.size(); i++) {
      Calculation of = calculations.get(i);
      if (of.dividend() < 0) {
        if (of.decay() >= 0) {
          decayed(i, of);
        } else if (of.feature().aggregate().isOfRetainedOnly()) {
          ofRetained(i, of);
        } else {
          aggregate(i, of);
        }
        orElse(i, of);
      }
    }
    for (int i = 0; i < calculations.size(); i++) {
      if (calculations.get(i).dividend() >= 0) {
        ratio(i, calculations.get(i));
        orElse(i, calculations.get(i));
      }
    }
    return values;
  }

  private void orElse(int feature, Calculation of) {
    if (of.feature().orElse() != null && !values.isPresent(feature)) {
      values.put(feature, of.feature().orElse());
    }
  }

  private void aggregate(int feature, Calculation of) {
    SpanView view = views[of.span()];
    PairIndex index = entity.rows.index(of.pair());
    boolean approximate = view.approximate();
    switch (of.feature().aggregate()) {
      case COUNT -> values.put(feature, count(view, index, of));
      case SUM, MEAN, STDDEV -> sums(feature, of, view, index);
      case MIN, MAX -> extremes(feature, of, view, index);
      case DISTINCT -> approximate |= distinct(feature, of, view, index);
      case LAST, LAST_TIME, TIME_SINCE -> approximate &= !newest(feature, of, view, index);
      default -> throw new IllegalStateException("not of rows: " + of.feature());
    }
    values.mark(feature, approximate, completeness.since(of, view));
  }

  /** What is known of rows that are not retained, null for nothing. */
  private static Tally beyond(SpanView view, Calculation of) {
    return view.beyond() == null ? null : view.beyond().tally(of.measure());
  }

  private static long count(SpanView view, PairIndex index, Calculation of) {
    Tally.Count beyond = (Tally.Count) beyond(view, of);
    return index.count(view.from(), view.to()) + (beyond == null ? 0 : beyond.count);
  }

  private void sums(int feature, Calculation of, SpanView view, PairIndex index) {
    if (view.beyond() != null || of.feature().aggregate() == Aggregate.STDDEV) {
      wideSums(feature, of, view, index);
      return;
    }
    long count = index.count(view.from(), view.to());
    if (count > 0) {
      boolean mean = of.feature().aggregate() == Aggregate.MEAN;
      long sum = index.sum(view.from(), view.to());
      values.put(feature, FixedPoint.quotient(sum, mean ? count : 1, of.unit()));
    }
  }

  /** Of what may not fit a long. */
  private void wideSums(int feature, Calculation of, SpanView view, PairIndex index) {
    boolean deviation = of.feature().aggregate() == Aggregate.STDDEV;
    Tally.Sum all = new Tally.Sum(deviation);
    all.count = index.count(view.from(), view.to());
    all.sum.add(index.sum(view.from(), view.to()));
    if (deviation) {
      index.addSquares(view.from(), view.to(), all.squares);
    }
    if (view.beyond() != null) {
      all.add(beyond(view, of));
    }
    if (all.count > 0) {
      values.put(
          feature,
          switch (of.feature().aggregate()) {
            case SUM -> FixedPoint.quotient(all.sum, 1, of.unit());
            case MEAN -> FixedPoint.quotient(all.sum, all.count, of.unit());
            default -> FixedPoint.deviation(all.count, all.sum, all.squares, of.unit());
          });
    }
  }

  private void extremes(int feature, Calculation of, SpanView view, PairIndex index) {
    Tally.Extremes extremes = new Tally.Extremes();
    index.addExtremes(entity.rows, view.from(), view.to(), extremes);
    if (view.beyond() != null) {
      extremes.add(beyond(view, of));
    }
    if (extremes.least <= extremes.greatest) {
      boolean least = of.feature().aggregate() == Aggregate.MIN;
      values.put(feature, (double) (least ? extremes.least : extremes.greatest) / of.unit());
    }
  }

  /** Whether the value is an estimate. */
  private boolean distinct(int feature, Calculation of, SpanView view, PairIndex index) {
    long count;
    boolean estimated = false;
    if (view.beyond() == null) {
      count = index.distinct(view.from(), view.to());
    } else {
      boolean ever = plan.spans().get(of.span()).span() instanceof Span.Ever;
      DistinctValues all =
          new DistinctValues(ever ? Measure.EVER_PRECISION : Measure.BUCKET_PRECISION);
      all.add(beyond(view, of));
      long[] column = entity.rows.values(plan.pairs().get(of.pair()).pair().column());
      index.forEachDistinct(view.from(), view.to(), row -> all.addHash(Hashes.mix(column[row])));
      count = all.count();
      estimated = all.isApproximate();
    }
    if (count > 0) {
      values.put(feature, count);
    }
    return estimated;
  }

  /** Whether the newest row is a retained one, so that those that left do not matter. */
  private boolean newest(int feature, Calculation of, SpanView view, PairIndex index) {
    int row = index.newest(view.from(), view.to());
    if (row >= 0) {
      int column = plan.pairs().get(of.pair()).pair().column();
      long value = column < 0 ? 0 : entity.rows.values(column)[row];
      String text = column < 0 ? null : entity.rows.text(column, row);
      newest(feature, of, entity.rows.time(row), value, text);
      return true;
    }
    if (view.beyond() != null) {
      Tally.Newest newest = (Tally.Newest) beyond(view, of);
      if (newest.present) {
        newest(feature, of, newest.time, newest.value, newest.text);
      }
    }
    return false;
  }

  private void newest(int feature, Calculation of, long newestTime, long value, String text) {
    switch (of.feature().aggregate()) {
      case LAST_TIME -> values.put(feature, newestTime);
      case TIME_SINCE -> values.put(feature, time - newestTime);
      default -> {
        if (text == null) {
          values.put(feature, (double) value / of.unit());
        } else {
          values.put(feature, text);
        }
      }
    }
  }

  /** Nothing is kept of rows that left: where they matter the value says so. */
  private void ofRetained(int feature, Calculation of) {
    SpanView view = views[of.span()];
    Pair pair = plan.pairs().get(of.pair()).pair();
    switch (of.feature().aggregate()) {
      case TOP -> {
        HeaviestValues heaviest = new HeaviestValues(entity.rows, pair, of);
        values.put(feature, heaviest.among(view.from(), view.to(), time));
      }
      case SESSIONS -> {
        Sessions sessions = sessions(of, pair);
        PairIndex index = entity.rows.index(of.pair());
        values.put(feature, sessions.count(index, view.from(), view.to()));
      }
      default -> {
        newestSession(feature, of, view, sessions(of, pair));
        return;
      }
    }
    long since = completeness.since(of, view);
    long known = view.departed() ? Math.max(since, entity.departed().time()) : since;
    values.mark(feature, view.departed(), known);
  }

  private Sessions sessions(Calculation of, Pair pair) {
    return new Sessions(entity.rows, pair, completeness.ofPair(pair), of.feature().gap());
  }

  private void newestSession(int feature, Calculation of, SpanView view, Sessions sessions) {
    Session newest = sessions.newest(view.from(), view.to());
    if (newest.events() > 0) {
      values.put(feature, newest.events());
    }
    boolean approximate =
        view.departed() && sessions.mayReachBack(newest, entity.departed().time());
    long since = completeness.since(of, view);
    values.mark(feature, approximate, sessions.isWhole(since) ? EntityFeatures.ALWAYS : since);
  }

  private void decayed(int feature, Calculation of) {
    DecayedSum sum = entity.decays.get(of.decay());
    Decay decay = plan.decays().get(of.decay());
    SpanView view = views[of.span()];
    RetainedRows rows = entity.rows;
    // Taking back and adding again is exact: it leaves no trace.
    for (int row = view.to(); row < rows.end(); row++) {
      if (rows.holds(decay.pair(), row)) {
        sum.remove(rows.time(row), rows.value(decay.pair(), row));
      }
    }
    if (sum.count() > 0 || of.feature().aggregate() == Aggregate.COUNT) {
      values.put(feature, sum.value(time) / of.unit());
    }
    for (int row = view.to(); row < rows.end(); row++) {
      if (rows.holds(decay.pair(), row)) {
        sum.add(rows.time(row), rows.value(decay.pair(), row));
      }
    }
    boolean forgot =
        sum.forgot(time) && (view.departed() || rows.time(rows.start()) < sum.forgottenBefore());
    values.mark(feature, view.approximate() || forgot, completeness.ofDecay(of.decay()));
  }

  private void ratio(int feature, Calculation of) {
    double divisor = values.number(of.divisor());
    double dividend = values.number(of.dividend());
    if (divisor != 0 && values.isPresent(of.divisor()) && values.isPresent(of.dividend())) {
      values.put(feature, dividend / divisor);
    }
    for (int part : new int[] {of.dividend(), of.divisor()}) {
      values.mark(feature, values.isApproximate(part), values.since(part));
    }
  }
}
