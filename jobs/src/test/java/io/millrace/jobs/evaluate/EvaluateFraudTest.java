package io.millrace.jobs.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.jobs.Failure;
import io.millrace.jobs.options.Options;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is said of input that cannot be used, and what is asked of figures. */
class EvaluateFraudTest {
  private static final LocalDate DAY = LocalDate.parse("2018-05-08");

  @TempDir Path dir;

  private static void assertWrongUsage(ThrowingCallable call, String... parts) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            Failure.class,
            failure -> assertThat(failure.kind()).isEqualTo(Failure.Kind.WRONG_USAGE))
        .message()
        .contains(parts);
  }

  private void evaluate(FraudProtocol protocol) throws IOException {
    new EvaluateFraud(dir, protocol, List.of(), Options.defaults()).run();
  }

  @Test
  void aFolderWithoutOrdersIsWrongUsage() {
    assertWrongUsage(
        () -> evaluate(FraudProtocol.DEFAULT), "--data", "fraud_data.csv.gz", "docs/evaluate.md");
  }

  @Test
  void daysWithoutOrdersAreWrongUsage() throws IOException {
    Files.write(
        dir.resolve("transactions.csv"),
        List.of(
            "TRANSACTION_ID,TX_DATETIME,CUSTOMER_ID,TERMINAL_ID,TX_AMOUNT,TX_FRAUD,"
                + "TX_FRAUD_SCENARIO",
            "7,2018-04-01 00:00:31,596,3156,57.16,0,0"));
    assertWrongUsage(
        () -> evaluate(FraudProtocol.DEFAULT), "transactions.csv", "--test-from", "2018-08-08");
  }

  @Test
  void aProtocolThatCannotBeIsWrongUsage() {
    assertWrongUsage(() -> new FraudProtocol(null, DAY, 0, 7), "--test-days is 0");
    assertWrongUsage(() -> new FraudProtocol(null, DAY, 7, 0), "--delay is 0");
    assertWrongUsage(() -> new FraudProtocol(DAY, DAY, 7, 7), "--from is 2018-05-08");
  }

  @Test
  void targetsAreAskedOnThePublishedDaysOnly() {
    Figure figure = Figure.plain("handbook", "", "", FraudTargets.PRECISION, .7, true);
    Figure published = FraudTargets.ask(figure, FraudMode.CARDS, FraudProtocol.DEFAULT);
    assertThat(published.misses()).isTrue();
    assertThat(published.published()).containsKey("XGBoost");
    assertThat(FraudTargets.ask(figure, FraudMode.WINDOWS, FraudProtocol.DEFAULT).misses())
        .isFalse();
    Figure other = FraudTargets.ask(figure, FraudMode.CARDS, new FraudProtocol(null, DAY, 7, 7));
    assertThat(other.must()).isNull();
    assertThat(other.note()).contains("other days");
  }
}
