package io.millrace.jobs.bench;

import io.millrace.jobs.evaluate.Delays;
import io.millrace.jobs.evaluate.Figure;
import io.millrace.operators.fraud.FraudTopology;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What a bench of the fraud job has measured so far, and the table of it. */
final class FraudReport {
  private static final String SET = "made up";
  private static final String JOB = FraudTopology.JOB;
  private static final double MUST_P999_MS = 250;
  private static final double MUST_OF_RULES = 3;

  Throughput job;
  Pace pace;
  Delays delays;
  List<StateSize> states = List.of();

  /** The job going through all orders again with a few rules, and with many. */
  Throughput fewRules;

  Throughput manyRules;

  private final SpeedFigures speed = new SpeedFigures(SET, "orders");

  List<Figure> figures() {
    List<Figure> figures = new ArrayList<>();
    figures.add(speed.rate(SpeedFigures.SATURATED, JOB, job));
    figures.addAll(speed.cpu(JOB, job));
    delay("p50", 50, figures);
    delay("p99", 99, figures);
    delay("p99.9", 99.9, figures);
    for (StateSize state : states) {
      figures.add(state.figure(SET, JOB));
    }
    rules(figures);
    return figures;
  }

  private void delay(String percentile, double of, List<Figure> figures) {
    String protocol = String.format(Locale.ROOT, "at %,.0f orders/s", pace.rate());
    Figure figure =
        Figure.plain(
            SET, protocol, JOB, percentile + " ms, order to order-risk", delays.millis(of), false);
    figures.add(of > 99 ? figure.asking(MUST_P999_MS, null) : figure);
  }

  private void rules(List<Figure> figures) {
    String few = BenchFraud.FEW_RULES + " rules";
    String many = BenchFraud.MANY_RULES + " rules";
    String protocol = "all orders again";
    figures.add(speed.rate(protocol, many, manyRules).beside(Map.of(few, fewRules.perSecond())));
    double cost = fewRules.perMillion(fewRules.times().jvm());
    double costOfMany = manyRules.perMillion(manyRules.times().jvm());
    figures.add(speed.jvm(protocol, many, manyRules).beside(Map.of(few, cost)));
    figures.add(
        Figure.plain(
                SET, protocol, many + " over " + few, "times the cost", costOfMany / cost, false)
            .asking(MUST_OF_RULES, null));
  }
}
