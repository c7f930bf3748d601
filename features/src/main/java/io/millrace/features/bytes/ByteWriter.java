package io.millrace.features.bytes;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Writes a flat value into a growing array; reusable after {@link #reset()}. */
public final class ByteWriter {
  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);
  private static final VarHandle INTS =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);

  private byte[] buffer;
  private int length;

  public ByteWriter(int initialCapacity) {
    buffer = new byte[initialCapacity];
  }

  /** Forgets what was written and keeps the array. */
  public void reset() {
    length = 0;
  }

  /** Bytes written so far. */
  public int length() {
    return length;
  }

  /** A copy of what was written. */
  public byte[] toBytes() {
    return Arrays.copyOf(buffer, length);
  }

  /** The lowest 8 bits. */
  public void writeByte(int value) {
    reserve(1);
    buffer[length++] = (byte) value;
  }

  /** Eight bytes, big endian. */
  public void writeLong(long value) {
    reserve(Long.BYTES);
    LONGS.set(buffer, length, value);
    length += Long.BYTES;
  }

  /** Four bytes, big endian. */
  public void writeInt(int value) {
    reserve(Integer.BYTES);
    INTS.set(buffer, length, value);
    length += Integer.BYTES;
  }

  /** Seven bits a byte, lowest first; short for small numbers, negative ones take ten bytes. */
  public void writeVarLong(long value) {
    reserve(10);
    long rest = value;
    while ((rest & ~0x7FL) != 0) {
      buffer[length++] = (byte) (rest | 0x80);
      rest >>>= 7;
    }
    buffer[length++] = (byte) rest;
  }

  /** A number of either sign, short where its magnitude is small. */
  public void writeSignedVarLong(long value) {
    writeVarLong((value << 1) ^ (value >> 63));
  }

  /** The length in bytes, then UTF-8. */
  public void writeText(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    writeVarLong(bytes.length);
    writeBytes(bytes);
  }

  /** The bytes as they are, without their number. */
  public void writeBytes(byte[] bytes) {
    writeBytes(bytes, 0, bytes.length);
  }

  /** Bytes of an array from a place on, without their number. */
  public void writeBytes(byte[] bytes, int from, int count) {
    reserve(count);
    System.arraycopy(bytes, from, buffer, length, count);
    length += count;
  }

  /** What another writer wrote, without its length. */
  public void writeBytes(ByteWriter other) {
    writeBytes(other.buffer, 0, other.length);
  }

  private void reserve(int more) {
    if (length + more > buffer.length) {
      buffer = Arrays.copyOf(buffer, Math.max(buffer.length * 2, length + more));
    }
  }
}
