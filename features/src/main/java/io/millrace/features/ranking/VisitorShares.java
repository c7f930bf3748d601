package io.millrace.features.ranking;

import io.millrace.features.bytes.ByteReader;
import io.millrace.features.bytes.ByteWriter;

/**
 * Whose the newest examples were, so that no visitor has more than a share of them: a flood from
 * one, a bot or a tester, must not move what everybody's clicks have taught. What is a day old
 * counts no more, so that a store of few visitors goes on learning.
 */
final class VisitorShares {
  /** Newest examples that are looked at. */
  static final int NEWEST = 1_000;

  /** Most of them that may be of one visitor. */
  static final int MOST = 20;

  /** Event time after which an example counts no more, milliseconds. */
  static final long DAY_MS = 86_400_000;

  private final long[] visitors = new long[NEWEST];
  private final long[] times = new long[NEWEST];
  private int size;
  private int next;

  /** Whether an example of a visitor keeps within the visitor's share. */
  boolean allows(long visitor, long time) {
    int share = 0;
    for (int i = 0; i < size; i++) {
      share += visitors[i] == visitor && times[i] > time - DAY_MS ? 1 : 0;
    }
    return share < MOST;
  }

  /** Whether nothing was learned yet. */
  boolean isEmpty() {
    return size == 0;
  }

  /** Counts an example that was learned. */
  void add(long visitor, long time) {
    visitors[next] = visitor;
    times[next] = time;
    next = (next + 1) % NEWEST;
    size = Math.min(size + 1, NEWEST);
  }

  /** Oldest first. */
  void write(ByteWriter out) {
    out.writeVarLong(size);
    long before = 0;
    for (int i = 0; i < size; i++) {
      int at = (next - size + i + NEWEST) % NEWEST;
      out.writeLong(visitors[at]);
      out.writeSignedVarLong(times[at] - before);
      before = times[at];
    }
  }

  static VisitorShares read(ByteReader in) {
    VisitorShares shares = new VisitorShares();
    long time = 0;
    for (int rest = in.readVarInt(); rest > 0; rest--) {
      long visitor = in.readLong();
      time += in.readSignedVarLong();
      shares.add(visitor, time);
    }
    return shares;
  }
}
