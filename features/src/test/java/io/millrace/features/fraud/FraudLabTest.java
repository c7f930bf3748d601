package io.millrace.features.fraud;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.millrace.features.fraud.HandbookPayments.Payment;
import java.io.IOException;
import java.nio.file.Files;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class FraudLabTest {
  private static final LocalDate WEEK = LocalDate.parse("2018-05-28");
  private static List<Payment> payments;

  @BeforeAll
  static void read() throws IOException {
    assumeTrue(
        Files.exists(HandbookPayments.FILE) && Files.exists(HandbookPayments.WINDOWS),
        "skipped: shared/data/fraud/handbook is not beside the project");
    payments = HandbookPayments.before(WEEK.plusDays(7));
  }

  private static FraudQuality quality(FraudLab lab) {
    return new HandbookWeek(WEEK, payments).quality(payments, lab.scores(payments));
  }

  /** Two months in; by August it has learned more. */
  @Test
  void theShippedDeclarationTellsFraud() {
    FraudQuality quality = quality(FraudLab.ofEntities());
    assertThat(quality.aucRoc()).isGreaterThan(.89);
    assertThat(quality.averagePrecision()).isGreaterThan(.77);
    assertThat(quality.cardPrecision(100)).isGreaterThan(.28);
  }

  @Test
  void soDoTheHandbooksOwnFeatures() {
    FraudQuality quality = quality(FraudLab.ofWindows());
    assertThat(quality.aucRoc()).isGreaterThan(.89);
    assertThat(quality.averagePrecision()).isGreaterThan(.69);
    assertThat(quality.cardPrecision(100)).isGreaterThan(.27);
  }

  @Test
  void windowsAreTheHandbooksOwn() throws IOException {
    Map<Integer, String[]> expected = new HashMap<>();
    HandbookPayments.lines(
        HandbookPayments.WINDOWS,
        columns -> {
          expected.put(Integer.parseInt(columns[0]), columns);
          return true;
        });
    HandbookWindows windows = new HandbookWindows();
    int rows = 0;
    for (Payment payment : payments) {
      double[] signals = windows.next(payment);
      String[] columns = expected.get(payment.number());
      if (columns == null) {
        continue;
      }
      rows++;
      // All but the amount, which the file leaves out.
      for (int i = 1; i < signals.length; i++) {
        double number = Double.parseDouble(columns[i]);
        if (!(Math.abs(signals[i] - number) <= Math.abs(number) * 1e-9)) {
          assertThat(signals[i])
              .as("%s of payment %s", HandbookDeclaration.SIGNALS.get(i), columns[0])
              .isEqualTo(number);
        }
      }
    }
    assertThat(rows).isEqualTo(28_720);
  }
}
