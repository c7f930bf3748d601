package io.millrace.features.algebra;

import java.time.Duration;

/**
 * Sessions among retained rows of a filter: rows with one value of a column are a session, and so
 * is each run of rows without any, in which none follows the one before it after more than a gap.
 */
final class Sessions {
  private final RetainedRows rows;
  private final Pair pair;
  private final long[] values;
  private final long gap;

  /** Rows before it may lack the column for other reasons than not to carry the field. */
  private final int known;

  /**
   * One session.
   *
   * @param events how many rows it has, 0 if there is no session
   * @param first its first row
   * @param named whether it is told by a value
   */
  record Session(int events, int first, boolean named) {
    private static final Session NONE = new Session(0, 0, false);
  }

  /**
   * @param pair the filter, and the column that tells sessions apart
   * @param since the column is kept of rows after this time only
   */
  Sessions(RetainedRows rows, Pair pair, long since, Duration gap) {
    this.rows = rows;
    this.pair = pair;
    this.gap = gap.toMillis();
    values = rows.values(pair.column());
    known = rows.after(since);
  }

  /** How many there are in a stretch of rows. */
  int count(PairIndex index, int from, int to) {
    int first = Math.max(from, known);
    return first < to ? index.distinct(first, to) + runs(first, to) : 0;
  }

  private int runs(int from, int to) {
    int runs = 0;
    long last = 0;
    for (int row = from; row < to; row++) {
      if (isNameless(row)) {
        runs += runs == 0 || rows.time(row) - last > gap ? 1 : 0;
        last = rows.time(row);
      }
    }
    return runs;
  }

  private boolean isNameless(int row) {
    return values[row] == Field.MISSING && rows.passes(pair.filter(), row);
  }

  /** The session of the newest row in a stretch that passes the filter. */
  Session newest(int from, int to) {
    int oldest = Math.max(from, known);
    for (int row = to - 1; row >= oldest; row--) {
      if (rows.passes(pair.filter(), row)) {
        return values[row] == Field.MISSING ? run(oldest, row) : named(oldest, row);
      }
    }
    return Session.NONE;
  }

  private Session named(int oldest, int newest) {
    int events = 0;
    int first = newest;
    for (int row = newest; row >= oldest; row--) {
      if (values[row] == values[newest] && rows.passes(pair.filter(), row)) {
        events++;
        first = row;
      }
    }
    return new Session(events, first, true);
  }

  private Session run(int oldest, int newest) {
    int events = 1;
    int first = newest;
    for (int row = newest - 1; row >= oldest; row--) {
      if (rows.time(first) - rows.time(row) > gap) {
        break;
      }
      if (isNameless(row)) {
        events++;
        first = row;
      }
    }
    return new Session(events, first, false);
  }

  /** Whether rows that left, the newest at a time, may be of a session, or of a newer one. */
  boolean mayReachBack(Session session, long departed) {
    return session.events() == 0
        || session.named() && session.first() == rows.start()
        || rows.time(session.first()) - departed <= gap;
  }

  /** Whether all retained rows are of after a time. */
  boolean isWhole(long time) {
    return rows.size() > 0 && rows.time(rows.start()) > time;
  }
}
