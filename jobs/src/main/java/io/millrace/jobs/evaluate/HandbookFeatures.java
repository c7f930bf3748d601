package io.millrace.jobs.evaluate;

import static io.millrace.features.algebra.Feature.count;
import static io.millrace.features.algebra.Feature.mean;
import static io.millrace.features.algebra.Feature.ratio;
import static io.millrace.features.algebra.Feature.sum;
import static io.millrace.features.algebra.Span.days;

import io.millrace.features.algebra.Feature;
import io.millrace.features.algebra.FeatureSet;
import io.millrace.features.algebra.FeatureValues;
import io.millrace.features.algebra.Field;
import io.millrace.features.algebra.Row;
import io.millrace.features.algebra.Schema;
import io.millrace.operators.feature.EntityEvents;
import io.millrace.operators.feature.SettledFeatures;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;

/**
 * The 15 features of the Fraud Detection Handbook (Le Borgne and others, chapter 3.4): amount, two
 * flags of the calendar, and windows of 1, 7 and 30 days over the customer's and the terminal's
 * payments. Whether a payment was fraudulent is known {@value #DELAY_DAYS} days after it, so that a
 * terminal's windows end that much earlier.
 */
final class HandbookFeatures {
  /** Days after which it is known whether a payment was fraudulent. */
  static final int DELAY_DAYS = 7;

  private static final List<Integer> WINDOWS = List.of(1, 7, 30);
  private static final int LAST_HOUR_OF_NIGHT = 6;

  /** Days before a payment that its features look at. */
  static final int DAYS_NEEDED = WINDOWS.get(WINDOWS.size() - 1) + DELAY_DAYS;

  /** Those that the handbook's own file has, in its order. */
  static final List<String> WRITTEN =
      Stream.of(
              Stream.of("TX_DURING_WEEKEND", "TX_DURING_NIGHT"),
              names("CUSTOMER_ID_NB_TX_%dDAY_WINDOW", "CUSTOMER_ID_AVG_AMOUNT_%dDAY_WINDOW"),
              names("TERMINAL_ID_NB_TX_%dDAY_WINDOW", "TERMINAL_ID_RISK_%dDAY_WINDOW"))
          .flatMap(names -> names)
          .toList();

  /** All, in the order in which the job puts them together. */
  static final List<String> ALL = Stream.concat(Stream.of("TX_AMOUNT"), WRITTEN.stream()).toList();

  private HandbookFeatures() {}

  private static Stream<String> names(String... forms) {
    return WINDOWS.stream().flatMap(window -> Stream.of(forms).map(form -> form.formatted(window)));
  }

  /**
   * Adds to payments what windows of their customers and their terminals say.
   *
   * @param delayDays after which it is known whether a payment was fraudulent
   */
  static SingleOutputStreamOperator<PaymentFeatures> of(
      DataStream<PaymentFeatures> payments, int delayDays) {
    return payments
        .keyBy(PaymentFeatures::customer)
        .transform(
            "customer windows",
            PaymentFeatures.TYPE,
            SettledFeatures.of(new OfCustomer(), PaymentFeatures.TYPE))
        .uid("customer-windows")
        .keyBy(PaymentFeatures::terminal)
        .transform(
            "terminal windows",
            PaymentFeatures.TYPE,
            SettledFeatures.of(new OfTerminal(delayDays), PaymentFeatures.TYPE))
        .uid("terminal-windows");
  }

  /** What is known from the payment alone: amount, weekend, night. */
  static double[] ofPaymentAlone(long time, double amount) {
    ZonedDateTime at = Instant.ofEpochMilli(time).atZone(ZoneOffset.UTC);
    boolean weekend =
        switch (at.getDayOfWeek()) {
          case SATURDAY, SUNDAY -> true;
          default -> false;
        };
    boolean night = at.getHour() <= LAST_HOUR_OF_NIGHT;
    return new double[] {amount, weekend ? 1 : 0, night ? 1 : 0};
  }

  /** What an entity's windows need of a payment, and how its values are added to it. */
  private abstract static class Windows implements EntityEvents<PaymentFeatures, PaymentFeatures> {
    private static final long serialVersionUID = 1;
    private static final Schema SCHEMA =
        Schema.of("payments", Field.number("amount", 2), Field.flag("fraud"));

    private final String name;

    Windows(String name) {
      this.name = name;
    }

    /** Declares two features of a window and, ahead of them, what they need. */
    abstract void declare(int window, List<Feature> features);

    /** The names of those two. */
    abstract List<String> answered(int window);

    @Override
    public FeatureSet set() {
      List<Feature> features = new ArrayList<>();
      WINDOWS.forEach(window -> declare(window, features));
      return FeatureSet.of(name, SCHEMA, features);
    }

    @Override
    public Row row(PaymentFeatures payment, Schema schema) {
      return schema
          .row(payment.time(), payment.row())
          .number("amount", payment.amount())
          .flag("fraud", payment.fraud())
          .build();
    }

    @Override
    public PaymentFeatures answer(PaymentFeatures payment, FeatureValues values) {
      return payment.with(
          WINDOWS.stream()
              .flatMap(window -> answered(window).stream())
              .mapToDouble(feature -> values.value(feature).number())
              .toArray());
    }
  }

  /** By customer: how many payments, and their mean amount. */
  static final class OfCustomer extends Windows {
    private static final long serialVersionUID = 1;

    OfCustomer() {
      super("customer");
    }

    @Override
    void declare(int window, List<Feature> features) {
      features.add(count("payments_" + window).over(days(window)));
      features.add(mean("mean_amount_" + window, "amount").over(days(window)));
    }

    @Override
    List<String> answered(int window) {
      return List.of("payments_" + window, "mean_amount_" + window);
    }
  }

  /** By terminal: how many payments, and what share of them was fraudulent. */
  static final class OfTerminal extends Windows {
    private static final long serialVersionUID = 1;
    private final int delayDays;

    /**
     * @param delayDays after which it is known whether a payment was fraudulent
     */
    OfTerminal(int delayDays) {
      super("terminal");
      this.delayDays = delayDays;
    }

    @Override
    void declare(int window, List<Feature> features) {
      features.add(count("payments_" + window).over(days(window)).delayedBy(days(delayDays)));
      features.add(sum("frauds_" + window, "fraud").over(days(window)).delayedBy(days(delayDays)));
      features.add(ratio("risk_" + window, "frauds_" + window, "payments_" + window).orElse(0));
    }

    @Override
    List<String> answered(int window) {
      return List.of("payments_" + window, "risk_" + window);
    }
  }
}
