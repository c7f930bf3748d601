package io.millrace.operators.state;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Keys to be gone through again and again, one at a time, while more come: a million keys of 12
 * bytes take 13 to 20 MB. State backends cannot be walked through while they are written to. Not
 * safe for use by several threads.
 */
public final class KeyRing {
  private static final int MAX_KEY_BYTES = 255;

  private byte[] bytes = new byte[1_024];
  private int length;
  private int size;
  private int next;

  /**
   * Adds a key, which comes last from here.
   *
   * @param key of at most 255 bytes
   */
  public void add(String key) {
    byte[] text = key.getBytes(StandardCharsets.UTF_8);
    if (text.length > MAX_KEY_BYTES) {
      throw new IllegalArgumentException("a key has " + text.length + " bytes, 255 at most");
    }
    if (length + text.length + 1 > bytes.length) {
      bytes = Arrays.copyOf(bytes, bytes.length + bytes.length / 2);
    }
    bytes[length] = (byte) text.length;
    System.arraycopy(text, 0, bytes, length + 1, text.length);
    length += text.length + 1;
    size++;
  }

  /** Keys added. */
  public int size() {
    return size;
  }

  /** The key after the one of the last call, the first after the last. There must be one. */
  public String next() {
    if (next == length) {
      next = 0;
    }
    int textLength = bytes[next] & 0xFF;
    String key = new String(bytes, next + 1, textLength, StandardCharsets.UTF_8);
    next += textLength + 1;
    return key;
  }
}
