package io.millrace.operators.state;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.function.LongSupplier;

/**
 * Keys to be visited one after the other, in slices of time, while more of them come: a million
 * keys of 12 bytes take 13 to 20 MB. State backends cannot be walked through while they are written
 * to. Not safe for use by several threads.
 */
public final class KeyRing {
  private static final int MAX_KEY_BYTES = 255;

  /** Keys visited between two looks at the clock. */
  private static final int BATCH = 32;

  private byte[] bytes = new byte[1_024];
  private int length;
  private int size;
  private int next;
  private int left;

  /** What is done at a key. */
  @FunctionalInterface
  public interface Visit {
    /** Visits a key. */
    void at(String key) throws IOException;
  }

  /**
   * Adds a key. A round that is under way does not visit it.
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

  /** Takes a key out again; goes through all keys. */
  public void remove(String key) {
    byte[] text = key.getBytes(StandardCharsets.UTF_8);
    for (int at = 0; at < length; at += (bytes[at] & 0xFF) + 1) {
      int end = at + 1 + (bytes[at] & 0xFF);
      if (Arrays.equals(bytes, at + 1, end, text, 0, text.length)) {
        removeAt(at, end);
        return;
      }
    }
  }

  private void removeAt(int at, int end) {
    if (left > 0 && isToBeVisited(at)) {
      left--;
    }
    System.arraycopy(bytes, end, bytes, at, length - end);
    length -= end - at;
    size--;
    if (next > at) {
      next -= end - at;
    }
  }

  /** Whether the round that is under way has still to come by. */
  private boolean isToBeVisited(int at) {
    int place = next == length ? 0 : next;
    for (int rest = left; rest > 0; rest--) {
      if (place == at) {
        return true;
      }
      place += (bytes[place] & 0xFF) + 1;
      place = place == length ? 0 : place;
    }
    return false;
  }

  /** Keys added. */
  public int size() {
    return size;
  }

  /**
   * Starts a round over all keys; one that is under way becomes one that goes all the way round
   * from where it stands.
   */
  public void startRound() {
    if (left == 0) {
      next = 0;
    }
    left = size;
  }

  /** Keys that the round has still to visit, 0 if there is no round. */
  public int left() {
    return left;
  }

  /**
   * Goes on with the round for a while.
   *
   * @param clock milliseconds
   * @param millis after which no more are visited
   */
  public void visitFor(long millis, LongSupplier clock, Visit visit) throws IOException {
    if (left == 0) {
      return;
    }
    long end = clock.getAsLong() + millis;
    do {
      visitNext(Math.min(BATCH, left), visit);
    } while (left > 0 && clock.getAsLong() < end);
  }

  /** Ends the round. */
  public void visitAll(Visit visit) throws IOException {
    visitNext(left, visit);
  }

  private void visitNext(int count, Visit visit) throws IOException {
    for (int n = count; n > 0; n--) {
      left--;
      visit.at(next());
    }
  }

  /** The key after the last one visited, the first after the last. There must be one. */
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
