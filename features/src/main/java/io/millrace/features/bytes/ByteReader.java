package io.millrace.features.bytes;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Reads what {@link ByteWriter} wrote. Running off the end throws IndexOutOfBoundsException. */
public final class ByteReader {
  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);
  private static final VarHandle INTS =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);

  private final byte[] bytes;
  private int position;

  public ByteReader(byte[] bytes) {
    this.bytes = bytes;
  }

  /**
   * Reads the version every state value begins with.
   *
   * @throws IllegalStateException if it is newer than {@code newest}, that is, of a later release
   */
  public int readVersion(String what, int newest) {
    int version = readByte();
    if (version < 1 || version > newest) {
      throw new IllegalStateException(
          what
              + " has layout version "
              + version
              + "; this release reads 1 to "
              + newest
              + ": restore with the release that wrote it");
    }
    return version;
  }

  /** One byte, 0 to 255. */
  public int readByte() {
    return bytes[position++] & 0xFF;
  }

  /** Eight bytes, big endian. */
  public long readLong() {
    long value = (long) LONGS.get(bytes, position);
    position += Long.BYTES;
    return value;
  }

  /** Four bytes, big endian. */
  public int readInt() {
    int value = (int) INTS.get(bytes, position);
    position += Integer.BYTES;
    return value;
  }

  /** A number written by {@link ByteWriter#writeVarLong}. */
  public long readVarLong() {
    long value = 0;
    for (int shift = 0; ; shift += 7) {
      int next = readByte();
      value |= (long) (next & 0x7F) << shift;
      if (next < 0x80) {
        return value;
      }
    }
  }

  /** A small number written by {@link ByteWriter#writeVarLong}. */
  public int readVarInt() {
    return (int) readVarLong();
  }

  /** A number written by {@link ByteWriter#writeSignedVarLong}. */
  public long readSignedVarLong() {
    long value = readVarLong();
    return (value >>> 1) ^ -(value & 1);
  }

  /** A text written by {@link ByteWriter#writeText}. */
  public String readText() {
    int length = readVarInt();
    String text = new String(bytes, position, length, StandardCharsets.UTF_8);
    position += length;
    return text;
  }

  /**
   * Texts written by {@link ByteWriter#writeText}, as they stand, each behind its length.
   *
   * @param ends is filled with where each text ends; its length is their number
   */
  public byte[] readTexts(int[] ends) {
    int from = position;
    for (int i = 0; i < ends.length; i++) {
      int length = readVarInt();
      position += length;
      ends[i] = position - from;
    }
    position = from;
    return readBytes(ends.length == 0 ? 0 : ends[ends.length - 1]);
  }

  /** So many bytes, written by {@link ByteWriter#writeBytes}. */
  public byte[] readBytes(int size) {
    if (size > bytes.length - position) {
      throw new IndexOutOfBoundsException(size + " bytes wanted, " + (bytes.length - position));
    }
    byte[] read = Arrays.copyOfRange(bytes, position, position + size);
    position += size;
    return read;
  }
}
