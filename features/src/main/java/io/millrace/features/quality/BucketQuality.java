package io.millrace.features.quality;

import io.millrace.features.bytes.ByteReader;
import io.millrace.features.bytes.ByteWriter;
import io.millrace.features.decision.Interval;

/** Running totals of one bucket of an experiment. Not safe for use by several threads. */
final class BucketQuality {
  private long visitors;
  private GroupedHits hits = new GroupedHits();

  BucketQuality() {}

  /** Visitors who came into the bucket. */
  long visitors() {
    return visitors;
  }

  /** Next clicks that were judged. */
  long events() {
    return hits.events();
  }

  /**
   * Share of the clicks on one of the first 20 places, with its 95 % interval. Where all visitors
   * did alike, the interval has no width.
   *
   * @return null while clicks of too few visitors were judged to tell
   */
  Interval hitRate() {
    return shareOf(hits.hitRate());
  }

  /** Mean of 1 / rank over the clicks, 0 for one on no place; otherwise as {@link #hitRate}. */
  Interval reciprocalRank() {
    return shareOf(hits.reciprocalRank());
  }

  private static Interval shareOf(GroupedRatio ratio) {
    return ratio == null ? null : ratio.asShare();
  }

  void add(MinuteQuality minute) {
    visitors += minute.visitors();
    hits.add(minute.hits());
  }

  void add(BucketQuality other) {
    visitors += other.visitors;
    hits.add(other.hits);
  }

  void write(ByteWriter out) {
    out.writeVarLong(visitors);
    hits.write(out);
  }

  static BucketQuality read(ByteReader in) {
    BucketQuality read = new BucketQuality();
    read.visitors = in.readVarLong();
    read.hits = GroupedHits.read(in);
    return read;
  }
}
