package io.millrace.features.algebra;

import io.millrace.features.algebra.Plan.PairNeeds;
import java.util.Arrays;
import java.util.function.IntConsumer;

/**
 * What answers for any stretch of the retained rows: of a pair, running counts and sums from which
 * those of a stretch are a difference, the extremes of blocks of rows, and of each row where its
 * value was met before. It is worked out of the rows and not stored.
 */
final class PairIndex {
  /** Rows of a block, 2^5: few blocks and few rows beside them, up to some thousand rows. */
  private static final int BLOCK_BITS = 5;

  /** Of a row that is none of the pair's: never met before any row. */
  private static final int NO_ROW = Integer.MAX_VALUE;

  // Shared until there is a row: most pairs need few of these, and entities are many.
  private static final int[] NO_COUNTS = {0};
  private static final long[] NO_SUMS = {0};
  private static final long[] NO_VALUES = {};
  private static final int[] NO_ROWS = {};

  private final PairNeeds needs;

  /** Null while it must be worked out anew. */
  private Occurrences occurrences;

  /** At i, of the rows before i. */
  private int[] counts = NO_COUNTS;

  private long[] sums = NO_SUMS;
  private long[] squaresHigh = NO_SUMS;
  private long[] squaresLow = NO_SUMS;

  /** By block. */
  private long[] least = NO_VALUES;

  private long[] greatest = NO_VALUES;

  /** By row. */
  private int[] previous = NO_ROWS;

  PairIndex(PairNeeds needs) {
    this.needs = needs;
  }

  void reserve(int rows) {
    counts = Arrays.copyOf(counts, rows + 1);
    if (needs.sums()) {
      sums = Arrays.copyOf(sums, rows + 1);
    }
    if (needs.squares()) {
      squaresHigh = Arrays.copyOf(squaresHigh, rows + 1);
      squaresLow = Arrays.copyOf(squaresLow, rows + 1);
    }
    if (needs.extremes()) {
      int blocks = (rows >> BLOCK_BITS) + 1;
      least = Arrays.copyOf(least, blocks);
      greatest = Arrays.copyOf(greatest, blocks);
    }
    if (needs.distinct()) {
      previous = Arrays.copyOf(previous, rows);
    }
  }

  /**
   * Works anew what lies from a row on, after one came in there.
   *
   * @param appended whether it came in behind all others, and these are known
   */
  void refresh(RetainedRows rows, int from, int start, int end, boolean appended) {
    refreshCounts(rows, from, end);
    if (needs.distinct() && (!appended || occurrences == null)) {
      refreshPrevious(rows, start, end);
    } else if (needs.distinct()) {
      meet(rows, from);
    }
    if (needs.sums()) {
      refreshSums(rows.values(needs.pair().column()), from, end);
    }
    if (needs.squares()) {
      refreshSquares(rows.values(needs.pair().column()), from, end);
    }
    if (needs.extremes()) {
      for (int i = from; i < end; i++) {
        boolean moved = i == from && !appended && !beginsBlock(i);
        extend(i, moved, rows, start);
      }
    }
  }

  private void refreshCounts(RetainedRows rows, int from, int end) {
    int filter = needs.pair().filter();
    long bit = filter < 0 ? 0 : 1L << filter;
    long[] filters = rows.filters();
    long[] values = rows.values(needs.pair().column());
    int count = counts[from];
    for (int i = from; i < end; i++) {
      boolean holds = (filters[i] & bit) == bit && (values == null || values[i] != Field.MISSING);
      count += holds ? 1 : 0;
      counts[i + 1] = count;
    }
  }

  private void refreshSums(long[] values, int from, int end) {
    long sum = sums[from];
    for (int i = from; i < end; i++) {
      sum += holds(i) ? values[i] : 0;
      sums[i + 1] = sum;
    }
  }

  private void refreshSquares(long[] values, int from, int end) {
    for (int i = from; i < end; i++) {
      long value = holds(i) ? values[i] : 0;
      long low = value * value;
      long sum = squaresLow[i] + low;
      int carry = Long.compareUnsigned(sum, low) < 0 ? 1 : 0;
      squaresLow[i + 1] = sum;
      squaresHigh[i + 1] = squaresHigh[i] + Math.multiplyHigh(value, value) + carry;
    }
  }

