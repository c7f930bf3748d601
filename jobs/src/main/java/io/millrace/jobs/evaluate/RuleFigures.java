package io.millrace.jobs.evaluate;

import io.millrace.features.event.FraudRule;
import io.millrace.features.event.Order;
import io.millrace.jobs.evaluate.RuleTally.Alerted;
import io.millrace.jobs.replay.LabelledOrders;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Makes figures of what rules alerted about. */
final class RuleFigures {
  private final FraudSet set;
  private final FraudInput input;

  RuleFigures(FraudSet set, FraudInput input) {
    this.set = set;
    this.input = input;
  }

  /** Of each rule in turn. */
  List<Figure> of(List<FraudRule> rules, RuleTally tally) {
    List<Figure> figures = new ArrayList<>();
    for (FraudRule rule : rules) {
      figures.addAll(of(rule, tally.of(rule.ruleId())));
    }
    return figures;
  }

  private List<Figure> of(FraudRule rule, Alerted alerted) {
    LabelledOrders orders = input.orders();
    int frauds = 0;
    int caught = 0;
    double loss = 0;
    double lossCaught = 0;
    for (int i = input.from(); i < input.until(); i++) {
      if (!orders.isFraud(i)) {
        continue;
      }
      Order order = orders.order(i, 0);
      frauds++;
      loss += order.details().total();
      if (alerted.orders().contains(order.orderId())) {
        caught++;
        lossCaught += order.details().total();
      }
    }
    String protocol =
        String.format(Locale.ROOT, "n=%,d, frauds=%,d", input.until() - input.from(), frauds);
    String mode = "rule " + rule.ruleId() + '@' + rule.version();
    int named = alerted.orders().size();
    return List.of(
        Figure.plain(set.name(), protocol, mode, "alerts opened", alerted.alerts().size(), false),
        Figure.plain(set.name(), protocol, mode, "entities", alerted.entities().size(), false),
        Figure.plain(set.name(), protocol, mode, "orders alerted", named, false),
        Figure.plain(set.name(), protocol, mode, "precision", share(caught, named), true),
        Figure.plain(set.name(), protocol, mode, "recall", share(caught, frauds), true),
        Figure.plain(set.name(), protocol, mode, "loss caught", lossCaught, true),
        Figure.plain(
            set.name(), protocol, mode, "share of the loss caught", share(lossCaught, loss), true));
  }

  private static double share(double part, double whole) {
    return whole == 0 ? Double.NaN : part / whole;
  }
}
