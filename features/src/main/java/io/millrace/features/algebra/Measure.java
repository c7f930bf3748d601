package io.millrace.features.algebra;

/**
 * A figure that is kept of rows which are not retained.
 *
 * @param kind what of them
 * @param pair of which rows
 * @param definition tells it apart from all others, over releases
 */
record Measure(Kind kind, Pair pair, String definition) {
  /** 2^10 registers for each bucket: a standard error of 2.4 %. */
  static final int BUCKET_PRECISION = 10;

  /** 2^12 registers for all that ever left: a standard error of 1.2 %. */
  static final int EVER_PRECISION = 12;

  private static final int NEWEST_BYTES = 30;

  /**
   * What may be kept; the order is part of the stored form. A feature needs one of them, so that
   * what it is computed of was all kept since the same time.
   */
  enum Kind {
    COUNT,
    SUM,
    SQUARES,
    EXTREMES,
    DISTINCT,
    NEWEST
  }

  /** A tally that is empty. */
  static Tally tally(Kind kind, int precision) {
    return switch (kind) {
      case COUNT -> new Tally.Count();
      case SUM -> new Tally.Sum(false);
      case SQUARES -> new Tally.Sum(true);
      case EXTREMES -> new Tally.Extremes();
      case DISTINCT -> new DistinctValues(precision);
      case NEWEST -> new Tally.Newest();
    };
  }

  void add(KeptRow row, Tally tally) {
    if (pair.holds(row)) {
      int column = pair.column();
      tally.add(pair.value(row), column < 0 ? null : row.texts()[column], row);
    }
  }

  /** Bytes its tally takes at most. */
  long maxBytes(int precision) {
    return switch (kind) {
      case COUNT -> 10;
      case SUM -> 10 + Wide.MAX_BYTES;
      case SQUARES -> 10 + 2 * Wide.MAX_BYTES;
      case EXTREMES -> 21;
      case DISTINCT -> DistinctValues.maxBytes(precision);
      case NEWEST -> NEWEST_BYTES + 3L * Field.MAX_TEXT_CHARS;
    };
  }
}
