package io.millrace.features.content;

import io.millrace.features.bytes.ByteReader;
import io.millrace.features.bytes.ByteWriter;

/** What was last made of one item's content: its fingerprint, and the buckets the item is in. */
public final class SignedItem {
  private static final int VERSION = 1;
  private static final long[] NONE = {};

  private long fingerprint;
  private long[] bands = NONE;

  /** Of the content, see {@link ContentTokens#fingerprint}; means nothing where it is in none. */
  public long fingerprint() {
    return fingerprint;
  }

  /** The buckets, see {@link ContentSignature#bands}; not to be changed. */
  public long[] bands() {
    return bands;
  }

  /** Whether the item is in no bucket, and nothing need be kept of it. */
  public boolean isEmpty() {
    return bands.length == 0;
  }

  /** Replaces both. */
  public void set(long newFingerprint, long[] newBands) {
    fingerprint = newFingerprint;
    bands = newBands;
  }

  /** Forgets both. */
  public void clear() {
    set(0, NONE);
  }

  /** Its flat bytes. */
  public byte[] toBytes() {
    ByteWriter writer = new ByteWriter(16 + Long.BYTES * bands.length);
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
    SignedItem read = new SignedItem();
    read.fingerprint = reader.readLong();
    read.bands = new long[reader.readVarInt()];
    for (int i = 0; i < read.bands.length; i++) {
      read.bands[i] = reader.readLong();
    }
    return read;
  }
}
