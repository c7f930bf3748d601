package io.millrace.features.algebra;

import io.millrace.features.bytes.ByteReader;
import io.millrace.features.bytes.ByteWriter;
import java.util.Collection;
import java.util.List;
import java.util.TreeMap;

/**
 * Rows that had to leave though a window may still reach them, in buckets aligned to event time. A
 * window is exact to the bucket there.
 */
final class Tail {
  private final Plan plan;
  private final TreeMap<Long, Bucket> buckets = new TreeMap<>();

  /** Rows of a stretch of time, summed up. */
  static final class Bucket {
    private final Summary summary;
    private long oldest = Long.MAX_VALUE;
    private long newest = Long.MIN_VALUE;

    private Bucket(Plan plan) {
      summary = new Summary(plan.tailMeasures(), Measure.BUCKET_PRECISION);
    }

    Summary summary() {
      return summary;
    }

    private void add(Bucket other) {
      summary.add(other.summary);
      oldest = Math.min(oldest, other.oldest);
      newest = Math.max(newest, other.newest);
    }

    /** Whether some of its rows are in (begin, end], and some may not be. */
    boolean straddles(long begin, long end) {
      return oldest <= end && newest > begin && (oldest <= begin || newest > end);
    }

    /** Whether it counts for (begin, end]: its middle is inside. */
    boolean counts(long begin, long end) {
      long middle = oldest + (newest - oldest) / 2;
      return middle > begin && middle <= end;
    }
  }

  Tail(Plan plan) {
    this.plan = plan;
  }

  /**
   * Adds a row that leaves.
   *
   * @return false if no window reaches it any more as of the newest row
   */
  boolean add(KeptRow row, long newestTime) {
    long start = startOf(row.time());
    if (plan.reach() == 0 || isExpired(start, newestTime)) {
      return false;
    }
    Bucket bucket = buckets.computeIfAbsent(start, s -> new Bucket(plan));
    bucket.summary.add(row);
    bucket.oldest = Math.min(bucket.oldest, row.time());
    bucket.newest = Math.max(bucket.newest, row.time());
    return true;
  }

  private long startOf(long time) {
    return Math.floorDiv(time, plan.bucketWidth()) * plan.bucketWidth();
  }

  private boolean isExpired(long start, long newestTime) {
    return start <= newestTime - plan.bucketRetention();
  }

  /**
   * Drops buckets that no window reaches any more.
   *
   * @return the time of the newest row dropped, {@link EntityFeatures#ALWAYS} if there is none
   */
  long expire(long newestTime) {
    long dropped = EntityFeatures.ALWAYS;
    while (!buckets.isEmpty() && isExpired(buckets.firstKey(), newestTime)) {
      dropped = Math.max(dropped, buckets.pollFirstEntry().getValue().newest);
    }
    return dropped;
  }

  Collection<Bucket> buckets() {
    return buckets.values();
  }

  void write(ByteWriter out) {
    out.writeVarLong(buckets.size());
    buckets.forEach(
        (start, bucket) -> {
          out.writeSignedVarLong(bucket.oldest);
          out.writeVarLong(bucket.newest - bucket.oldest);
          bucket.summary.write(out);
        });
  }

  /** Reads buckets of a layout, which may have been of another width: they merge into these. */
  void read(ByteReader in, List<Measure.Kind> kinds, int[] places) {
    for (int rest = in.readVarInt(); rest > 0; rest--) {
      Bucket bucket = new Bucket(plan);
      bucket.oldest = in.readSignedVarLong();
      bucket.newest = bucket.oldest + in.readVarLong();
      bucket.summary.read(in, kinds, places, Measure.BUCKET_PRECISION);
      buckets.merge(startOf(bucket.oldest), bucket, Tail::merged);
    }
  }

  private static Bucket merged(Bucket one, Bucket other) {
    one.add(other);
    return one;
  }
}
