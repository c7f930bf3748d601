package io.millrace.jobs.evaluate;

import io.millrace.jobs.Failure;
import io.millrace.jobs.replay.RecordedLines;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The features of some payments as the Fraud Detection Handbook computes them, by transaction. */
final class OracleFile {
  private static final String ID = "TRANSACTION_ID";

  private final Path file;
  private final Map<Long, Row> rows = new HashMap<>();

  /**
   * What the file says of one payment.
   *
   * @param line where, from 1
   * @param values in the order of {@link HandbookFeatures#WRITTEN}
   */
  record Row(long line, double[] values) {}

  private OracleFile(Path file) {
    this.file = file;
  }

  /**
   * Reads a file, plain or gzip.
   *
   * @throws Failure if it is missing, cut off, or has a line that does not fit the layout, or a
   *     transaction twice; names the line's number and text
   */
  static OracleFile read(Path file) {
    OracleFile oracle = new OracleFile(file);
    RecordedLines.read(file, oracle::readLines);
    if (oracle.rows.isEmpty()) {
      throw Failure.failed(file + " holds no rows; there is nothing to compare with");
    }
    return oracle;
  }

  private void readLines(RecordedLines lines) throws IOException {
    List<String> names = HandbookFeatures.WRITTEN;
    String header = ID + "," + String.join(",", names);
    if (!lines.next()) {
      return;
    }
    if (!lines.line().strip().equals(header)) {
      throw lines.bad("the header must be " + header);
    }
    while (lines.next()) {
      String[] columns = lines.values(1 + names.size());
      double[] values = new double[names.size()];
      for (int i = 0; i < values.length; i++) {
        values[i] = number(columns[i + 1], names.get(i), lines);
      }
      long id = lines.wholeNumber(columns[0], ID);
      if (rows.put(id, new Row(lines.number(), values)) != null) {
        throw lines.bad(ID + " " + id + " was there before; leave one row of it");
      }
    }
  }

  private static double number(String text, String column, RecordedLines lines) {
    try {
      double value = Double.parseDouble(text);
      if (Double.isFinite(value)) {
        return value;
      }
    } catch (NumberFormatException e) {
      // said below
    }
    throw lines.bad(column + " must be a number such as 12.5");
  }

  /** Number of rows. */
  int size() {
    return rows.size();
  }

  /** Whether there is a row of a transaction. */
  boolean has(long id) {
    return rows.containsKey(id);
  }

  /** By transaction. */
  Map<Long, Row> rows() {
    return rows;
  }

  /**
   * Makes sure that every row is that of a payment.
   *
   * @param found transactions there are payments of
   * @param payments their file
   */
  void requireAll(Set<Long> found, String payments) {
    if (found.containsAll(rows.keySet())) {
      return;
    }
    Map.Entry<Long, Row> first =
        rows.entrySet().stream()
            .filter(entry -> !found.contains(entry.getKey()))
            .min((a, b) -> Long.compare(a.getValue().line(), b.getValue().line()))
            .orElseThrow();
    throw Failure.failed(
        "%s line %d: %s %d is not in %s; take both files from the same data"
            .formatted(file, first.getValue().line(), ID, first.getKey(), payments));
  }
}
