package io.millrace.features.algebra;

import java.util.Arrays;

/**
 * What is kept of a row.
 *
 * @param filters a bit for each filter of the plan that it passes
 * @param values by column of the plan, {@link Field#MISSING} where it has none
 * @param texts by column, null where the column is none of texts
 */
record KeptRow(long time, long tie, long filters, long[] values, String[] texts) {

  boolean passes(int filter) {
    return filter < 0 || (filters >>> filter & 1) != 0;
  }

  /** Whether the same is kept of another one, whenever it was. */
  boolean holdsSame(KeptRow other) {
    return filters == other.filters
        && Arrays.equals(values, other.values)
        && Arrays.equals(texts, other.texts);
  }
}
