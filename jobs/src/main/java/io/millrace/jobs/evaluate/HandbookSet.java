package io.millrace.jobs.evaluate;

import io.millrace.jobs.Failure;
import java.io.Serializable;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * A folder with card payments and, for some of them, the window features that the Fraud Detection
 * Handbook computes.
 *
 * @param name the folder's
 * @param payments file of the payments
 * @param windows file of the features
 */
record HandbookSet(String name, String payments, String windows) implements Serializable {
  private static final Pattern PAYMENTS = Pattern.compile("transactions\\.csv(\\.gz)?");
  private static final Pattern WINDOWS = Pattern.compile("window_features[^/]*\\.csv(\\.gz)?");

  /**
   * The sets in a folder: the folder itself, or those of its subfolders that are one.
   *
   * @throws Failure if there is none, or the folder cannot be read
   */
  static List<HandbookSet> in(Path folder) {
    List<HandbookSet> sets = new ArrayList<>();
    for (Path candidate : ClickSet.candidates(folder)) {
      Path payments = ClickSet.only(candidate, PAYMENTS);
      Path windows = ClickSet.only(candidate, WINDOWS);
      if (payments != null && windows != null) {
        String name = candidate.toAbsolutePath().normalize().getFileName().toString();
        sets.add(new HandbookSet(name, payments.toString(), windows.toString()));
      }
    }
    if (sets.isEmpty()) {
      throw Failure.usage(
          "--data: neither "
              + folder
              + " nor its subfolders hold a transactions.csv.gz beside a window_features*.csv.gz"
              + " (docs/evaluate.md describes the layouts)");
    }
    return sets;
  }
}
