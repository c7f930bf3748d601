package io.millrace.features.content;

import io.millrace.features.bytes.ByteReader;
import io.millrace.features.bytes.ByteWriter;

/**
 * What was last made of one item's content.
 *
 * @param fingerprint of the content, see {@link ContentTokens#fingerprint}
 * @param bands the buckets the item is in, none if it has no content
 */
public record SignedItem(long fingerprint, long[] bands) {
  private static final int VERSION = 1;

  /** Its flat bytes. */
  public byte[] toBytes() {
    ByteWriter writer = new ByteWriter(16 + 8 * bands.length);
    writer.writeByte(VERSION);
    writer.writeLong(fingerprint);
    writer.writeVarLong(bands.length);
    for (long band : bands) {
      writer.writeLong(band);
    }
    return writer.toBytes();
  }

  /** Reads what {@link #toBytes} wrote. */
  public static SignedItem ofBytes(byte[] bytes) {
    ByteReader reader = new ByteReader(bytes);
    reader.readVersion("signed item", VERSION);
    long fingerprint = reader.readLong();
    long[] bands = new long[reader.readVarInt()];
    for (int i = 0; i < bands.length; i++) {
      bands[i] = reader.readLong();
    }
    return new SignedItem(fingerprint, bands);
  }
}
