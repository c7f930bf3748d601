package io.millrace.features.neighbour;

import java.util.Arrays;

/**
 * A session as postings see it: its newest clicks, oldest first, at most {@link #MAX_ITEMS}.
 *
 * @param id names the session, the same for every state of it
 * @param since event time of the oldest click in {@code items}, milliseconds since the epoch: what
 *     the visitor did before is not in it
 * @param time event time of the newest click in {@code items}
 * @param items item ids, oldest first; an item clicked twice stands twice; not to be changed
 */
public record SessionItems(long id, long since, long time, String[] items) {
  /** Most clicks of a session that are kept. */
  public static final int MAX_ITEMS = 20;

  /** All at one moment, as what an order holds is. */
  public SessionItems(long id, long time, String[] items) {
    this(id, time, time, items);
  }

  /**
   * The newest distinct items, newest first, at most {@code limit}. These are the postings that a
   * click asks.
   */
  public String[] newestDistinct(int limit) {
    String[] distinct = new String[Math.min(limit, items.length)];
    int count = 0;
    for (int i = items.length - 1; i >= 0 && count < limit; i--) {
      if (indexOf(distinct, count, items[i]) < 0) {
        distinct[count++] = items[i];
      }
    }
    return count == distinct.length ? distinct : Arrays.copyOf(distinct, count);
  }

  private static int indexOf(String[] texts, int count, String text) {
    for (int i = 0; i < count; i++) {
      if (texts[i].equals(text)) {
        return i;
      }
    }
    return -1;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof SessionItems that
        && id == that.id
        && since == that.since
        && time == that.time
        && Arrays.equals(items, that.items);
  }

  @Override
  public int hashCode() {
    return Long.hashCode(id) * 31 + Arrays.hashCode(items);
  }

  @Override
  public String toString() {
    return "session " + Long.toHexString(id) + " at " + time + " " + Arrays.toString(items);
  }
}
