package io.millrace.features.quality;

import io.millrace.features.bytes.ByteReader;
import io.millrace.features.bytes.ByteWriter;
import java.util.Objects;

/**
 * A next click held against the list the visitor had been given; or that a visitor has come into a
 * bucket, which judges nothing.
 *
 * @param time event time, milliseconds since the epoch
 * @param bucket of the experiment the visitor is in
 * @param visitor hash of the visitor
 * @param list what the visitor had been given; null if this is the visitor's coming into the bucket
 * @param rank place of the item clicked, from 1; 0 if it was on none
 * @param itemsOnSale how many items the catalogue may show at present, 0 if no catalogue is known
 */
public record QualityEvent(
    long time, String bucket, long visitor, ServedList list, int rank, int itemsOnSale) {
  private static final int LAYOUT = 1;
  private static final int BYTES = 64 + ServedList.PLACES * (Long.BYTES + 1);

  public QualityEvent {
    Objects.requireNonNull(bucket, "bucket");
    int places = list == null ? 0 : list.size();
    if (rank < 0 || rank > places) {
      throw new IllegalArgumentException("rank " + rank + " is on none of " + places + " places");
    }
    if (itemsOnSale < 0) {
      throw new IllegalArgumentException(itemsOnSale + " items on sale are impossible");
    }
  }

  /** A visitor has come into a bucket for the first time. */
  public static QualityEvent came(long time, String bucket, long visitor) {
    return new QualityEvent(time, bucket, visitor, null, 0, 0);
  }

  /** As it crosses the network. */
  public byte[] toBytes() {
    ByteWriter out = new ByteWriter(BYTES);
    out.writeByte(LAYOUT);
    out.writeSignedVarLong(time);
    out.writeText(bucket);
    out.writeLong(visitor);
    out.writeByte(list == null ? 0 : 1);
    if (list != null) {
      list.write(out);
      out.writeByte(rank);
    }
    out.writeVarLong(itemsOnSale);
    return out.toBytes();
  }

  /** Reads what {@link #toBytes} wrote. */
  public static QualityEvent ofBytes(byte[] bytes) {
    ByteReader in = new ByteReader(bytes);
    in.readVersion("a click held against a list", LAYOUT);
    long time = in.readSignedVarLong();
    String bucket = in.readText();
    long visitor = in.readLong();
    boolean judged = in.readByte() == 1;
    ServedList list = judged ? ServedList.read(in) : null;
    int rank = judged ? in.readByte() : 0;
    return new QualityEvent(time, bucket, visitor, list, rank, in.readVarInt());
  }
}
