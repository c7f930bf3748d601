package io.millrace.features.quality;

import io.millrace.features.bytes.ByteReader;
import io.millrace.features.bytes.ByteWriter;
import io.millrace.features.session.Hashes;

/**
 * Judged clicks and hits by rank, as counts, in groups of visitors: all clicks of a visitor are in
 * one group, so that groups are independent though the clicks of a visitor are not.
 */
final class GroupedHits {
  /** Groups the visitors are in. */
  static final int GROUPS = 32;

  /** Sets the groups apart from other splits by the same hash, such as that into buckets. */
  private static final long SALT = 0x6A09E667F3BCC908L;

  /** Of each group the clicks judged, then the hits on each rank. */
  private static final int WIDTH = 1 + ServedList.PLACES;

  private final long[] counts = new long[GROUPS * WIDTH];

  /**
   * Adds a click.
   *
   * @param visitor hash of the visitor
   * @param rank of the item clicked, 0 for none
   */
  void add(long visitor, int rank) {
    int group = (int) Long.remainderUnsigned(Hashes.mix(visitor ^ SALT), GROUPS);
    counts[group * WIDTH]++;
    if (rank > 0) {
      counts[group * WIDTH + rank]++;
    }
  }

  void add(GroupedHits other) {
    for (int i = 0; i < counts.length; i++) {
      counts[i] += other.counts[i];
    }
  }

  /** All clicks judged. */
  long events() {
    return sum(0);
  }

  /** All hits. */
  long hits() {
    long sum = 0;
    for (int rank = 1; rank <= ServedList.PLACES; rank++) {
      sum += sum(rank);
    }
    return sum;
  }

  /** Sum of 1 / rank over all hits. */
  double reciprocalRanks() {
    double sum = 0;
    for (int rank = 1; rank <= ServedList.PLACES; rank++) {
      sum += (double) sum(rank) / rank;
    }
    return sum;
  }

  private long sum(int column) {
    long sum = 0;
    for (int group = 0; group < GROUPS; group++) {
      sum += counts[group * WIDTH + column];
    }
    return sum;
  }

  /** Hits by click, null while fewer than two groups have clicks. */
  GroupedRatio hitRate() {
    double[] hits = new double[GROUPS];
    for (int group = 0; group < GROUPS; group++) {
      for (int rank = 1; rank <= ServedList.PLACES; rank++) {
        hits[group] += counts[group * WIDTH + rank];
      }
    }
    return GroupedRatio.of(hits, clicks());
  }

  /** 1 / rank by click, null while fewer than two groups have clicks. */
  GroupedRatio reciprocalRank() {
    double[] sums = new double[GROUPS];
    for (int group = 0; group < GROUPS; group++) {
      for (int rank = 1; rank <= ServedList.PLACES; rank++) {
        sums[group] += (double) counts[group * WIDTH + rank] / rank;
      }
    }
    return GroupedRatio.of(sums, clicks());
  }

  private double[] clicks() {
    double[] clicks = new double[GROUPS];
    for (int group = 0; group < GROUPS; group++) {
      clicks[group] = counts[group * WIDTH];
    }
    return clicks;
  }

  /** A group without clicks takes one byte. */
  void write(ByteWriter out) {
    for (int from = 0; from < counts.length; from += WIDTH) {
      out.writeVarLong(counts[from]);
      for (int rank = 1; rank < WIDTH && counts[from] > 0; rank++) {
        out.writeVarLong(counts[from + rank]);
      }
    }
  }

  static GroupedHits read(ByteReader in) {
    GroupedHits read = new GroupedHits();
    for (int from = 0; from < read.counts.length; from += WIDTH) {
      read.counts[from] = in.readVarLong();
      for (int rank = 1; rank < WIDTH && read.counts[from] > 0; rank++) {
        read.counts[from + rank] = in.readVarLong();
      }
    }
    return read;
  }
}
