package io.millrace.jobs.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.jobs.Failure;
import io.millrace.jobs.evaluate.EvaluateFeatures.Modes;
import io.millrace.jobs.options.Options;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is said of input that cannot be used. */
class EvaluateFeaturesTest {
  private static final String PAYMENTS_HEADER =
      "TRANSACTION_ID,TX_DATETIME,CUSTOMER_ID,TERMINAL_ID,TX_AMOUNT,TX_FRAUD,TX_FRAUD_SCENARIO";
  private static final String PAYMENT = "7,2018-06-01 00:00:31,596,3156,57.16,0,0";
  private static final String WINDOWS_HEADER =
      "TRANSACTION_ID,"
          + "TX_DURING_WEEKEND,TX_DURING_NIGHT,"
          + "CUSTOMER_ID_NB_TX_1DAY_WINDOW,CUSTOMER_ID_AVG_AMOUNT_1DAY_WINDOW,"
          + "CUSTOMER_ID_NB_TX_7DAY_WINDOW,CUSTOMER_ID_AVG_AMOUNT_7DAY_WINDOW,"
          + "CUSTOMER_ID_NB_TX_30DAY_WINDOW,CUSTOMER_ID_AVG_AMOUNT_30DAY_WINDOW,"
          + "TERMINAL_ID_NB_TX_1DAY_WINDOW,TERMINAL_ID_RISK_1DAY_WINDOW,"
          + "TERMINAL_ID_NB_TX_7DAY_WINDOW,TERMINAL_ID_RISK_7DAY_WINDOW,"
          + "TERMINAL_ID_NB_TX_30DAY_WINDOW,TERMINAL_ID_RISK_30DAY_WINDOW";
  private static final String ROW = "7,0,1,1,57.16,1,57.16,1,57.16,0,0,0,0,0,0";

  @TempDir Path dir;

  @BeforeEach
  void writeGoodFiles() throws IOException {
    payments(PAYMENTS_HEADER, PAYMENT);
    windows(WINDOWS_HEADER, ROW);
  }

  private void payments(String... lines) throws IOException {
    Files.write(dir.resolve("transactions.csv"), List.of(lines));
  }

  private void windows(String... lines) throws IOException {
    Files.write(dir.resolve("window_features_of_a_day.csv"), List.of(lines));
  }

  private void assertRefused(Failure.Kind kind, String... parts) {
    assertThatThrownBy(
            () -> new EvaluateFeatures(dir, Modes.ALL, Options.defaults(), remark -> {}).run())
        .isInstanceOfSatisfying(
            Failure.class, failure -> assertThat(failure.kind()).isEqualTo(kind))
        .message()
        .contains(parts);
  }

  @Test
  void foldersWithoutBothFilesAreWrongUsage() throws IOException {
    Files.delete(dir.resolve("window_features_of_a_day.csv"));
    assertRefused(
        Failure.Kind.WRONG_USAGE, "--data", dir.toString(), "window_features*.csv.gz", "docs/");
    Files.delete(dir.resolve("transactions.csv"));
    Files.delete(dir);
    assertRefused(Failure.Kind.WRONG_USAGE, "--data: there is no folder " + dir);
  }

  @Test
  void severalFilesOfAKindAreWrongUsage() throws IOException {
    Files.writeString(dir.resolve("transactions.csv.gz"), "");
    assertRefused(Failure.Kind.WRONG_USAGE, "it is not clear which", "leave one there");
  }

  @Test
  void namesTheLineOfAPaymentThatIsDamaged() throws IOException {
    payments(PAYMENTS_HEADER, PAYMENT, "8,yesterday,596,3156,57.16,0,0");
    assertRefused(Failure.Kind.FAILED, "transactions.csv line 3: TX_DATETIME", "8,yesterday");
    payments(PAYMENT);
    assertRefused(Failure.Kind.FAILED, "transactions.csv line 1: the header must be");
  }

  @Test
  void namesTheLineOfAnOracleRowThatIsDamaged() throws IOException {
    windows(WINDOWS_HEADER.replace("7DAY", "8DAY"), ROW);
    assertRefused(Failure.Kind.FAILED, "day.csv line 1: the header must be " + WINDOWS_HEADER);
    windows(WINDOWS_HEADER, ROW, "8,0,1");
    assertRefused(Failure.Kind.FAILED, "day.csv line 3: 15 columns are wanted, there are 3");
    windows(WINDOWS_HEADER, ROW.replaceFirst("57.16", "many"));
    assertRefused(
        Failure.Kind.FAILED, "line 2: CUSTOMER_ID_AVG_AMOUNT_1DAY_WINDOW must be a number");
    windows(WINDOWS_HEADER, ROW.replaceFirst("57.16", "NaN"));
    assertRefused(Failure.Kind.FAILED, "line 2: CUSTOMER_ID_AVG_AMOUNT_1DAY_WINDOW");
    windows(WINDOWS_HEADER, ROW, ROW);
    assertRefused(Failure.Kind.FAILED, "line 3: TRANSACTION_ID 7 was there before");
    windows(WINDOWS_HEADER);
    assertRefused(Failure.Kind.FAILED, "holds no rows");
  }

  @Test
  void namesTheOracleRowWhoseTransactionIsMissing() throws IOException {
    windows(WINDOWS_HEADER, ROW, ROW.replaceFirst("7", "9"), ROW.replaceFirst("7", "8"));
    assertRefused(
        Failure.Kind.FAILED,
        "day.csv line 3: TRANSACTION_ID 9 is not in " + dir.resolve("transactions.csv"),
        "take both files from the same data");
  }
}
