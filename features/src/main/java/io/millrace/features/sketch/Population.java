package io.millrace.features.sketch;

import io.millrace.features.bytes.ByteReader;
import io.millrace.features.bytes.ByteWriter;
import java.util.Arrays;

/**
 * How a number is spread over a population whose members come, change and go: how many there are in
 * each bucket. Counts add up, so nothing depends on the order of what happened, and whoever changes
 * is taken out and put in again exactly. Sketches that are made for streams cannot take anything
 * out. Not safe for use by several threads.
 */
public final class Population {
  private static final int LAYOUT = 1;

  /** Ascending; those of {@code counts} that are 0 have no bucket. */
  private int[] buckets = new int[4];

  private long[] counts = new long[4];
  private int used;
  private long size;

  /**
   * Members come into a bucket, or leave it.
   *
   * @param count how many, negative if they leave
   */
  public void add(int bucket, long count) {
    int place = Arrays.binarySearch(buckets, 0, used, bucket);
    if (place < 0) {
      place = -place - 1;
      insert(place, bucket);
    }
    counts[place] += count;
    size += count;
    if (counts[place] == 0) {
      remove(place);
    }
  }

  private void insert(int place, int bucket) {
    if (used == buckets.length) {
      buckets = Arrays.copyOf(buckets, used + used / 2 + 1);
      counts = Arrays.copyOf(counts, buckets.length);
    }
    System.arraycopy(buckets, place, buckets, place + 1, used - place);
    System.arraycopy(counts, place, counts, place + 1, used - place);
    buckets[place] = bucket;
    counts[place] = 0;
    used++;
  }

  private void remove(int place) {
    System.arraycopy(buckets, place + 1, buckets, place, used - place - 1);
    System.arraycopy(counts, place + 1, counts, place, used - place - 1);
    used--;
  }

  /** Members. */
  public long size() {
    return size;
  }

  /** Buckets that have members. */
  public int buckets() {
    return used;
  }

  /**
   * The share of the members that are below a bucket, those within it half: 0 to 1, NaN without
   * members.
   */
  public double rank(int bucket) {
    long below = 0;
    for (int i = 0; i < used && buckets[i] < bucket; i++) {
      below += counts[i];
    }
    int place = Arrays.binarySearch(buckets, 0, used, bucket);
    double within = place < 0 ? 0 : counts[place] / 2.0;
    return (below + within) / size;
  }

  /**
   * What divides the population into parts of the same size: the k-th is the first bucket at which
   * k parts of the members, rounded up, are reached.
   *
   * @return one fewer than there are parts, none without members
   */
  public int[] cuts(int parts) {
    if (size <= 0) {
      return new int[0];
    }
    int[] cuts = new int[parts - 1];
    long below = 0;
    int place = -1;
    for (int part = 1; part < parts; part++) {
      long wanted = (part * size + parts - 1) / parts;
      while (below < wanted) {
        below += counts[++place];
      }
      cuts[part - 1] = buckets[place];
    }
    return cuts;
  }

  /** The part that a bucket falls into, from 1; of several, the middle one. */
  public static int part(int bucket, int[] cuts) {
    int below = 0;
    while (below < cuts.length && cuts[below] < bucket) {
      below++;
    }
    int reached = below;
    while (reached < cuts.length && cuts[reached] == bucket) {
      reached++;
    }
    return 1 + (below + reached) / 2;
  }

  /** The state value. */
  public byte[] toBytes() {
    ByteWriter out = new ByteWriter(16 + 4 * used);
    out.writeByte(LAYOUT);
    out.writeVarLong(used);
    int before = 0;
    for (int i = 0; i < used; i++) {
      out.writeSignedVarLong((long) buckets[i] - before);
      out.writeSignedVarLong(counts[i]);
      before = buckets[i];
    }
    return out.toBytes();
  }

  /** Reads a state value. */
  public static Population ofBytes(byte[] bytes) {
    ByteReader in = new ByteReader(bytes);
    in.readVersion("a population", LAYOUT);
    Population population = new Population();
    int bucket = 0;
    for (int rest = in.readVarInt(); rest > 0; rest--) {
      bucket += (int) in.readSignedVarLong();
      population.add(bucket, in.readSignedVarLong());
    }
    return population;
  }
}
