package io.millrace.jobs.evaluate;

import io.millrace.jobs.Failure;
import java.io.Serializable;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * A folder with orders of which is known whether each was a fraud.
 *
 * @param name the folder's
 * @param kind of its data
 * @param orders file of the orders
 */
record FraudSet(String name, Kind kind, String orders) implements Serializable {
  private static final Pattern PAYMENTS = Pattern.compile("transactions\\.csv(\\.gz)?");
  private static final Pattern PURCHASES = Pattern.compile("fraud_data\\.csv(\\.gz)?");

  /** What the orders are. */
  enum Kind {
    /** Card payments as the Fraud Detection Handbook has them. */
    HANDBOOK,
    /** First purchases of new accounts in a shop. */
    ECOMMERCE
  }

  /**
   * The sets in a folder: the folder itself, or those of its subfolders that are one.
   *
   * @throws Failure if there is none, or the folder cannot be read
   */
  static List<FraudSet> in(Path folder) {
    List<FraudSet> sets = new ArrayList<>();
    for (Path candidate : ClickSet.candidates(folder)) {
      String name = candidate.toAbsolutePath().normalize().getFileName().toString();
      Path payments = ClickSet.only(candidate, PAYMENTS);
      if (payments != null) {
        sets.add(new FraudSet(name, Kind.HANDBOOK, payments.toString()));
      }
      Path purchases = ClickSet.only(candidate, PURCHASES);
      if (purchases != null) {
        sets.add(new FraudSet(name, Kind.ECOMMERCE, purchases.toString()));
      }
    }
    if (sets.isEmpty()) {
      throw Failure.usage(
          "--data: neither "
              + folder
              + " nor its subfolders hold a transactions.csv.gz or a fraud_data.csv.gz"
              + " (docs/evaluate.md describes the layouts)");
    }
    return sets;
  }
}
