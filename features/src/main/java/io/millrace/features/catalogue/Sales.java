package io.millrace.features.catalogue;

import io.millrace.features.bytes.ByteReader;
import io.millrace.features.bytes.ByteWriter;
import java.util.Arrays;

/**
 * Pieces of one item sold, by event time, so that those since a count of the stock can be taken off
 * it. The newest {@value #KEPT} times are kept; what was sold at or before the oldest of them
 * counts as sold then. Times at which nothing was sold in the end stay: so the same sales lead to
 * the same bytes in any order.
 */
final class Sales {
  /** Times told apart. */
  static final int KEPT = 256;

  private static final long[] NONE = {};

  /** Ascending. */
  private long[] times = NONE;

  private long[] pieces = NONE;
  private int size;

  /** Adds pieces sold at a time; a negative number takes back. */
  void add(long time, long sold) {
    int at = Arrays.binarySearch(times, 0, size, time);
    if (at >= 0) {
      pieces[at] += sold;
      return;
    }
    int place = -at - 1;
    if (size < KEPT) {
      insert(place, time, sold);
    } else if (place == 0) {
      pieces[0] += sold;
    } else {
      replaceOldest(place - 1, time, sold);
    }
  }

  private void insert(int place, long time, long sold) {
    if (size == times.length) {
      times = Arrays.copyOf(times, Math.min(KEPT, size * 2 + 2));
      pieces = Arrays.copyOf(pieces, times.length);
    }
    System.arraycopy(times, place, times, place + 1, size - place);
    System.arraycopy(pieces, place, pieces, place + 1, size - place);
    times[place] = time;
    pieces[place] = sold;
    size++;
  }

  /** The oldest goes, and its pieces go to the one that is oldest then. */
  private void replaceOldest(int place, long time, long sold) {
    long carried = pieces[0];
    System.arraycopy(times, 1, times, 0, place);
    System.arraycopy(pieces, 1, pieces, 0, place);
    times[place] = time;
    pieces[place] = sold;
    pieces[0] += carried;
  }

  /** Pieces sold after a time. */
  long after(long time) {
    long sum = 0;
    for (int i = size - 1; i >= 0 && times[i] > time; i--) {
      sum += pieces[i];
    }
    return sum;
  }

  /** Whether all that was sold came back. */
  boolean isZero() {
    for (int i = 0; i < size; i++) {
      if (pieces[i] != 0) {
        return false;
      }
    }
    return true;
  }

  /** Times kept. */
  int size() {
    return size;
  }

  void write(ByteWriter out) {
    out.writeVarLong(size);
    long before = 0;
    for (int i = 0; i < size; i++) {
      out.writeVarLong(times[i] - before);
      out.writeSignedVarLong(pieces[i]);
      before = times[i];
    }
  }

  static Sales read(ByteReader in) {
    Sales sales = new Sales();
    sales.size = in.readVarInt();
    if (sales.size > 0) {
      sales.times = new long[sales.size];
      sales.pieces = new long[sales.size];
    }
    long before = 0;
    for (int i = 0; i < sales.size; i++) {
      before += in.readVarLong();
      sales.times[i] = before;
      sales.pieces[i] = in.readSignedVarLong();
    }
    return sales;
  }
}
