package io.millrace.features.algebra;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The newest rows of an entity, column by column, in the order (time, tie). Rows stand at positions
 * from {@link #start} to before {@link #end}; a position holds until the next change.
 */
final class RetainedRows {
  private static final int FIRST_CAPACITY = 8;

  private final boolean[] hasTexts;
  private final long[][] values;
  private final String[][] texts;
  private final List<PairIndex> indexes = new ArrayList<>();
  private long[] times = {};
  private long[] ties = {};
  private long[] filters = {};
  private int start;
  private int end;

  RetainedRows(Plan plan) {
    values = new long[plan.columns().size()][0];
    texts = new String[values.length][];
    hasTexts = new boolean[values.length];
    for (int i = 0; i < values.length; i++) {
      hasTexts[i] = plan.columns().get(i).storage() == Column.Storage.TEXT;
      texts[i] = hasTexts[i] ? new String[0] : null;
    }
    plan.pairs().forEach(needs -> indexes.add(new PairIndex(needs)));
  }

  private void reserve(int capacity) {
    times = Arrays.copyOf(times, capacity);
    ties = Arrays.copyOf(ties, capacity);
    filters = Arrays.copyOf(filters, capacity);
    for (int i = 0; i < values.length; i++) {
      values[i] = Arrays.copyOf(values[i], capacity);
      texts[i] = hasTexts[i] ? Arrays.copyOf(texts[i], capacity) : null;
    }
    indexes.forEach(index -> index.reserve(capacity));
  }

  int start() {
    return start;
  }

  int end() {
    return end;
  }

  int size() {
    return end - start;
  }

  long time(int row) {
    return times[row];
  }

  long tie(int row) {
    return ties[row];
  }

  long filters(int row) {
    return filters[row];
  }

  /** The values of a column by position; null for none. */
  long[] values(int column) {
    return column < 0 ? null : values[column];
  }

  String text(int column, int row) {
    return hasTexts[column] ? texts[column][row] : null;
  }

  /** The outcomes of the filters by position. */
  long[] filters() {
    return filters;
  }

  /** The value of a pair's column, 1 where it has none. */
  long value(Pair pair, int row) {
    return pair.column() < 0 ? 1 : values[pair.column()][row];
  }

  boolean passes(int filter, int row) {
    return filter < 0 || (filters[row] >>> filter & 1) != 0;
  }

  boolean holds(Pair pair, int row) {
    return passes(pair.filter(), row)
        && (pair.column() < 0 || values[pair.column()][row] != Field.MISSING);
  }

  PairIndex index(int pair) {
    return indexes.get(pair);
  }

  /** The first row behind a time. */
  int after(long time) {
    int low = start;
    int high = end;
    while (low < high) {
      int middle = low + high >>> 1;
      if (times[middle] > time) {
        high = middle;
      } else {
        low = middle + 1;
      }
    }
    return low;
  }

  /** The first row that is not before (time, tie). */
  int placeOf(long time, long tie) {
    int low = start;
    int high = end;
    while (low < high) {
      int middle = low + high >>> 1;
      if (times[middle] < time || times[middle] == time && ties[middle] < tie) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  /** Whether the row at a place is that of (time, tie). */
  boolean isAt(int place, long time, long tie) {
    return place < end && times[place] == time && ties[place] == tie;
  }

  /**
   * Puts a row in.
   *
   * @param place as {@link #placeOf} says
   */
  void insert(int place, KeptRow row) {
    int at = end < times.length ? place : place - makeRoom();
    for (int column = 0; column < values.length; column++) {
      System.arraycopy(values[column], at, values[column], at + 1, end - at);
      values[column][at] = row.values()[column];
      if (hasTexts[column]) {
        System.arraycopy(texts[column], at, texts[column], at + 1, end - at);
        texts[column][at] = row.texts()[column];
      }
    }
    shift(times, at, row.time());
    shift(ties, at, row.tie());
    shift(filters, at, row.filters());
    end++;
    for (PairIndex index : indexes) {
      index.refresh(this, at, start, end, at == end - 1);
    }
  }

  /** Puts a row in the place of another one of the same time and tie. */
  void replace(int place, KeptRow row) {
    for (int column = 0; column < values.length; column++) {
      values[column][place] = row.values()[column];
      if (hasTexts[column]) {
        texts[column][place] = row.texts()[column];
      }
    }
    filters[place] = row.filters();
    for (PairIndex index : indexes) {
      index.refresh(this, place, start, end, false);
    }
  }

  private void shift(long[] array, int at, long value) {
    System.arraycopy(array, at, array, at + 1, end - at);
    array[at] = value;
  }

  /** Makes room for a row more and says by how much the rows moved down. */
  private int makeRoom() {
    int moved = start;
    if (start < times.length / 2 || times.length == 0) {
      reserve(Math.max(FIRST_CAPACITY, times.length * 2));
      return 0;
    }
    moveDown(times);
    moveDown(ties);
    moveDown(filters);
    for (int column = 0; column < values.length; column++) {
      moveDown(values[column]);
      if (hasTexts[column]) {
        System.arraycopy(texts[column], start, texts[column], 0, size());
        Arrays.fill(texts[column], size(), end, null);
      }
    }
    end -= start;
    start = 0;
    for (PairIndex index : indexes) {
      index.forget();
      index.refresh(this, 0, 0, end, false);
    }
    return moved;
  }

  private void moveDown(long[] array) {
    System.arraycopy(array, start, array, 0, size());
  }

  /** Takes the oldest row out. */
  KeptRow removeFirst() {
    KeptRow first = row(start);
    for (int column = 0; column < values.length; column++) {
      if (hasTexts[column]) {
        texts[column][start] = null;
      }
    }
    start++;
    return first;
  }

  KeptRow row(int place) {
    long[] rowValues = new long[values.length];
    String[] rowTexts = new String[values.length];
    for (int column = 0; column < values.length; column++) {
      rowValues[column] = values[column][place];
      rowTexts[column] = text(column, place);
    }
    return new KeptRow(times[place], ties[place], filters[place], rowValues, rowTexts);
  }

  /**
   * Puts in all rows at once, in their order; only where there are none yet.
   *
   * @param size how many; the arrays may be longer
   */
  void fill(
      int size,
      long[] newTimes,
      long[] newTies,
      long[] newFilters,
      long[][] columns,
      String[][] columnTexts) {
    end = size;
    times = newTimes;
    ties = newTies;
    filters = newFilters;
    for (int column = 0; column < values.length; column++) {
      values[column] = columns[column];
      texts[column] = columnTexts[column];
    }
    for (PairIndex index : indexes) {
      index.reserve(times.length);
      index.refresh(this, 0, 0, end, false);
    }
  }
}