  /** Whether a row is the pair's, where it is counted already. */
  private boolean holds(int row) {
    return counts[row + 1] != counts[row];
  }

  /** Takes a row into its block, which is begun anew with its first row or when rows moved. */
  private void extend(int i, boolean moved, RetainedRows rows, int start) {
    int block = i >> BLOCK_BITS;
    if (moved || beginsBlock(i)) {
      least[block] = Long.MAX_VALUE;
      greatest[block] = Long.MIN_VALUE;
    }
    int from = moved ? Math.max(start, block << BLOCK_BITS) : i;
    long[] values = rows.values(needs.pair().column());
    for (int row = from; row <= i; row++) {
      if (holds(row)) {
        least[block] = Math.min(least[block], values[row]);
        greatest[block] = Math.max(greatest[block], values[row]);
      }
    }
  }

  private static boolean beginsBlock(int row) {
    return (row & (1 << BLOCK_BITS) - 1) == 0;
  }

  private void refreshPrevious(RetainedRows rows, int start, int end) {
    occurrences = new Occurrences(end - start);
    for (int i = start; i < end; i++) {
      meet(rows, i);
    }
  }

  private void meet(RetainedRows rows, int i) {
    previous[i] = holds(i) ? occurrences.put(rows.values(needs.pair().column())[i], i) : NO_ROW;
  }

  /** Rows moved to other positions: nothing is known any more. */
  void forget() {
    occurrences = null;
    counts[0] = 0;
    if (needs.sums()) {
      sums[0] = 0;
    }
    if (needs.squares()) {
      squaresHigh[0] = 0;
      squaresLow[0] = 0;
    }
  }

  int count(int from, int to) {
    return counts[to] - counts[from];
  }

  long sum(int from, int to) {
    return sums[to] - sums[from];
  }

  /** Adds the squares of a stretch to others. */
  void addSquares(int from, int to, Wide squares) {
    squares.add(squaresHigh[to], squaresLow[to]);
    squares.subtract(squaresHigh[from], squaresLow[from]);
  }

  /** Takes the extremes of a stretch into others. */
  void addExtremes(RetainedRows rows, int from, int to, Tally.Extremes extremes) {
    long[] values = rows.values(needs.pair().column());
    int i = from;
    while (i < to) {
      int next = (i >> BLOCK_BITS) + 1 << BLOCK_BITS;
      if (beginsBlock(i) && next <= to) {
        extremes.least = Math.min(extremes.least, least[i >> BLOCK_BITS]);
        extremes.greatest = Math.max(extremes.greatest, greatest[i >> BLOCK_BITS]);
        i = next;
        continue;
      }
      if (holds(i)) {
        extremes.least = Math.min(extremes.least, values[i]);
        extremes.greatest = Math.max(extremes.greatest, values[i]);
      }
      i++;
    }
  }

  /** How many different values a stretch has: those not met before in it. */
  int distinct(int from, int to) {
    int distinct = 0;
    for (int i = from; i < to; i++) {
      // The sign of the difference: without a branch the loop takes several rows at once.
      distinct += previous[i] - from >>> Integer.SIZE - 1;
    }
    return distinct;
  }

  /** The first row of each different value that a stretch has. */
  void forEachDistinct(int from, int to, IntConsumer rows) {
    for (int i = from; i < to; i++) {
      if (previous[i] < from) {
        rows.accept(i);
      }
    }
  }

  /** The newest row of a stretch, −1 if there is none. */
  int newest(int from, int to) {
    int wanted = counts[to];
    if (wanted == counts[from]) {
      return -1;
    }
    int low = from;
    int high = to - 1;
    if (holds(high)) {
      return high;
    }
    while (low < high) {
      int middle = low + high >>> 1;
      if (counts[middle + 1] >= wanted) {
        high = middle;
      } else {
        low = middle + 1;
      }
    }
    return low;
  }
}
