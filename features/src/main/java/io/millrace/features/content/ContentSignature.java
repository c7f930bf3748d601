package io.millrace.features.content;

import io.millrace.features.session.Hashes;

/**
 * The MinHash of an item's tokens, in the two forms that are needed: a key for each band, equal
 * exactly where two items agree in all hashes of the band, and one byte of each hash, from which
 * the similarity of any two items is estimated with a standard error of √(s(1−s)/hashes).
 *
 * @param bands keys of the item's buckets
 * @param hashes the lowest byte of each hash, band after band
 */
public record ContentSignature(long[] bands, byte[] hashes) {
  /** Two different hashes have the same lowest byte once in so many times. */
  private static final double BYTES = 256;

  /**
   * Takes the hashes of a set.
   *
   * @param full the least value of each hash function over the set, band after band
   */
  public static ContentSignature of(int[] full, ContentSettings settings) {
    long[] bands = new long[settings.bands()];
    byte[] hashes = new byte[full.length];
    long id = settings.signatureId();
    for (int band = 0; band < bands.length; band++) {
      long key = id + band;
      for (int i = band * settings.rows(); i < (band + 1) * settings.rows(); i++) {
        key = Hashes.mix(key * 31 + full[i]);
        hashes[i] = (byte) full[i];
      }
      bands[band] = key;
    }
    return new ContentSignature(bands, hashes);
  }

  /**
   * Estimates the Jaccard similarity of the sets behind two signatures.
   *
   * @return in {@link ContentSettings#SIMILARITY_PARTS} parts of 1, corrected for bytes that agree
   *     by chance
   */
  public static int similarity(byte[] hashes, byte[] others) {
    int agreeing = 0;
    for (int i = 0; i < hashes.length; i++) {
      agreeing += hashes[i] == others[i] ? 1 : 0;
    }
    double share = (double) agreeing / hashes.length;
    double corrected = (share - 1 / BYTES) / (1 - 1 / BYTES);
    return (int) Math.round(Math.max(0, corrected) * ContentSettings.SIMILARITY_PARTS);
  }

  /** The lowest band in which two signatures agree by their bytes, -1 for none. */
  static int lowestSharedBand(byte[] hashes, byte[] others, int rows) {
    for (int start = 0; start < hashes.length; start += rows) {
      int i = start;
      while (i < start + rows && hashes[i] == others[i]) {
        i++;
      }
      if (i == start + rows) {
        return start / rows;
      }
    }
    return -1;
  }
}
