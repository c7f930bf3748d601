package io.millrace.features.algebra;

/**
 * The rows that pass a filter and carry a field: what features of one field and filter share.
 *
 * @param column number in the plan, −1 for rows whatever they carry
 * @param filter number in the plan, −1 for all rows
 */
record Pair(int column, int filter) {
  boolean holds(KeptRow row) {
    return row.passes(filter) && (column < 0 || row.values()[column] != Field.MISSING);
  }

  long value(KeptRow row) {
    return column < 0 ? 1 : row.values()[column];
  }
}
