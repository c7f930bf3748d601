package io.millrace.features.algebra;

import io.millrace.features.algebra.EntityFeatures.Departed;
import io.millrace.features.algebra.Plan.SpanUse;
import io.millrace.features.algebra.Tail.Bucket;

/**
 * What a span comes to as of a moment: the retained rows in it, and a summary of those in it that
 * are not retained.
 *
 * @param from its first retained row
 * @param to behind its last retained row
 * @param begin events after this time are in it
 * @param departed whether rows that are not retained may be in it
 * @param beyond what is known of these, null for nothing
 * @param approximate whether some of these may be counted that are not in it, or the reverse
 * @param since complete for events after this time, {@link EntityFeatures#ALWAYS} if it is whole
 */
record SpanView(
    int from,
    int to,
    long begin,
    boolean departed,
    Summary beyond,
    boolean approximate,
    long since) {

  /**
   * As of (time, tie).
   *
   * @param place as {@link RetainedRows#placeOf} says of these
   */
  static SpanView of(EntityFeatures entity, SpanUse use, long time, long tie, int place) {
    RetainedRows rows = entity.rows;
    int to = use.current() && rows.isAt(place, time, tie) ? place + 1 : place;
    if (use.span() instanceof Span.Sliding sliding) {
      long end = time - sliding.delay().toMillis();
      long begin = end - sliding.window().toMillis();
      int last = sliding.delay().isZero() ? to : rows.after(end);
      return sliding(entity, rows.after(begin), last, begin, end, time, tie);
    }
    Departed departed = entity.departed();
    return new SpanView(
        rows.start(),
        to,
        EntityFeatures.ALWAYS,
        departed.any(),
        departed.any() ? entity.ever : null,
        departed.reaches(time, tie),
        EntityFeatures.ALWAYS);
  }

  private static SpanView sliding(
      EntityFeatures entity, int from, int to, long begin, long end, long time, long tie) {
    Departed departed = entity.departed();
    if (!departed.any() || departed.time() <= begin) {
      return new SpanView(from, to, begin, false, null, false, EntityFeatures.ALWAYS);
    }
    boolean approximate = departed.reaches(time, tie) || departed.lost() > begin;
    Summary beyond = null;
    for (Bucket bucket : entity.tail.buckets()) {
      approximate |= bucket.straddles(begin, end);
      if (bucket.counts(begin, end)) {
        beyond =
            beyond == null
                ? new Summary(entity.set.plan().tailMeasures(), Measure.BUCKET_PRECISION)
                : beyond;
        beyond.add(bucket.summary());
      }
    }
    long since = departed.lost() > begin ? departed.lost() : EntityFeatures.ALWAYS;
    return new SpanView(from, to, begin, true, beyond, approximate, since);
  }
}
