package io.millrace.features.fraud;

import io.millrace.features.fraud.HandbookPayments.Payment;
import java.io.IOException;
import java.time.Duration;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Streams the handbook's payments once in the order of their times, each scored before it is
 * learned, labels known after exactly 7 days, and prints the quality of weeks. Without arguments
 * the weeks of July, on which declarations are chosen; with {@code test}, the week of 2018-08-08 on
 * which they are judged.
 */
public final class FraudLab {
  private static final Duration HORIZON = Duration.ofDays(7);
  private static final List<LocalDate> CHOOSING =
      List.of(
          LocalDate.parse("2018-07-04"),
          LocalDate.parse("2018-07-11"),
          LocalDate.parse("2018-07-18"));
  private static final List<LocalDate> TEST = List.of(LocalDate.parse("2018-08-08"));

  private final FraudDeclaration declaration;
  private final Observer observer;
  private final FtrlLearner learner;
  private final Maturing maturing =
      new Maturing(new MaturingSettings(HORIZON, Duration.ZERO, 1_000_000));

  private FraudLab(FraudDeclaration declaration, Observer observer) {
    this.declaration = declaration;
    this.observer = observer;
    learner = new FtrlLearner(declaration, FtrlSettings.DEFAULT);
  }

  /** Gives the active weights of the next payment, from what was known before it. */
  interface Observer {
    int[] next(Payment payment);
  }

  public static void main(String[] args) throws IOException {
    List<LocalDate> weeks = args.length > 0 && args[0].equals("test") ? TEST : CHOOSING;
    List<Payment> payments = HandbookPayments.before(weeks.get(weeks.size() - 1).plusDays(7));
    for (FraudLab lab : List.of(ofEntities(), ofWindows())) {
      double[] scores = lab.scores(payments);
      System.out.printf("%s: %d weights%n", lab.declaration.name(), lab.declaration.weights());
      for (LocalDate week : weeks) {
        print(week, new HandbookWeek(week, payments).quality(payments, scores));
      }
      printCalibration(weeks.get(0), payments, scores);
    }
  }

  /** The declaration that comes with the engine. */
  static FraudLab ofEntities() {
    FraudDeclaration declaration = FraudDeclarations.cardsAndMerchants();
    return new FraudLab(declaration, new Entities(declaration));
  }

  /** The handbook's own features and nothing else. */
  static FraudLab ofWindows() {
    FraudDeclaration declaration = HandbookDeclaration.windows();
    HandbookWindows windows = new HandbookWindows();
    return new FraudLab(declaration, payment -> declaration.indices(windows.next(payment)));
  }

  /** The probability of each payment at its moment. */
  double[] scores(List<Payment> payments) {
    double[] scores = new double[payments.size()];
    for (int i = 0; i < scores.length; i++) {
      Payment payment = payments.get(i);
      maturing.advance(payment.time()).forEach(learner::learn);
      int[] active = observer.next(payment);
      scores[i] = learner.probability(active);
      maturing.add(i, payment.time(), active);
      maturing.label(i, payment.time() + HORIZON.toMillis(), payment.fraud());
    }
    return scores;
  }

  private static void print(LocalDate week, FraudQuality quality) {
    System.out.printf(
        "  week of %s: AUC ROC %.3f, average precision %.3f, card precision@100 %.3f, %d payments%n",
        week,
        quality.aucRoc(),
        quality.averagePrecision(),
        quality.cardPrecision(100),
        quality.size());
  }

  private static void printCalibration(LocalDate from, List<Payment> payments, double[] scores) {
    Calibration calibration = new Calibration();
    for (int i = 0; i < scores.length; i++) {
      if (payments.get(i).day() >= from.toEpochDay()) {
        calibration.add(scores[i], payments.get(i).fraud());
      }
    }
    System.out.printf(
        "  all payments since %s: calibration error %.4f, frauds over expected %.3f%n",
        from, calibration.expectedError(), calibration.observedOverExpected());
  }

  /** The entities of a declaration that names a card and a merchant. */
  private static final class Entities implements Observer {
    private final FraudDeclaration declaration;
    private final SpendingRules spending;
    private final LabelledRules labelled;
    private final int cardPlace;
    private final int merchantPlace;
    private final Map<Integer, SpendingRisk> cards = new HashMap<>();
    private final Map<Integer, LabelledRisk> merchants = new HashMap<>();

    private Entities(FraudDeclaration declaration) {
      this.declaration = declaration;
      FraudEntity card = declaration.entities().get(0);
      FraudEntity merchant = declaration.entities().get(1);
      spending = (SpendingRules) card.rules();
      labelled = (LabelledRules) merchant.rules();
      cardPlace = declaration.place(card);
      merchantPlace = declaration.place(merchant);
    }

    @Override
    public int[] next(Payment payment) {
      SpendingRisk card = cards.computeIfAbsent(payment.card(), any -> new SpendingRisk(spending));
      LabelledRisk merchant =
          merchants.computeIfAbsent(payment.terminal(), any -> new LabelledRisk(labelled));
      double[] signals = declaration.observation();
      signals[declaration.place("amount")] = payment.amount() / (double) SpendingRisk.UNIT;
      double[] ofCard = card.signals(payment.time(), payment.number(), payment.amount());
      System.arraycopy(ofCard, 0, signals, cardPlace, ofCard.length);
      double[] ofMerchant = merchant.signals(payment.time());
      System.arraycopy(ofMerchant, 0, signals, merchantPlace, ofMerchant.length);

      double explaining = signals[declaration.place(labelled.explainedBy())];
      card.add(payment.time(), payment.number(), payment.amount());
      card.settle(payment.time());
      merchant.put(
          payment.time(), payment.number(), payment.fraud(), labelled.explains(explaining));
      merchant.forget(payment.time());
      return declaration.indices(signals);
    }
  }
}
