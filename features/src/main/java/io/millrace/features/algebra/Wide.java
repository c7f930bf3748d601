package io.millrace.features.algebra;

import io.millrace.features.bytes.ByteReader;
import io.millrace.features.bytes.ByteWriter;
import java.math.BigInteger;

/**
 * A 128-bit sum of integers. Exact in any order; squares of the greatest fixed-point values fit
 * 2^27 times.
 */
final class Wide {
  private static final int LONG = 0;
  private static final int FULL = 1;

  /** Bytes it takes at most. */
  static final int MAX_BYTES = 17;

  long high;
  long low;

  Wide() {}

  Wide(long high, long low) {
    this.high = high;
    this.low = low;
  }

  void add(long value) {
    add(value >> 63, value);
  }

  void add(long otherHigh, long otherLow) {
    low += otherLow;
    high += otherHigh + (Long.compareUnsigned(low, otherLow) < 0 ? 1 : 0);
  }

  void add(Wide other) {
    add(other.high, other.low);
  }

  void addProduct(long one, long other) {
    add(Math.multiplyHigh(one, other), one * other);
  }

  void subtract(long otherHigh, long otherLow) {
    high -= otherHigh + (Long.compareUnsigned(low, otherLow) < 0 ? 1 : 0);
    low -= otherLow;
  }

  boolean isZero() {
    return (high | low) == 0;
  }

  boolean fitsLong() {
    return high == low >> 63;
  }

  BigInteger exact() {
    return BigInteger.valueOf(high)
        .shiftLeft(64)
        .add(BigInteger.valueOf(low >>> 1).shiftLeft(1))
        .add(BigInteger.valueOf(low & 1));
  }

  /** As a double, to within the last place or two; the same sum gives the same bits. */
  double toDouble() {
    return fitsLong() ? low : high * 0x1p64 + (low >>> 11) * 0x1p11 + (low & 0x7FF);
  }

  void write(ByteWriter out) {
    if (fitsLong()) {
      out.writeByte(LONG);
      out.writeSignedVarLong(low);
    } else {
      out.writeByte(FULL);
      out.writeLong(high);
      out.writeLong(low);
    }
  }

  static Wide read(ByteReader in) {
    if (in.readByte() == FULL) {
      return new Wide(in.readLong(), in.readLong());
    }
    Wide read = new Wide();
    read.add(in.readSignedVarLong());
    return read;
  }
}
