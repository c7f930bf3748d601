package io.millrace.features.algebra;

import java.util.List;
import java.util.function.Predicate;

/**
 * What a set of features comes to: the columns, filters, pairs and spans they share, the figures to
 * keep of rows that leave, and how each feature is computed of these.
 *
 * @param columns what is kept of a retained row
 * @param filters whose outcomes are kept, a bit each
 * @param filterDefinitions of the filters, in their order
 * @param pairs with what is to be summed up of each
 * @param spans each with whether the current event counts
 * @param tailMeasures what a bucket of the tail holds
 * @param everMeasures what is held of all rows that left
 * @param decays sums with a half-life
 * @param calculations how each feature is computed, in their order
 * @param reach milliseconds from a time back to where the longest window begins, 0 without windows
 */
record Plan(
    List<Column> columns,
    List<Predicate<Row>> filters,
    List<String> filterDefinitions,
    List<PairNeeds> pairs,
    List<SpanUse> spans,
    List<Measure> tailMeasures,
    List<Measure> everMeasures,
    List<Decay> decays,
    List<Calculation> calculations,
    long reach) {

  /** Buckets that the longest window, with its delay, is divided into. */
  static final int BUCKETS = 64;

  /**
   * Rows are retained so much longer than the longest window reaches, so that events that come late
   * see theirs whole and repeated ones are known, 1 h.
   */
  private static final long LATENESS_MS = 3_600_000;

  /** What features want to know of a pair, beside how many rows it has. */
  record PairNeeds(Pair pair, boolean sums, boolean squares, boolean extremes, boolean distinct) {}

  /** A span, and whether the current event counts. */
  record SpanUse(Span span, boolean current) {}

  /**
   * A sum of values, or of rows where the pair has no column, each halved for every half-life.
   *
   * @param halfLife milliseconds
   */
  record Decay(Pair pair, long halfLife, String definition) {}

  /**
   * How a feature is computed.
   *
   * @param feature its declaration
   * @param pair number of its pair
   * @param weight number of the column that its rows weigh, −1 where each weighs 1
   * @param span number of its span
   * @param measure number of the measure over rows not retained, −1 if it has none
   * @param decay number of its decay, −1 if it has none
   * @param unit what 1 is in fixed point
   * @param dividend number of the feature to divide, −1 if it is no ratio
   * @param divisor number of the feature to divide by
   */
  record Calculation(
      Feature feature,
      int pair,
      int weight,
      int span,
      int measure,
      int decay,
      long unit,
      int dividend,
      int divisor) {}

  /** What is kept of a row. */
  KeptRow keep(Row row) {
    long passed = 0;
    for (int i = 0; i < filters.size(); i++) {
      if (filters.get(i).test(row)) {
        passed |= 1L << i;
      }
    }
    long[] values = new long[columns.size()];
    String[] texts = new String[values.length];
    for (int i = 0; i < values.length; i++) {
      Column column = columns.get(i);
      values[i] = row.value(column.field());
      texts[i] = column.storage() == Column.Storage.TEXT ? row.text(column.field()) : null;
    }
    return new KeptRow(row.time, row.tie, passed, values, texts);
  }

  /** Milliseconds of a bucket of the tail. */
  long bucketWidth() {
    return Math.max(1, (reach + BUCKETS - 1) / BUCKETS);
  }

  /** Milliseconds before the newest row from which on rows are retained. */
  long retention() {
    return reach + Math.max(LATENESS_MS, bucketWidth());
  }

  /** Milliseconds before the newest row after which a bucket of the tail must begin. */
  long bucketRetention() {
    return reach + bucketWidth();
  }

  /** Bytes of a state value at most. */
  long maxBytes(int maxRows) {
    long row = 28;
    for (Column column : columns) {
      row +=
          switch (column.storage()) {
            case NUMBER -> 9;
            case HASH -> 13;
            case TEXT -> 7 + 3L * Field.MAX_TEXT_CHARS;
          };
    }
    long bucket = 30;
    for (Measure measure : tailMeasures) {
      bucket += measure.maxBytes(Measure.BUCKET_PRECISION);
    }
    long ever = 30;
    for (Measure measure : everMeasures) {
      ever += measure.maxBytes(Measure.EVER_PRECISION);
    }
    long elements =
        columns.size() + filters.size() + tailMeasures.size() + everMeasures.size() + decays.size();
    long buckets = reach == 0 ? 0 : BUCKETS + 2;
    return 64
        + maxRows * row
        + buckets * bucket
        + ever
        + decays.size() * DecayedSum.MAX_BYTES
        + elements * 13;
  }
}
