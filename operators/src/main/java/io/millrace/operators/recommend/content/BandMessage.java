package io.millrace.operators.recommend.content;

import io.millrace.operators.types.FlatTypeInfo;

/**
 * What one item tells one of its buckets: that it is in it, or in it no more.
 *
 * @param band key of the bucket, see {@link io.millrace.features.content.ContentSignature#bands}
 * @param number which band of the item's signature it is, from 0
 * @param item the item
 * @param time when its content was so, milliseconds since the epoch
 * @param hashes of the item, see {@link io.millrace.features.content.ContentSignature#hashes}; none
 *     where it leaves
 */
public record BandMessage(long band, int number, String item, long time, byte[] hashes) {
  /** How it crosses the network. */
  public static final FlatTypeInfo<BandMessage> TYPE =
      new FlatTypeInfo<>(BandMessage.class, new BandMessageSerializer());

  private static final byte[] NONE = {};

  static BandMessage leave(long band, int number, String item) {
    return new BandMessage(band, number, item, 0, NONE);
  }

  boolean leaves() {
    return hashes.length == 0;
  }

  /** The key of the bucket as the key of a stream. */
  public String key() {
    return Long.toHexString(band);
  }
}
