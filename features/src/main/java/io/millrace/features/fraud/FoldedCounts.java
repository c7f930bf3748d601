package io.millrace.features.fraud;

import io.millrace.features.bytes.ByteReader;
import io.millrace.features.bytes.ByteWriter;
import java.util.Map;
import java.util.TreeMap;

/**
 * Payments and frauds in buckets of time: what windows know of payments that are not kept one by
 * one. A bucket is in a window by the time of its first payment, so a window is exact to a bucket.
 */
final class FoldedCounts {
  /** Most buckets, several times what windows reach; of more the earliest go. */
  static final int MAX_BUCKETS = 1_024;

  /** By the time of the first payment. */
  private final TreeMap<Long, long[]> buckets = new TreeMap<>();

  /**
   * Counts a payment.
   *
   * @param time not before those counted already
   * @param width of a bucket, milliseconds
   */
  void add(long time, boolean fraud, long width) {
    Map.Entry<Long, long[]> last = buckets.lastEntry();
    if (last == null || time - last.getKey() >= width) {
      buckets.put(time, new long[] {1, fraud ? 1 : 0});
      if (buckets.size() > MAX_BUCKETS) {
        buckets.pollFirstEntry();
      }
    } else {
      last.getValue()[0]++;
      last.getValue()[1] += fraud ? 1 : 0;
    }
  }

  /** Lets go of what begins no later than a time. */
  void forget(long until) {
    buckets.headMap(until, true).clear();
  }

  /** Payments later than {@code from}, up to {@code to}. */
  long payments(long from, long to) {
    return sum(from, to, 0);
  }

  /** Frauds among them. */
  long frauds(long from, long to) {
    return sum(from, to, 1);
  }

  private long sum(long from, long to, int number) {
    if (buckets.isEmpty() || from >= to) {
      return 0;
    }
    long sum = 0;
    for (long[] each : buckets.subMap(from, false, to, true).values()) {
      sum += each[number];
    }
    return sum;
  }

  void write(ByteWriter out) {
    out.writeVarLong(buckets.size());
    buckets.forEach(
        (time, bucket) -> {
          out.writeSignedVarLong(time);
          out.writeVarLong(bucket[0]);
          out.writeVarLong(bucket[1]);
        });
  }

  static FoldedCounts read(ByteReader in) {
    FoldedCounts read = new FoldedCounts();
    for (int rest = in.readVarInt(); rest > 0; rest--) {
      read.buckets.put(in.readSignedVarLong(), new long[] {in.readVarLong(), in.readVarLong()});
    }
    return read;
  }
}
