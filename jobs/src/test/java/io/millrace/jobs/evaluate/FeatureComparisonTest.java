package io.millrace.jobs.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FeatureComparisonTest {
  private static final double[] GOOD = {12.5, 0, 1, 4, 3, 4, 3, 4, 3, 8, 0, 8, .125, 8, .125};

  @TempDir Path dir;

  private OracleFile oracle() throws IOException {
    String header = "TRANSACTION_ID," + String.join(",", HandbookFeatures.WRITTEN);
    String row = ",0,1,4,3,4,3,4,3,8,0,8,.125,8,.125";
    return OracleFile.read(
        Files.write(dir.resolve("windows.csv"), List.of(header, "7" + row, "8" + row)));
  }

  private static PaymentFeatures answer(long id, int changed, double value) {
    double[] features = GOOD.clone();
    features[changed] = value;
    return new PaymentFeatures(0, id, 0, "c", "t", GOOD[0], false, features);
  }

  private FeatureComparison compare(PaymentFeatures... answers) throws IOException {
    KeptAnswers kept = new KeptAnswers();
    List.of(answers).forEach(kept::add);
    return FeatureComparison.of(oracle(), Map.of(7L, GOOD[0], 8L, GOOD[0]), kept);
  }

  @Test
  void equalIsWhatDiffersByRoundingOnly() throws IOException {
    FeatureComparison comparison = compare(answer(7, 4, 3 * (1 + 5e-10)), answer(8, 10, 9e-10));
    assertThat(comparison.rows()).isEqualTo(2);
    assertThat(comparison.equalShare()).isEqualTo(1);
    assertThat(comparison.largest()).isCloseTo(9e-10, within(1e-12));
    assertThat(comparison.worst()).isEmpty();
  }

  @Test
  void namesTheLargestDifference() throws IOException {
    FeatureComparison comparison = compare(answer(7, 4, 3.3), answer(8, 10, .5));
    assertThat(comparison.equalShare()).isCloseTo(28 / 30.0, within(1e-12));
    assertThat(comparison.largest()).isEqualTo(.5);
    assertThat(comparison.worst())
        .isEqualTo(
            "TERMINAL_ID_RISK_1DAY_WINDOW of transaction 8 is 0.5; line 3 of the file says 0.0");
  }

  @Test
  void theAmountIsHeldAgainstTheFileOfPayments() throws IOException {
    FeatureComparison comparison = compare(answer(7, 0, 1), answer(8, 4, 3));
    assertThat(comparison.equalShare()).isCloseTo(29 / 30.0, within(1e-12));
    assertThat(comparison.worst()).startsWith("TX_AMOUNT of transaction 7 is 1.0");
  }

  @Test
  void absentValuesAndRowsAreNotEqual() throws IOException {
    FeatureComparison comparison = compare(answer(7, 14, Double.NaN));
    assertThat(comparison.rows()).isEqualTo(1);
    assertThat(comparison.equalShare()).isCloseTo(14 / 30.0, within(1e-12));
    assertThat(comparison.largest()).isInfinite();
    assertThat(comparison.worst()).contains("is NaN; line 2");
  }

  @Test
  void countsAnswersThatCameBefore() throws IOException {
    FeatureComparison comparison = compare(answer(7, 4, 9), answer(7, 4, 3), answer(8, 4, 3));
    assertThat(comparison.surplus()).isEqualTo(1);
    assertThat(comparison.rows()).isEqualTo(2);
    assertThat(comparison.equalShare()).isEqualTo(1);
  }

  @Test
  void weekendAndNightAreThoseOfTheHandbook() {
    assertThat(alone("2018-06-01T06:59:59Z")).containsExactly(9.5, 0, 1);
    assertThat(alone("2018-06-02T07:00:00Z")).containsExactly(9.5, 1, 0);
    assertThat(alone("2018-06-03T23:59:59Z")).containsExactly(9.5, 1, 0);
    assertThat(alone("2018-06-04T00:00:00Z")).containsExactly(9.5, 0, 1);
  }

  private static double[] alone(String time) {
    return HandbookFeatures.ofPaymentAlone(Instant.parse(time).toEpochMilli(), 9.5);
  }
}
