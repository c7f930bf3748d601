package io.millrace.jobs.evaluate;

import java.util.List;
import java.util.Map;

/**
 * Answers held against the oracle file, value by value.
 *
 * @param rows of the oracle file that there is an answer to
 * @param surplus answers that came although there was one
 * @param equalShare of all values of the file, those that are equal within {@link #TOLERANCE}
 * @param largest difference, relative to the file's value, absolute where that is zero
 * @param worst where that is, in words; empty if all are equal within the tolerance
 */
record FeatureComparison(int rows, int surplus, double equalShare, double largest, String worst) {
  /** Values that differ by this share, or by this where the file has zero, are equal. */
  static final double TOLERANCE = 1e-9;

  /** Holds what a run gave against the file. */
  static FeatureComparison of(OracleFile oracle, Map<Long, Double> amounts, KeptAnswers answers) {
    List<String> names = HandbookFeatures.ALL;
    int rows = 0;
    long equal = 0;
    double largest = 0;
    String worst = "";
    for (Map.Entry<Long, OracleFile.Row> row : oracle.rows().entrySet()) {
      PaymentFeatures answer = answers.of(row.getKey());
      if (answer == null) {
        continue;
      }
      rows++;
      for (int i = 0; i < names.size(); i++) {
        double expected = i == 0 ? amounts.get(row.getKey()) : row.getValue().values()[i - 1];
        double value = answer.features()[i];
        double difference = difference(value, expected);
        equal += difference <= TOLERANCE ? 1 : 0;
        if (difference > largest) {
          largest = difference;
          worst =
              "%s of transaction %d is %s; line %d of the file says %s"
                  .formatted(names.get(i), row.getKey(), value, row.getValue().line(), expected);
        }
      }
    }
    double share = (double) equal / ((long) oracle.size() * names.size());
    return new FeatureComparison(
        rows, answers.surplus(), share, largest, largest > TOLERANCE ? worst : "");
  }

  private static double difference(double value, double expected) {
    double difference = Math.abs(value - expected) / (expected == 0 ? 1 : Math.abs(expected));
    return Double.isNaN(difference) ? Double.POSITIVE_INFINITY : difference;
  }
}
