package io.millrace.features.content;

import io.millrace.features.session.Hashes;
import java.io.Serializable;

/**
 * How like items are found. Two items of Jaccard similarity s share a band, and so find each other,
 * with probability 1 − (1 − s^rows)^bands.
 *
 * <p>Other bands or rows hold for an item from the next change of its content on; until then it
 * finds none of the items signed anew.
 *
 * @param bands buckets an item is in, 1 to 64
 * @param rows hashes that must agree within a band, 1 to 8; bands × rows at most 255
 * @param minSimilarity estimated similarity below which two items are not alike, 0 to 1
 * @param bucketSize K, items a bucket keeps: the newest, 2 to 1,000
 */
public record ContentSettings(int bands, int rows, double minSimilarity, int bucketSize)
    implements Serializable {
  /** Similarities are counted in so many parts of 1, which one byte holds. */
  public static final int SIMILARITY_PARTS = 255;

  /** Of the hash functions; part of what state holds. */
  public static final long SEED = 20_100_426;

  /**
   * Half of the pairs of similarity 0.21 find each other, 19 of 20 at 0.41. Two rows suit titles of
   * a few words; where hundreds of thousands of items have much in common, three rows keep the
   * buckets small.
   */
  public static final ContentSettings DEFAULT = new ContentSettings(16, 2, 0.2, 24);

  public ContentSettings {
    requireWithin("bands", bands, 1, 64);
    requireWithin("rows", rows, 1, 8);
    requireWithin("bands × rows", bands * rows, 1, SIMILARITY_PARTS);
    requireWithin("bucketSize", bucketSize, 2, 1_000);
    if (!(minSimilarity >= 0 && minSimilarity <= 1)) {
      throw new IllegalArgumentException("minSimilarity " + minSimilarity + " is not in 0..1");
    }
  }

  private static void requireWithin(String name, int value, int least, int most) {
    if (value < least || value > most) {
      throw new IllegalArgumentException(name + " " + value + " is not in " + least + ".." + most);
    }
  }

  /** Hashes of a signature. */
  public int hashes() {
    return bands * rows;
  }

  /** Signatures can be compared where this is the same. */
  public long signatureId() {
    return Hashes.of("min hash 1, " + bands + " x " + rows + ", " + SEED);
  }
}
