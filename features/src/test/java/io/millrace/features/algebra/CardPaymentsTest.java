package io.millrace.features.algebra;

import static io.millrace.features.algebra.Feature.count;
import static io.millrace.features.algebra.Feature.mean;
import static io.millrace.features.algebra.Feature.ratio;
import static io.millrace.features.algebra.Feature.sum;
import static io.millrace.features.algebra.Span.days;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.millrace.features.algebra.CardPayments.Payment;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class CardPaymentsTest {
  private static final Schema SCHEMA =
      Schema.of("payments", Field.number("amount", 2), Field.flag("fraud"));
  private static final int[] WINDOWS = {1, 7, 30};
  private static final String[] CUSTOMER = {"payments_", "mean_amount_"};
  private static final String[] TERMINAL = {"payments_", "risk_"};

  private final Map<String, EntityFeatures> customers = new HashMap<>();
  private final Map<String, EntityFeatures> terminals = new HashMap<>();
  private int rows;

  private static FeatureSet customer() {
    List<Feature> features = new ArrayList<>();
    for (int window : WINDOWS) {
      features.add(count("payments_" + window).over(days(window)));
      features.add(mean("mean_amount_" + window, "amount").over(days(window)));
    }
    return FeatureSet.of("customer", SCHEMA, features);
  }

  private static FeatureSet terminal() {
    List<Feature> features = new ArrayList<>();
    for (int window : WINDOWS) {
      features.add(count("payments_" + window).over(days(window)).delayedBy(days(7)));
      features.add(sum("frauds_" + window, "fraud").over(days(window)).delayedBy(days(7)));
      features.add(ratio("risk_" + window, "frauds_" + window, "payments_" + window).orElse(0));
    }
    return FeatureSet.of("terminal", SCHEMA, features);
  }

  @Test
  void windowsAreThoseOfTheFraudDetectionHandbook() throws IOException {
    assumeTrue(
        Files.exists(CardPayments.PAYMENTS) && Files.exists(CardPayments.WINDOWS),
        "skipped: shared/data/fraud/handbook is not beside the project");
    Map<Long, String[]> expected = new HashMap<>();
    CardPayments.lines(
        CardPayments.WINDOWS, columns -> expected.put(Long.parseLong(columns[0]), columns));
    createEntities(expected.keySet());

    CardPayments.read(payment -> pay(payment, expected.get(payment.number())));

    assertThat(rows).isEqualTo(expected.size()).isEqualTo(28_720);
  }

  private void createEntities(Set<Long> numbers) throws IOException {
    Set<String> customersSeen = new HashSet<>();
    Set<String> terminalsSeen = new HashSet<>();
    CardPayments.read(
        payment -> {
          if (numbers.contains(payment.number())) {
            customersSeen.add(payment.customer());
            terminalsSeen.add(payment.terminal());
          }
        });
    Layouts customerLayouts = Layouts.of(customer());
    Layouts terminalLayouts = Layouts.of(terminal());
    customersSeen.forEach(id -> customers.put(id, new EntityFeatures(customerLayouts)));
    terminalsSeen.forEach(id -> terminals.put(id, new EntityFeatures(terminalLayouts)));
  }

  private void pay(Payment payment, String[] expected) {
    Row row =
        SCHEMA
            .row(payment.second() * 1_000, payment.number())
            .number("amount", payment.amount())
            .flag("fraud", payment.fraud())
            .build();
    EntityFeatures customer = customers.get(payment.customer());
    EntityFeatures terminal = terminals.get(payment.terminal());
    if (customer != null) {
      customer.add(row);
    }
    if (terminal != null) {
      terminal.add(row);
    }
    if (expected != null) {
      rows++;
      assertEqual(customer.values(), CUSTOMER, expected, 3);
      assertEqual(terminal.values(), TERMINAL, expected, 9);
    }
  }

  private static void assertEqual(
      FeatureValues values, String[] names, String[] expected, int column) {
    int at = column;
    for (int window : WINDOWS) {
      for (String name : names) {
        FeatureValue value = values.value(name + window);
        double number = Double.parseDouble(expected[at++]);
        assertThat(value.approximate()).isFalse();
        if (Math.abs(value.number() - number) > Math.abs(number) * 1e-9) {
          assertThat(value.number())
              .as("%s of payment %s", value.feature(), expected[0])
              .isCloseTo(number, within(Math.abs(number) * 1e-9));
        }
      }
    }
  }
}
