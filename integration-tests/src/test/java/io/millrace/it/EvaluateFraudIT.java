package io.millrace.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.jobs.evaluate.EvaluateFraud;
import io.millrace.jobs.evaluate.Figure;
import io.millrace.jobs.evaluate.FraudProtocol;
import io.millrace.jobs.options.EngineOptions;
import io.millrace.jobs.options.Options;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Predicate;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Scores of recorded orders, and what rules would have alerted about. */
class EvaluateFraudIT {
  private static final Duration LIMIT = Duration.ofSeconds(90);

  /** The made-up payments end with the last test day. */
  private static final FraudProtocol PROTOCOL =
      new FraudProtocol(null, LocalDate.parse("2018-05-09"), 7, 7);

  private static final LocalDateTime END = LocalDateTime.parse("2018-05-16T00:00");

  private static final String RULE =
      "{'rule_id':'large','version':2,'owner':'ana','state':'shadow','entity':'card',"
          + "'on':'orders','where':'total > 150','severity':'high','action':'review'}";

  @TempDir private Path folder;

  private List<Figure> evaluate(List<Path> rules, int parallelism) throws IOException {
    Options options = Options.defaults().with(EngineOptions.PARALLELISM, parallelism);
    return new EvaluateFraud(folder, PROTOCOL, rules, options).run();
  }

  private static double value(List<Figure> figures, String mode, String metric) {
    return figures.stream()
        .filter(figure -> figure.mode().equals(mode) && figure.metric().equals(metric))
        .findFirst()
        .orElseThrow()
        .value();
  }

  /** A made-up payment. */
  private record Payment(LocalDateTime time, int card, int cents, boolean fraud) {
    boolean isLarge() {
      return cents > 15_000;
    }
  }

