package io.millrace.features.fraud;

import static io.millrace.features.fraud.BinnedSignal.binned;

import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/**
 * Bins and crosses over the 15 features of the Fraud Detection Handbook (Le Borgne et al., 2022,
 * chapter 3.4), and nothing else: to see what our own features are worth. All its signals are
 * given; no entity remembers anything.
 */
public final class HandbookDeclaration {
  /**
   * The handbook's features in its order: amount, weekend, night; of the card, payments and mean
   * amount over 1, 7 and 30 days; of the terminal, payments and share of frauds over windows that
   * end where labels are known.
   */
  public static final List<String> SIGNALS =
      List.of(
          "amount",
          "weekend",
          "night",
          "payments_1",
          "mean_1",
          "payments_7",
          "mean_7",
          "payments_30",
          "mean_30",
          "terminal_1",
          "risk_1",
          "terminal_7",
          "risk_7",
          "terminal_30",
          "risk_30");

  private HandbookDeclaration() {}

  /** How an amount stands to the card's means shows where bins of equal ratio are crossed. */
  public static FraudDeclaration windows() {
    double[] risks7 = {.01, .15, .3, .5, .7, .99};
    return FraudDeclaration.named("handbook_windows")
        .given(SIGNALS.toArray(String[]::new))
        .feature("amount", binned("amount", amounts()))
        .feature(
            "amount_mean",
            binned("amount", geometric(8, 1.28, 17)),
            binned("mean_30", geometric(8, 1.28, 11)))
        .feature(
            "amount_means",
            binned("amount", geometric(8, 1.35, 13)),
            binned("mean_7", geometric(8, 1.35, 10)),
            binned("mean_30", geometric(8, 1.35, 9)))
        .feature(
            "means",
            binned("mean_7", geometric(8, 1.2, 15)),
            binned("mean_30", geometric(8, 1.2, 14)))
        .feature("terminal_1", binned("risk_1", .01, .3, .6, .99), binned("terminal_1", 1, 2, 3))
        .feature("terminal_7", binned("risk_7", risks7), binned("terminal_7", 3, 5, 7, 10))
        .feature(
            "risks",
            binned("risk_7", risks7),
            binned("risk_30", .01, .05, .1, .2, .3, .5, .7),
            binned("risk_1", .01, .99))
        .build();
  }

  private static double[] amounts() {
    return DoubleStream.concat(
            IntStream.rangeClosed(1, 30).mapToDouble(i -> 10 * i), DoubleStream.of(350, 400, 500))
        .toArray();
  }

  private static double[] geometric(double from, double step, int count) {
    return IntStream.range(0, count).mapToDouble(i -> from * Math.pow(step, i)).toArray();
  }
}
