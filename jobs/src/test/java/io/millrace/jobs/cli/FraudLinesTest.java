package io.millrace.jobs.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.features.decision.Band;
import io.millrace.features.decision.OrderRisk;
import io.millrace.features.event.FraudAlert;
import io.millrace.features.event.FraudAlert.Cause;
import io.millrace.features.event.FraudAlert.State;
import io.millrace.features.event.FraudRule.Action;
import io.millrace.features.event.FraudRule.Severity;
import io.millrace.features.event.Order;
import io.millrace.features.event.OrderStatus;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class FraudLinesTest {
  private static final Cause RULE = new Cause(Cause.Type.RULE, "card-testing-card", 1);

  private final FraudLines lines = new FraudLines();

  @Test
  void saysNothingWhileThereIsNothingToSay() {
    lines.heard(order("o1", OrderStatus.PLACED, 10.0));
    assertThat(lines.read()).isEmpty();
  }

  @Test
  void countsEachDecisionOnce() {
    lines.heard(decision("o1", Band.HIGH, Action.BLOCK, null));
    lines.heard(decision("o1", Band.HIGH, Action.BLOCK, null));
    lines.heard(decision("o2", Band.HIGH, Action.REVIEW, null));
    lines.heard(decision("o3", Band.LOW, Action.MONITOR, null));
    assertThat(lines.read())
        .containsExactly("orders decided 3 · of high risk 2 · to be blocked 1 · no model yet");
    lines.heard(decision("o4", Band.LOW, Action.MONITOR, 7L));
    assertThat(lines.read())
        .containsExactly("orders decided 4 · of high risk 2 · to be blocked 1 · model version 7");
  }

  @Test
  void tellsAnAlertOnceByItsOrders() {
    for (int i = 1; i <= 3; i++) {
      lines.heard(order("o" + i, OrderStatus.PLACED, 5.0 + i));
      lines.heard(order("o" + i, OrderStatus.PAYMENT_FAILED, 5.0 + i));
    }
    lines.heard(order("o4", OrderStatus.PLACED, 412.0));
    lines.heard(alert("a", State.OPEN, RULE, false, List.of("o1", "o2", "o3", "o4")));
    assertThat(lines.read())
        .containsExactly(
            "open alerts: card-testing-card 1",
            "alert: card card-8f blocked by card-testing-card: 4 orders of 1 visitor,"
                + " 3 failed payments, the largest of 412.00 EUR");
    assertThat(lines.read()).containsExactly("open alerts: card-testing-card 1");
  }

  @Test
  void tellsTheWorstOfSeveralAndTheNewestOfEquals() {
    Cause model = new Cause(Cause.Type.MODEL, "fraud:shops", 3);
    Cause other = new Cause(Cause.Type.RULE, "other", 1);
    lines.heard(alert("a", State.OPEN, RULE, true, List.of("o1")));
    lines.heard(alert("b", State.OPEN, model, false, List.of("o1")));
    lines.heard(alert("c", State.OPEN, other, true, List.of("o1")));
    assertThat(lines.read().get(1)).contains("by fraud:shops");
    lines.heard(alert("d", State.OPEN, RULE, false, List.of("o1")));
    lines.heard(alert("e", State.OPEN, other, false, List.of("o1")));
    lines.heard(mild("f"));
    assertThat(lines.read().get(1)).contains("by other");
    lines.heard(mild("g"));
    assertThat(lines.read().get(1)).contains("by mild");
  }

  @Test
  void countsOpenAlertsByTheirCauseUntilTheyClose() {
    Cause model = new Cause(Cause.Type.MODEL, "fraud:shops", 3);
    lines.heard(alert("a", State.OPEN, RULE, false, List.of()));
    lines.heard(alert("a", State.UPDATE, RULE, false, List.of()));
    lines.heard(alert("b", State.OPEN, RULE, false, List.of()));
    lines.heard(alert("c", State.OPEN, RULE, true, List.of()));
    lines.heard(alert("d", State.OPEN, model, false, List.of()));
    assertThat(lines.read().get(0))
        .isEqualTo(
            "open alerts: card-testing-card 2, card-testing-card (on trial) 1, fraud:shops 1");
    lines.heard(alert("b", State.CLOSE, RULE, false, List.of()));
    lines.heard(alert("c", State.CLOSE, RULE, true, List.of()));
    lines.heard(alert("d", State.CLOSE, model, false, List.of()));
    assertThat(lines.read()).containsExactly("open alerts: card-testing-card 1");
  }

  @Test
  void remembersNoMoreThanTheNewest() {
    IntStream.rangeClosed(0, FraudLines.REMEMBERED)
        .forEach(i -> lines.heard(alert("a" + i, State.OPEN, RULE, false, List.of())));
    assertThat(lines.read().get(0))
        .isEqualTo("open alerts: card-testing-card " + FraudLines.REMEMBERED);
  }

  private static Order order(String id, OrderStatus status, double total) {
    Order.Details details =
        new Order.Details(
            total,
            null,
            null,
            Order.Payment.NONE,
            null,
            null,
            null,
            null,
            null,
            null,
            null,
            null,
            null);
    return new Order(
        "e-" + id, id, status, 1_750_000_000_000L, "v1", null, "EUR", List.of(), details);
  }

  private static OrderRisk decision(String order, Band band, Action action, Long version) {
    return new OrderRisk(
        order,
        "e-" + order,
        1_750_000_000_000L,
        "v1",
        version == null ? null : 0.5,
        band,
        action,
        version == null ? null : "fraud:shops",
        version,
        List.of(),
        List.of());
  }

  private static FraudAlert mild(String id) {
    Cause cause = new Cause(Cause.Type.RULE, "mild", 1);
    return alert(id, State.OPEN, cause, Severity.MEDIUM, false, List.of("o1"));
  }

  private static FraudAlert alert(
      String id, State state, Cause cause, boolean shadow, List<String> orders) {
    return alert(id, state, cause, Severity.HIGH, shadow, orders);
  }

  private static FraudAlert alert(
      String id, State state, Cause cause, Severity severity, boolean shadow, List<String> orders) {
    return new FraudAlert(
        id,
        state,
        1,
        cause,
        "card:card-8f",
        List.of("v1"),
        orders,
        severity,
        Action.BLOCK,
        null,
        null,
        null,
        List.of(),
        "e1",
        List.of("e1"),
        0,
        1,
        1,
        2,
        shadow,
        null);
  }
}
