package io.millrace.jobs.evaluate;

import io.millrace.features.fraud.Calibration;
import io.millrace.features.fraud.FraudQuality;
import io.millrace.features.fraud.HandbookProtocol;
import io.millrace.jobs.Failure;
import io.millrace.jobs.evaluate.FraudEvaluation.Outcome;
import io.millrace.jobs.replay.LabelledOrders;
import io.millrace.jobs.replay.ShopOrders;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Makes figures of the scores that a run gave. */
final class FraudFigures {
  private static final String BATCH = "batch logistic on the first tenth";
  private static final long DAY_MS = Duration.ofDays(1).toMillis();

  /** Cards that can be looked into in a day. */
  private static final int CARDS_A_DAY = 100;

  private final FraudSet set;
  private final FraudMode mode;
  private final FraudInput input;
  private final Outcome outcome;
  private final FraudQuality quality = new FraudQuality();
  private final Calibration calibration = new Calibration();

  private FraudFigures(FraudSet set, FraudMode mode, FraudInput input, Outcome outcome) {
    this.set = set;
    this.mode = mode;
    this.input = input;
    this.outcome = outcome;
  }

  /**
   * Of card payments, by the handbook's protocol.
   *
   * @throws Failure if an order has no score
   */
  static List<Figure> ofCards(
      FraudSet set, FraudMode mode, FraudProtocol protocol, Outcome outcome) {
    FraudFigures figures = new FraudFigures(set, mode, FraudInput.of(set), outcome);
    figures.test(protocol);
    String text =
        String.format(
            Locale.ROOT,
            "%s, %d days, n=%,d",
            protocol.testFrom(),
            protocol.testDays(),
            figures.quality.size());
    return figures.all(text).stream()
        .map(figure -> FraudTargets.ask(figure, mode, protocol))
        .toList();
  }

  /**
   * Of the purchases of a shop behind the first tenth, beside a regression trained on that.
   *
   * @throws Failure if an order has no score
   */
  static List<Figure> ofShop(FraudSet set, FraudMode mode, Outcome outcome) {
    FraudInput input = FraudInput.of(set);
    FraudFigures figures = new FraudFigures(set, mode, input, outcome);
    LabelledOrders orders = input.orders();
    for (int i = input.testFrom(); i < input.until(); i++) {
      double score = figures.score(i);
      figures.calibration.add(score, orders.isFraud(i));
      figures.quality.add(0, i, score, orders.isFraud(i));
    }
    FraudQuality batch = new ShopBaseline((ShopOrders) orders).quality(input.testFrom());
    String protocol =
        String.format(Locale.ROOT, "behind the first tenth, n=%,d", figures.quality.size());
    return figures.all(protocol).stream()
        .map(
            figure ->
                switch (figure.metric()) {
                  case FraudTargets.AUC -> figure.beside(Map.of(BATCH, batch.aucRoc()));
                  case FraudTargets.PRECISION ->
                      figure.beside(Map.of(BATCH, batch.averagePrecision()));
                  default -> figure;
                })
        .toList();
  }

  private void test(FraudProtocol protocol) {
    HandbookProtocol handbook =
        new HandbookProtocol(protocol.testFrom(), protocol.testDays(), protocol.delayDays());
    LabelledOrders orders = input.orders();
    Map<String, Long> cards = new HashMap<>();
    long[] card = new long[input.until()];
    for (int i = 0; i < input.until(); i++) {
      String id = orders.order(i, 0).details().payment().cardId();
      card[i] = cards.computeIfAbsent(id, any -> (long) cards.size());
      handbook.know(day(i), card[i], orders.isFraud(i));
    }
    for (int i = input.testFrom(); i < input.until(); i++) {
      double score = score(i);
      calibration.add(score, orders.isFraud(i));
      if (handbook.isTested(day(i), card[i])) {
        quality.add(day(i), card[i], score, orders.isFraud(i));
      }
    }
  }

  private long day(int i) {
    return Math.floorDiv(input.orders().time(i), DAY_MS);
  }

  private double score(int i) {
    String order = input.orders().order(i, 0).orderId();
    Double score = outcome.run().scores().get(order);
    if (score == null) {
      throw Failure.failed(
          "order " + order + " has no score; orders before --test-from must be labelled by then");
    }
    return score;
  }

  private List<Figure> all(String protocol) {
    List<Figure> figures = new ArrayList<>();
    figures.add(figure(protocol, FraudTargets.AUC, quality.aucRoc(), true));
    figures.add(figure(protocol, FraudTargets.PRECISION, quality.averagePrecision(), true));
    if (set.kind() == FraudSet.Kind.HANDBOOK) {
      figures.add(figure(protocol, FraudTargets.CARDS, quality.cardPrecision(CARDS_A_DAY), true));
    }
    figures.add(figure(protocol, "calibration error", calibration.expectedError(), false));
    figures.add(figure(protocol, "frauds over expected", calibration.observedOverExpected(), true));
    figures.add(figure(protocol, "orders scored", calibration.payments(), true));
    figures.add(figure(protocol, "lessons", outcome.run().lessons(), true));
    figures.add(figure(protocol, "orders/s", outcome.perSecond(), true));
    return figures;
  }

  private Figure figure(String protocol, String metric, double value, boolean higher) {
    return Figure.plain(set.name(), protocol, mode.label(), metric, value, higher);
  }
}