  /** One in fifty is a fraud and large; one in a hundred of the others is large, too. */
  private List<Payment> writePayments(int seed) throws IOException {
    Random random = new Random(seed);
    LocalDateTime at = LocalDateTime.parse("2018-04-01T00:00");
    List<Payment> payments = new ArrayList<>();
    List<String> lines = new ArrayList<>();
    lines.add(
        "TRANSACTION_ID,TX_DATETIME,CUSTOMER_ID,TERMINAL_ID,TX_AMOUNT,TX_FRAUD,TX_FRAUD_SCENARIO");
    while (at.isBefore(END)) {
      boolean fraud = random.nextInt(50) == 0;
      boolean large = fraud || random.nextInt(100) == 0;
      int cents = (large ? 15_001 : 100) + random.nextInt(10_000);
      Payment payment = new Payment(at, random.nextInt(400), cents, fraud);
      payments.add(payment);
      lines.add(
          "%d,%s,%d,%d,%d.%02d,%d,0"
              .formatted(
                  payments.size(),
                  at.format(DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss")),
                  payment.card,
                  random.nextInt(40),
                  cents / 100,
                  cents % 100,
                  fraud ? 1 : 0));
      // Often two at the same time.
      at = at.plusMinutes(random.nextInt(4) * 7L);
    }
    Files.write(folder.resolve("transactions.csv"), lines);
    return payments;
  }

  private static long count(List<Payment> payments, Predicate<Payment> which) {
    return payments.stream().filter(which).count();
  }

  @Test
  void everyPaymentIsScoredAndTheFiguresDoNotDependOnTheParallelism() throws IOException {
    List<Payment> payments = writePayments(7);
    LocalDateTime test = PROTOCOL.testFrom().atStartOfDay();
    long tested = count(payments, payment -> !payment.time.isBefore(test));
    List<Figure> one = evaluate(List.of(), 1);
    List<Figure> three = evaluate(List.of(), 3);
    for (String mode : List.of("our features", "handbook's features")) {
      assertThat(value(one, mode, "orders scored")).as(mode).isEqualTo(tested);
      assertThat(value(one, mode, "lessons"))
          .as(mode)
          .isBetween(.9 * count(payments, each -> each.time.isBefore(test)), 1. * payments.size());
      assertThat(value(one, mode, "AUC ROC")).as(mode).isGreaterThan(.95);
      assertThat(value(one, mode, "frauds over expected")).as(mode).isBetween(.5, 2.);
    }
    assertThat(figures(three)).isEqualTo(figures(one));
  }

  private static List<String> figures(List<Figure> figures) {
    return figures.stream()
        .filter(figure -> !figure.metric().equals("orders/s"))
        .map(figure -> figure.mode() + ' ' + figure.metric() + ' ' + figure.value())
        .toList();
  }

  @Test
  void aRuleAlertsAboutWhatItSays() throws IOException {
    List<Payment> payments = writePayments(8);
    Path rule = Files.writeString(folder.resolve("rule.json"), RULE.replace('\'', '"'));
    List<Figure> figures = evaluate(List.of(rule), 2);
    String mode = "rule large@2";
    double alerted = count(payments, Payment::isLarge);
    double frauds = count(payments, Payment::fraud);
    double loss =
        payments.stream().filter(Payment::fraud).mapToDouble(each -> each.cents / 100.).sum();
    assertThat(value(figures, mode, "orders alerted")).isEqualTo(alerted);
    assertThat(value(figures, mode, "precision")).isCloseTo(frauds / alerted, Offset.offset(1e-12));
    assertThat(value(figures, mode, "recall")).isEqualTo(1);
    assertThat(value(figures, mode, "loss caught")).isCloseTo(loss, Offset.offset(1e-6));
    assertThat(value(figures, mode, "share of the loss caught")).isEqualTo(1);
    assertThat(value(figures, mode, "entities"))
        .isEqualTo(
            payments.stream().filter(Payment::isLarge).map(Payment::card).distinct().count());
    assertThat(value(figures, mode, "alerts opened"))
        .isBetween(value(figures, mode, "entities"), alerted);
  }

  @Test
  void purchasesOfAShopStandBesideABatchRegression() throws IOException {
    writePurchases(400);
    List<Figure> figures = evaluate(List.of(), 2);
    Figure ranked =
        figures.stream().filter(figure -> figure.metric().equals("AUC ROC")).findFirst().get();
    // Those who buy at once are frauds here, which both see.
    assertThat(ranked.value()).isGreaterThan(.9);
    assertThat(ranked.published().get("batch logistic on the first tenth")).isGreaterThan(.9);
    assertThat(value(figures, "our features", "orders scored")).isEqualTo(360);
  }

  private void writePurchases(int count) throws IOException {
    Random random = new Random(9);
    DateTimeFormatter time = DateTimeFormatter.ofPattern("M/d/uuuu H:mm");
    LocalDateTime at = LocalDateTime.parse("2015-01-01T00:00");
    List<String> lines = new ArrayList<>();
    lines.add(
        "user_id,signup_time,purchase_time,purchase_value,device_id,source,browser,sex,age,"
            + "ip_address,class");
    for (int i = 0; i < count; i++) {
      at = at.plusMinutes(600 + random.nextInt(600));
      boolean fraud = i % 4 == 0;
      LocalDateTime signUp = fraud ? at : at.minusMinutes(2_000 + random.nextInt(100_000));
      lines.add(
          "%d,%s,%s,%d,d%d,SEO,Chrome,M,30,%d.5,%d"
              .formatted(
                  i,
                  signUp.format(time),
                  at.format(time),
                  10 + random.nextInt(50),
                  random.nextInt(300),
                  1_000_000_000 + random.nextInt(1_000_000),
                  fraud ? 1 : 0));
    }
    Files.write(folder.resolve("fraud_data.csv"), lines);
  }

  @Test
  void aRuleThatIsNoneIsWrongUsage() throws Exception {
    writePayments(10);
    Path rule =
        Files.writeString(
            folder.resolve("rule.json"), RULE.replace("total", "totl").replace('\'', '"'));
    Path logs = Files.createDirectory(folder.resolve("logs"));
    try (MillraceProcess refused =
        MillraceProcess.start(
            logs, "evaluate", "fraud", "--data", folder.toString(), "--rule", rule.toString())) {
      assertThat(refused.awaitExit(LIMIT)).isEqualTo(2);
      assertThat(refused.standardError()).contains("field where", "totl", "invalid_rule");
    }
  }
}
